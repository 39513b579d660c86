"""What import-linter cannot see: sizes, foreign keys written as strings, forbidden names."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from amends.cases.timeline import KINDS
from tests.code import parsed, walked

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "amends"
LAYER = {
    **dict.fromkeys(["ui", "kit", "audit"], 0),
    "people": 1,
    "orders": 2,
    "cases": 3,
    **dict.fromkeys(["channels", "triage", "coach", "clock"], 4),
    "flows": 5,
    **dict.fromkeys(["desk", "portal", "demo", "upkeep"], 6),
}
FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "signals", "common", "lib", "stuff"}


def sources() -> list[Path]:
    return [
        path for path in PACKAGE.rglob("*.py") if not {"migrations", "tests"} & set(path.relative_to(PACKAGE).parts)
    ]


def functions() -> Iterator[tuple[str, int]]:
    for path in sources():
        for node in walked(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body
                first = body[1] if len(body) > 1 and ast.get_docstring(node) else body[0]
                yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - first.lineno + 1


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def test_python_files_stay_within_the_size_budget() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in sources()}
    too_long = [str(path.relative_to(ROOT)) for path, count in lines.items() if count > 400]
    assert not too_long
    assert statistics.median(lines.values()) <= 80
    assert percentile(list(lines.values()), 0.95) <= 250


def test_functions_stay_within_the_size_budget() -> None:
    sizes = dict(functions())
    assert not [name for name, count in sizes.items() if count > 50]
    assert statistics.median(sizes.values()) <= 8
    assert percentile(list(sizes.values()), 0.95) <= 25


@pytest.mark.parametrize(("pattern", "most"), [("*.html", 120), ("*.css", 300)])
def test_templates_and_styles_stay_within_the_size_budget(pattern: str, most: int) -> None:
    too_long = [
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob(pattern)
        if "vendor" not in path.parts and len(path.read_text("utf-8").splitlines()) > most
    ]
    assert not too_long


def test_foreign_keys_point_downward_only() -> None:
    upward = []
    for model in apps.get_models():
        app = model._meta.app_config
        if app is None or not app.name.startswith("amends."):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | OneToOneField | ManyToManyField):
                target = field.related_model._meta.app_label
                if LAYER.get(target, -1) > LAYER[app.label]:
                    upward.append(f"{model.__name__}.{field.name} → {target}")
    assert not upward


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [str(path) for path in sources() if path.stem in FORBIDDEN_NAMES]


def test_nothing_happens_behind_a_callback() -> None:
    """No Django signals, no save() or delete() overrides with effects."""
    signals = [
        str(path) for path in sources() if re.search(r"django\.dispatch|models\.signals", path.read_text("utf-8"))
    ]
    assert not signals
    overrides = []
    for path in sources():
        for node in walked(parsed(path)):
            if isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(base) for base in node.bases):
                overrides += [
                    f"{path.name}:{node.name}.{item.name}"
                    for item in node.body
                    if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete"}
                ]
    assert not [name for name in overrides if "Form" not in name]


def test_every_kind_of_entry_is_written_somewhere() -> None:
    written: set[object] = set()
    for path in sources():
        for node in walked(parsed(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("record", "Event", "_event")):
                written |= {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    assert set(KINDS) <= written


def test_only_one_module_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(PACKAGE))
        for path in sources()
        if re.search(r"os\.environ|os\.getenv", path.read_text("utf-8"))
    ]
    assert set(readers) <= {"config/environment.py", "config/wsgi.py", "cli/main.py"}


def test_stored_mail_is_read_through_the_hardened_accessors_only() -> None:
    """reliability §0.1: no `get_content()`, no `policy.default` anywhere."""
    offenders = [
        str(path.relative_to(PACKAGE))
        for path in sources()
        if re.search(r"\.get_content\(|policy\.default|parseaddr\(", path.read_text("utf-8"))
    ]
    assert not offenders


def test_every_app_says_in_its_docstring_what_it_is_for() -> None:
    for app in PACKAGE.iterdir():
        if (app / "__init__.py").exists():
            assert ast.get_docstring(ast.parse((app / "__init__.py").read_text("utf-8"))), app.name


@pytest.mark.parametrize(
    "folder",
    [
        "triage",
        "coach/checks",
        "coach/check.py",
        "coach/thing.py",
        "clock/hours.py",
        "clock/explaining.py",
        "clock/words.py",
    ],
)
def test_hard_rules_know_no_database(folder: str) -> None:
    place = PACKAGE / folder
    files = [place] if place.is_file() else [path for path in place.rglob("*.py") if "tests" not in path.parts]
    assert files
    assert not [str(path) for path in files if re.search(r"django\.db\b|\.models import", path.read_text("utf-8"))]


def test_no_file_holds_both_sides_of_a_merge() -> None:
    """A template with such marks is drawn with them, whatever else its tests find on the page."""
    kinds = {".py", ".html", ".txt", ".css", ".js", ".toml", ".md", ".csv", ".lock"}
    marked = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
    folders = (ROOT / name for name in ("amends", "bench", "docs", "requirements", "tests", "tools"))
    files = (path for folder in folders for path in folder.rglob("*") if path.suffix in kinds and path.is_file())
    assert not [str(path.relative_to(ROOT)) for path in files if marked.search(path.read_text("utf-8"))]
