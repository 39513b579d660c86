"""Sphinx: the documentation as one site, with the project's own pages from the root of the repository."""

import os
import re
from pathlib import Path

from sphinx.application import Sphinx

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent

project = "Amends"
author = "The Amends contributors"
html_title = "Amends"
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#2f4a9c", "color-brand-content": "#2f4a9c"},
    "dark_css_variables": {"color-brand-primary": "#a9b8f5", "color-brand-content": "#a9b8f5"},
}

FROM_ROOT = {
    "architecture": "ARCHITECTURE.md",
    "contributing": "CONTRIBUTING.md",
    "changelog": "CHANGELOG.md",
    "security": "SECURITY.md",
    "conduct": "CODE_OF_CONDUCT.md",
}
"""Page of this folder → the file that it stands for: on a code host, these are looked for in the root."""

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\((?!https?:|mailto:|#)([^)#\s]*)(#[^)\s]*)?\)")
_NAME = re.compile(r"`\w+`")


def setup(app: Sphinx) -> None:
    """Sphinx calls this."""
    app.connect("source-read", with_links)


def with_links(app: Sphinx, docname: str, content: list[str]) -> None:
    """Put the root's file in place of its page, and let links lead to pages of the site."""
    source = ROOT / FROM_ROOT[docname] if docname in FROM_ROOT else DOCS / f"{docname}.md"
    page = DOCS / f"{docname}.md"
    text = source.read_text("utf-8")
    content[0] = _LINK.sub(lambda link: _link(link, (source.parent / link[2]).resolve(), page), text)


def _link(link: re.Match[str], target: Path, page: Path) -> str:
    """Code and folders have no page here: they are named instead."""
    stands_for = {ROOT / file: DOCS / f"{name}.md" for name, file in FROM_ROOT.items()}
    target = stands_for.get(target, target)
    if target.is_relative_to(DOCS):
        return f"[{link[1]}]({os.path.relpath(target, page.parent)}{link[3] or ''})"
    if _NAME.fullmatch(link[1]):
        return f"`{target.relative_to(ROOT / 'amends')}: {link[1][1:]}"
    return link[1]
