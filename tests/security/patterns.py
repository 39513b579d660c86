"""Every regular expression of the product, found by walking its modules, and how each is used (S27)."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import amends
from amends.coach.words import Sign
from tests.code import parsed, walked

METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
IN_TABLES = {"_SECOND_OPINION": "match", "_PLACES": "finditer", "_KINDS": "search", "PATTERNS": "sub"}
"""Tables of patterns, which a loop uses in one way."""
_HERE = Path(amends.__file__).parent
_DEEPEST = 5
Pattern = re.Pattern[Any]


@dataclass(frozen=True)
class Use:
    """A pattern, where it stands, and the methods by which it meets text."""

    where: str
    pattern: Pattern
    methods: frozenset[str]

    def run(self, text: str) -> None:
        """As the product does; a method that looks everywhere is used to its end."""
        given: Any = text.encode() if isinstance(self.pattern.pattern, bytes) else text
        if self.methods & {"finditer", "findall", "sub", "subn", "split"}:
            for _found in self.pattern.finditer(given):
                pass
        for method in self.methods & {"match", "fullmatch", "search"}:
            getattr(self.pattern, method)(given)

    def words(self) -> list[str]:
        """Runs of letters that the pattern itself looks for: text made of them goes deepest into it."""
        pattern = self.pattern.pattern
        source = pattern.decode("latin-1") if isinstance(pattern, bytes) else str(pattern)
        found = dict.fromkeys(_literals(_parser.parse(source, self.pattern.flags & ~re.DEBUG)))
        return sorted(found, key=len, reverse=True)


@cache
def uses() -> list[Use]:
    """All of them, each once."""
    found: dict[tuple[Any, int], Use] = {}
    for module in _modules():
        for name, value in vars(module).items():
            if not isinstance(value, ModuleType) and not name.startswith("__"):
                for pattern in _within(value, 0):
                    used = Use(f"{module.__name__}:{name}", pattern, _methods(module.__name__, name))
                    found.setdefault((pattern.pattern, pattern.flags), used)
    for used in _inside_functions():
        found.setdefault((used.pattern.pattern, used.pattern.flags), used)
    return list(found.values())


def _modules() -> Iterator[ModuleType]:
    for one in pkgutil.walk_packages(amends.__path__, "amends."):
        if not {"tests", "migrations", "__main__", "training"} & set(one.name.split(".")):
            yield importlib.import_module(one.name)


def _within(value: Any, depth: int) -> Iterator[Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Sign):
        yield value._pattern()  # compiled when it is first asked, which may be never before this
    elif depth < _DEEPEST:
        for one in _parts(value):
            yield from _within(one, depth + 1)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return value
    kind = value if isinstance(value, type) else type(value)
    if not kind.__module__.startswith("amends"):
        return ()
    slots = [getattr(value, name, None) for name in getattr(kind, "__slots__", ())]
    return [*slots, *getattr(value, "__dict__", {}).values()]


_CALL = re.compile(rf"\b(\w+)\.({'|'.join(METHODS)})\b")


@cache
def _calls(module: str) -> dict[str, set[str]]:
    """Name → the methods that a line of this module calls on it; of all modules together for ""."""
    found: dict[str, set[str]] = {}
    for path in [Path(str(importlib.import_module(module).__file__))] if module else _files():
        for name, method in _CALL.findall(path.read_text("utf-8")):
            found.setdefault(name, set()).add(method)
    return found


def _files() -> list[Path]:
    return [path for path in _HERE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]


def _methods(module: str, name: str) -> frozenset[str]:
    """The methods that a line of its module, else any line, calls on this name; in a table it may be used in any way."""
    if name in IN_TABLES:
        return frozenset({IN_TABLES[name]})
    return frozenset(_calls(module).get(name) or _calls("").get(name) or METHODS)


def _inside_functions() -> Iterator[Use]:
    """`re.search("…", text)` with a pattern that stands there."""
    for path in _files():
        for node in walked(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
                of, first = node.func.value, node.args[0] if node.args else None
                if isinstance(of, ast.Name) and of.id == "re" and isinstance(first, ast.Constant):
                    where = f"{path.relative_to(_HERE)}:{node.lineno}"
                    yield Use(where, re.compile(first.value), frozenset({node.func.attr}))


def _literals(parsed: Any) -> Iterator[str]:
    run = ""
    for operation, argument in parsed:
        if str(operation) == "LITERAL":
            run += chr(argument)
            continue
        if run:
            yield run
        run = ""
        yield from _below(argument)
    if run:
        yield run


def _below(argument: Any) -> Iterator[str]:
    if isinstance(argument, _parser.SubPattern):
        yield from _literals(argument)
    elif isinstance(argument, list | tuple):
        for one in argument:
            yield from _below(one)
