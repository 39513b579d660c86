"""The documentation is true where that can be checked: settings, links, functions, pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from amends.config.environment import PREFIX, SETTINGS
from tests.code import parsed, walked

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FENCED = re.compile(r"^```.*?^```", re.M | re.S)
LINK = re.compile(r"!?\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")
SHOWN = re.compile(r"(?:src|srcset)=\"(?P<picture>[^\"]+)\"|^```\{image\} (?P<image>\S+)", re.M)
TOC_ENTRY = re.compile(r"^```\{toctree\}.*?^```", re.M | re.S)


def pages() -> list[Path]:
    written = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("deploy/**/*.md"), *ROOT.glob("amends/**/*.md")]
    return sorted(page for page in written if "_build" not in page.parts)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def links(page: Path) -> Iterator[tuple[str, str]]:
    for found in LINK.finditer(FENCED.sub("", page.read_text("utf-8"))):
        if not found["target"].startswith(("http:", "https:", "mailto:")):
            yield found["words"], found["target"]


def slugs(page: Path) -> set[str]:
    """Anchors of a page's headings, as code hosts and Sphinx make them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text("utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def names_in(source: Path) -> set[str]:
    """What a Python file defines or brings in, at its top."""
    found: set[str] = set()
    for node in parsed(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def members_of(source: Path) -> set[str]:
    """Methods, too: a page may name what a class does."""
    return {node.name for node in walked(parsed(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def documented() -> dict[str, str]:
    table = (DOCS / "operating" / "settings.md").read_text("utf-8")
    return dict(re.findall(rf"^\| `{PREFIX}(\w+)` \| (.+?) \|", table, re.M))


def test_every_setting_is_documented_and_no_other() -> None:
    assert list(documented()) == list(SETTINGS)


@pytest.mark.parametrize("key", SETTINGS)
def test_a_documented_default_is_the_one_in_the_code(key: str) -> None:
    shown = documented()[key]
    if SETTINGS[key].default:
        assert shown == f"`{SETTINGS[key].default}`"
    else:
        assert re.fullmatch(r"\*\([\w ]+\)\*", shown)


@pytest.mark.parametrize("document", pages(), ids=name_of)
def test_a_page_names_only_settings_that_exist(document: Path) -> None:
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+[A-Z])", document.read_text("utf-8")))
    assert {name.removesuffix("_FILE") for name in named} <= set(SETTINGS)


@pytest.mark.parametrize("document", pages(), ids=name_of)
def test_every_link_of_a_page_leads_somewhere(document: Path) -> None:
    lost = []
    for _words, target in links(document):
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in slugs(file)):
            lost.append(target)
    assert not lost


@pytest.mark.parametrize("document", pages(), ids=name_of)
def test_every_picture_of_a_page_is_there(document: Path) -> None:
    wanted = [found["picture"] or found["image"] for found in SHOWN.finditer(document.read_text("utf-8"))]
    assert not [name for name in wanted if not (document.parent / name).exists()]


def test_no_picture_lies_about_unused() -> None:
    told = "".join(page.read_text("utf-8") for page in pages())
    assert not [picture.name for picture in (DOCS / "pictures").glob("*.png") if picture.name not in told]


@pytest.mark.parametrize("document", pages(), ids=name_of)
def test_a_function_that_a_page_points_at_is_in_that_file(document: Path) -> None:
    missing = []
    for words, target in links(document):
        name = re.fullmatch(r"`(\w+)`", words)
        if name and target.endswith(".py"):
            source = document.parent / target
            if source.exists() and name[1] not in names_in(source) | members_of(source):
                missing.append(f"{name[1]} in {target}")
    assert not missing


def test_every_page_of_the_site_is_in_a_list_of_pages() -> None:
    listed: set[Path] = set()
    for page in DOCS.rglob("*.md"):
        for toc in TOC_ENTRY.findall(page.read_text("utf-8")):
            entries = re.findall(r"^(?!```|:)(\S+)$", toc, re.M)
            listed |= {(page.parent / f"{entry}.md").resolve() for entry in entries}
    written = {page.resolve() for page in DOCS.rglob("*.md") if "_build" not in page.parts}
    assert written - listed == {DOCS / "index.md"}
    assert listed <= written


def test_no_page_names_a_machine_of_ours() -> None:
    own = re.compile(r"/(?:root|home|work|tmp)/")
    assert not [name_of(page) for page in pages() if own.search(page.read_text("utf-8"))]
