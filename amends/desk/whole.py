"""Numbers in addresses and forms, as anybody may have changed them."""

from __future__ import annotations


def whole(text: str, digits: int = 18) -> int | None:
    """The number that `text` is, of so many digits at most: as large as a row's id can be. None for anything else."""
    # `isdigit` is true of "²" too, which `int` refuses.
    return int(text) if text.isdecimal() and len(text) <= digits else None
