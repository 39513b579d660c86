"""What every template keeps to, whatever page it is part of."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "amends"
_GENERIC = re.compile(r"<(?:div|span)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def test_a_label_stands_only_where_it_is_read_out() -> None:
    """A plain `div` or `span` has no role, so a screen reader ignores its label (WCAG 4.1.2)."""
    ignored = [
        f"{path.relative_to(PACKAGE)}: {tag.group()[:80]}"
        for path in PACKAGE.rglob("templates/**/*.html")
        for tag in _GENERIC.finditer(path.read_text("utf-8"))
        if "aria-label" in tag.group() and "role=" not in tag.group()
    ]
    assert ignored == []
