"""Sphinx: the documentation as one site, with the project's own pages from the root of the repository."""

import re
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent

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

_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]*)(#[^)\s]*)?\)")


def setup(app: Sphinx) -> None:
    """Sphinx calls this."""
    app.connect("source-read", from_root)


def from_root(app: Sphinx, docname: str, content: list[str]) -> None:
    """Put the root's file in place of its page, and let its links lead the same way from here."""
    if docname in FROM_ROOT:
        text = (ROOT / FROM_ROOT[docname]).read_text("utf-8")
        content[0] = _LINK.sub(lambda link: f"]({here(link[1])}{link[2] or ''})", text)


def here(target: str) -> str:
    """A link of the root, as seen from this folder. Code and folders have no page: they lead to the file."""
    pages = {file: f"{page}.md" for page, file in FROM_ROOT.items()}
    return pages.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else f"../{target}")
