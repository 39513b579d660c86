"""Words that people read go through gettext, as constants that `makemessages` finds.

Not so what only the console, the log and machines say (CONTRIBUTING.md): `amends …`, the doctor, a backup, `/metrics`,
and the sentences that tell a programmer of a mistake. Nor the demo's letters, which its people wrote.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.code import walked

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "amends"
FOR_THE_CONSOLE = {
    "cli",
    "upkeep",
    "config/environment.py",
    "config/keys.py",
    "flows/coach_lines.py",
    "flows/promise_lines.py",
    "kit/json_lines.py",
    *(f"clock/{name}.py" for name in ("asked", "calendar_files", "country_days", "durations")),
    *(
        f"triage/reader/{name}.py"
        for name in ("extra", "lexicon", "lines", "meaning", "model", "model_file", "patterns")
    ),
    "triage/training",
}
FOR_PROGRAMMERS = {
    "audit": {"audit.verbs.VERBS", "append-only"},
    "cases/models/entry.py": {"append-only"},
    "cases/timeline.py": {"not a kind of entry"},
    "channels/email/child.py": {"has no pipes"},
    # Stands where otherwise the server's own words stand.
    "channels/email/imap_connection.py": {"than was asked for", "without an end", "smuggled", "IDLE refused"},
    "channels/email/reader.py": {"could not be started"},
    "clock/hours.py": {
        "is not a weekday",
        "Nothing closes",
        "without a zone",
        "ends before",
        "must begin after",
        "never open",
        "not open so long",
        "leads out of",
        "is counted in the years",
    },
    "config/heads.py": {"The head of this request"},  # no browser sends one, and no page can be drawn yet
    "flows/page_links.py": {"taken back", "not a link of ours"},  # a page with a sentence of its own is shown
    "kit/blobs.py": {"named by its SHA-256"},
    "kit/clamd.py": {"does not answer", "took too long"},  # the log's and the doctor's
    "kit/http.py": {"address", "the answer is", "the time for this connection", "the name"},  # the log's
    "kit/outside.py": {"no address of a picture"},
    "kit/personal.py": {"has no class", "no such field", "how one person's are found"},
    "kit/tokens.py": {"not a token"},
    # The log's and the doctor's.
    "people/breached.py": {
        "did not answer",
        "and no list",
        "no list of",
        "is empty",
        "in their order",
        "cannot be read",
    },
    "ui/engine.py": {"words", "place"},  # what a template says is read where it stands
}
"""Parts of the sentences that nobody else reads."""
TABLES = {"KINDS", "VERBS"}
"""Constants that explain themselves to whoever reads the code."""
GETTEXT = {"_", *(f"{n}{p}gettext{lazy}" for n in ("", "n") for p in ("", "p") for lazy in ("", "_lazy"))}
SHOWN = {"label", "help_text", "verbose_name", "why", "reason", "evidence", "mend", "notice", "words"}
"""Named arguments that end on a page."""
SENTENCE = re.compile(r"^[^a-z]*[A-Z“{].*\s.*[.?…]$|^[A-Z“].* .*[.?…] ", re.DOTALL)
BUILT_IN = {"ValueError", "TypeError", "AssertionError", "LookupError", "KeyError", "RuntimeError", "OSError"}

BROKEN = {
    "an error": 'raise ClosingError("This case is closed.")',
    "an error with a name in it": 'raise HandoverError(f"{name} is away.")',
    "an error in lower case": 'raise StepError("nothing to do")',
    "an error of another module": 'raise promises.PromiseError("Say what is promised.")',
    "a reason that is returned": 'def why():\n    return "It has no mailbox."',
    "a notice": 'messages.error(request, "It was not saved.")',
    "a label": 'field = CharField(label="Two words")',
    "a choice": 'class Kind(TextChoices):\n    OTHER = "other", "Something else"',
    "a constant": 'TAKEN = "This case was taken into another one."',
    "words put together first": '_(f"{name} is away.")',
    "words that are no constant": "_(words)",
    "gettext by another name": "from django.utils.translation import gettext_lazy as lazy",
    "a rebound underscore": "from django.utils.translation import gettext as _\nfirst, _ = pair",
}
FINE = [
    '"""A docstring. With sentences."""',
    'raise ClosingError(_("This case is closed."))',
    'raise HandoverError(_("%(name)s is away.") % {"name": to.name})',
    'ngettext("One case.", "%(count)d cases.", count)',
    'log.warning("The database is away. Trying again.")',
    'KINDS = {"case.opened": "A case began."}',
    'timeline.record(case, "case.closed", reason=reason)',
    "[one for _, one in found]",
]


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        parts = set(name.split("/"))
        if not parts & {"tests", "migrations"} and not name.startswith("demo/") and not _within(name, FOR_THE_CONSOLE):
            yield name, path.read_text("utf-8")


def _within(name: str, places: set[str]) -> bool:
    return any(name == place or name.startswith(f"{place}/") for place in places)


@cache
def wordings(source: str) -> list[tuple[int, str]]:
    """Line and text of what people would read untranslated."""
    tree = ast.parse(source)
    return [*_unwrapped(tree), *_unreadable(tree)]


def _unwrapped(node: ast.AST) -> Iterator[tuple[int, str]]:
    for child in ast.iter_child_nodes(node):
        if _is_for_others(child):
            continue
        if isinstance(child, ast.Constant | ast.JoinedStr):
            if SENTENCE.search(_text(child)):
                yield child.lineno, _text(child)
            continue
        if isinstance(child, ast.Raise) and isinstance(child.exc, ast.Call) and not _is_built_in(child.exc):
            yield from _phrases(child.exc.args)
        if isinstance(child, ast.keyword) and child.arg in SHOWN:
            yield from _phrases([child.value])
        if isinstance(child, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in child.bases):
            labels = [line.value.elts[-1] for line in child.body if _is_choice(line)]  # type: ignore[attr-defined]
            yield from ((label.lineno, _text(label)) for label in labels if isinstance(label, ast.Constant))
        yield from _unwrapped(child)


def _is_for_others(node: ast.AST) -> bool:
    """Docstrings, the log, explained tables, and what goes through gettext already."""
    if isinstance(node, ast.Call):
        return _name(node.func) in GETTEXT or ast.unparse(node.func).split(".")[0] in {"log", "logger"}
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(ast.unparse(target) in TABLES for target in targets)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _phrases(values: list[ast.expr]) -> Iterator[tuple[int, str]]:
    """Any text of several words; whole sentences are found elsewhere."""
    for value in values:
        if isinstance(value, ast.Constant | ast.JoinedStr):
            text = _text(value)
            if " " in text.strip() and re.search("[a-z]{2}", text) and not SENTENCE.search(text):
                yield value.lineno, text


def _unreadable(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What `makemessages` would not find, or would find wrong."""
    imported = False
    for node in walked(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            imported = imported or any(name.asname == "_" for name in node.names)
            yield from ((node.lineno, str(name.asname)) for name in node.names if name.asname not in {None, "_"})
        if isinstance(node, ast.Call) and _name(node.func) in GETTEXT:
            texts = node.args[:2] if "ngettext" in _name(node.func) else node.args[:1]
            yield from ((text.lineno, ast.unparse(text)) for text in texts if not _is_constant(text))
    if imported:
        inside = {id(name) for one in walked(tree) if isinstance(one, ast.comprehension) for name in ast.walk(one)}
        for node in walked(tree):
            if not isinstance(node, ast.Name) or node.id != "_" or id(node) in inside:
                continue
            if isinstance(node.ctx, ast.Store):
                yield node.lineno, "_ = …"


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_choice(line: ast.stmt) -> bool:
    return isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple)


def _is_built_in(call: ast.Call) -> bool:
    return _name(call.func) in BUILT_IN


def _name(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.long
def test_all_words_that_people_read_go_through_gettext() -> None:
    untold = [
        f"{name}:{line}: {text}"
        for name, source in sources()
        for line, text in wordings(source)
        if not any(
            _within(name, {place}) and part in text for place, parts in FOR_PROGRAMMERS.items() for part in parts
        )
    ]
    assert not untold


@pytest.mark.parametrize("kind", BROKEN)
def test_words_that_do_not_are_found(kind: str) -> None:
    assert wordings(BROKEN[kind])


@pytest.mark.parametrize("source", FINE)
def test_what_nobody_reads_or_is_told_already_is_left_alone(source: str) -> None:
    assert wordings(source) == []


@pytest.mark.long
def test_the_exceptions_are_still_needed() -> None:
    texts = {name: [text for _line, text in wordings(source)] for name, source in sources()}
    for place, parts in FOR_PROGRAMMERS.items():
        for part in parts:
            assert any(part in text for name, found in texts.items() if _within(name, {place}) for text in found), part
