"""Lengths of time as people write them in a form, in minutes: "4 h", "1 h 30", "20 min". Pure."""

from __future__ import annotations

import re

_HOURS = r"h|hrs?|hours?|std\.?|stunden?|heures?|horas?|ore|uur|timer?|timmar"
_MINUTES = r"m|min\.?|mins?|minutes?|minuten?|minutos?|minuti|minuter"
_SPAN = re.compile(
    rf"(?:(\d{{1,5}}(?:[.,]\d{{1,2}})?)\s*(?:{_HOURS}))?\s*(?:(\d{{1,6}})\s*(?:{_MINUTES})?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")


def read(text: str) -> int | None:
    """Minutes; None for what is no length. A bare number is none: nobody knows of what. "1:30" is an hour and a half."""
    text = " ".join(text.split())
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2])
    found = _SPAN.fullmatch(text)
    if found is None or not any(found.groups()) or text.isdecimal():
        return None
    hours = float((found[1] or "0").replace(",", "."))
    return round(hours * 60) + int(found[2] or 0)


def shown(minutes: int) -> str:
    """The same back: "4 h", "1 h 30 min", "20 min"."""
    hours, rest = divmod(minutes, 60)
    words = [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(filter(None, words))
