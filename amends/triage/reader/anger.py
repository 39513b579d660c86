"""How loud a text is: 0 calm, 1 annoyed, 2 angry. Pure; it raises nothing (C3.2)."""

from __future__ import annotations

from collections.abc import Set

_BEGINS = 2000
_CAPITALS = 3


def anger(text: str, labels: Set[str], complains: bool) -> int:
    """`labels`: what was found; who does not complain is not angry with us."""
    if not complains:
        return 0
    begins = text[:_BEGINS]
    letters = sum(map(str.isalpha, begins))
    words = begins.split()
    shouts = letters > 20 and sum(map(str.isupper, begins)) > 0.5 * letters
    shouts = (
        shouts
        or "!!" in begins
        or sum(word.isupper() and word.isalpha() and len(word) > 1 for word in words) >= _CAPITALS
    )
    return 2 if shouts or labels & {"livid", "angry"} else 1
