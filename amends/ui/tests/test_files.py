"""The files themselves keep the rules of the house."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parent.parent
STATIC = UI / "static" / "ui"
STYLES = sorted((STATIC / "css").rglob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
TEMPLATES = sorted([*(UI / "jinja2").rglob("*.html"), *(UI / "templates").rglob("*.html")])
RAW_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|:\s*(?:white|black|red|green|blue|gray|grey|yellow)\b",
    re.IGNORECASE,
)
NAMED_ICON = re.compile(r'{(?:{ icon\(|% icon )"([^"]+)"')
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|hx-on|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE)


def name(path: Path) -> str:
    return str(path.relative_to(UI))


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_a_style_file_is_short_and_names_no_raw_colour(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 300
    if path.name != "tokens.css":
        assert not RAW_COLOUR.findall(text)


def test_every_style_file_is_linked() -> None:
    linked = re.findall(r'@import url\("(.+?)"\)', (STATIC / "css" / "amends.css").read_text())
    there = {path.relative_to(STATIC / "css").as_posix() for path in STYLES} - {"amends.css"}
    assert set(linked) == there


def test_every_token_that_a_style_uses_exists() -> None:
    text = "".join(path.read_text() for path in STYLES)
    used = set(re.findall(r"var\((--[\w-]+)", text))
    assert used <= set(re.findall(r"(--[\w-]+):", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_is_short_and_holds_no_style_or_script_of_its_own(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 120
    assert not INLINE.findall(text)
    assert not SCRIPT.findall(text)


def test_every_icon_named_in_a_template_stands_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    named = {icon for path in TEMPLATES for icon in NAMED_ICON.findall(path.read_text())}
    assert named <= drawn
    assert set((UI / "icons.txt").read_text().split()) == drawn


def test_what_came_from_elsewhere_is_what_its_hash_says() -> None:
    for line in (STATIC / "vendor" / "VERSIONS").read_text().splitlines():
        if line.startswith("#"):
            continue
        *_, target, promised = line.split()
        data = (STATIC / "vendor" / target).resolve().read_bytes()
        assert hashlib.sha256(data).hexdigest() == promised, target


def test_our_own_scripts_stay_small() -> None:
    assert len(gzip.compress(b"".join(path.read_bytes() for path in SCRIPTS))) <= 15_000


def test_the_styles_stay_within_their_budget() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in STYLES) <= 40_000
