"""Lines that a mail program broke in the middle of a sentence. Pure."""

from __future__ import annotations

import re


def unwrapped(plain: str) -> str:
    """The same text, same length, with the lines that a mail program broke put together again."""
    return _LINE_END.sub(lambda end: " " * len(end[0]) if _goes_on(plain, end) else end[0], plain)


def _goes_on(plain: str, end: re.Match[str]) -> bool:
    """Whether the line after this end goes on with its sentence: a small letter says so, or a line that was full."""
    line = plain[plain.rfind("\n", 0, end.start()) + 1 : end.start()]
    if line.lstrip().startswith((">", "|")) or _ITEM.match(plain, end.end()):
        return False
    return plain[end.end()].islower() or len(line) >= FULL_LINE


_LINE_END = re.compile(r"(?<=[^\s.!?:])[ \r]{0,3}\n[ ]{0,3}(?=\w)")
_ITEM = re.compile(r"\d{1,2}[.)] |[a-z]\) |(?:from|von|de|sent|to|subject|date)\b ?:", re.IGNORECASE)
FULL_LINE = 48
"""Characters; a line that is shorter was ended by its writer."""
