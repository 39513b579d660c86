"""Secrets that this process has opened: whoever writes a log leaves them out, whatever they stand in."""

from __future__ import annotations

from collections import OrderedDict

SHORTEST = 6
"""Shorter ones are also ordinary words."""
MOST = 500

_known: OrderedDict[str, None] = OrderedDict()


def hush(values: dict[str, str]) -> None:
    """Never to be written from now on."""
    for value in values.values():
        if len(value) >= SHORTEST:
            _known[value] = None
    while len(_known) > MOST:
        _known.popitem(last=False)


def known() -> list[str]:
    """The longest first, so that no part of one is left."""
    return sorted(_known.copy(), key=len, reverse=True)
