"""What every template keeps to, whatever page it is part of."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "amends"
_GENERIC = re.compile(r"<(?:div|span)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")

_STRING = re.compile(r"[\"'`]([^\"'`\n]{0,60})[\"'`]")
_NOT_A_TAG = re.compile(r"(?s){#.*?#}|{% comment %}.*?{% endcomment %}|>[^<>{}]*<")
_NOT_A_CLASS = re.compile(r"(?s)/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"")


def test_a_label_stands_only_where_it_is_read_out() -> None:
    """A plain `div` or `span` has no role, so a screen reader ignores its label (WCAG 4.1.2)."""
    ignored = [
        f"{path.relative_to(PACKAGE)}: {tag.group()[:80]}"
        for path in _templates()
        for tag in _GENERIC.finditer(path.read_text("utf-8"))
        if "aria-label" in tag.group() and "role=" not in tag.group()
    ]
    assert ignored == []


def test_every_template_of_ours_is_drawn_by_something() -> None:
    named = set(re.findall(r"[\"']([a-z]+/[\w/]+\.html)[\"']", _sources("*.html") + _sources("*.py")))
    ours = {re.split("/(?:jinja2|templates)/", path.as_posix())[1] for path in _templates()}
    assert sorted(one for one in ours - named if one.startswith(("ui/", "desk/", "portal/", "demo/"))) == []


@pytest.mark.long
def test_every_style_is_asked_for() -> None:
    """Whole words of markup and of strings; a class that ends with a value (`is-{{ kind }}`) asks for the value."""
    markup = _NOT_A_TAG.sub(" ", _sources("*.html"))
    scripts = " ".join(found[1] for found in _STRING.finditer(_sources("*.js")))
    asked = set(re.findall(r"[\w-]+", f"{markup} {scripts} {_strings_of_python()}"))
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", _NOT_A_CLASS.sub("", _sources("*.css"))))
    unasked = {one for one in styled - asked if not one.startswith("trix-")}
    assert sorted(one for one in unasked if not (one.startswith("is-") and one[3:] in asked)) == []


def _templates() -> list[Path]:
    return [path for folder in ("jinja2", "templates") for path in PACKAGE.rglob(f"{folder}/**/*.html")]


def _sources(pattern: str) -> str:
    paths = (path for path in PACKAGE.rglob(pattern) if not {"tests", "vendor"} & set(path.parts))
    return "\n".join(path.read_text("utf-8") for path in paths)


def _strings_of_python() -> str:
    nodes = list(ast.walk(ast.parse(_sources("*.py").replace("from __future__ import annotations", ""))))
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in prose)
    return " ".join(node.value for node in texts if isinstance(node.value, str))
