"""ISO 8601 durations of open time: read exactly, and written. Pure."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

_AMOUNT = r"(\d{1,12}(?:[.,]\d{1,9})?)"
_DURATION = re.compile(
    rf"([+-]?)P(?:{_AMOUNT}Y)?(?:{_AMOUNT}M)?(?:{_AMOUNT}W)?(?:{_AMOUNT}D)?"
    rf"(?:T(?=\d)(?:{_AMOUNT}H)?(?:{_AMOUNT}M)?(?:{_AMOUNT}S)?)?",
    re.ASCII,
)
_MICROSECONDS = tuple(seconds * 1_000_000 for seconds in (604_800, 86_400, 3_600, 60, 1))


def read_duration(text: str) -> timedelta:
    """ "PT4H", "-PT1H30M", "PT0.5H", "P1DT2H": a day is 24 hours of open time, a week seven such days.

    Raises ValueError for anything else; years and months have no fixed length.
    """
    found = _DURATION.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise ValueError(f"“{text[:80]}” is no ISO 8601 duration. Write one such as PT4H, PT1H30M or -PT90M.")
    sign, years, months, *amounts = found.groups()
    if years or months:
        raise ValueError(
            f"“{text[:80]}”: a year or a month has no fixed length. Write weeks, days or hours of open time."
        )
    pairs = zip(amounts, _MICROSECONDS, strict=True)
    parts = (Decimal(amount.replace(",", ".")) * length for amount, length in pairs if amount)
    try:
        amount = timedelta(microseconds=int(sum(parts, Decimal(0)).to_integral_value()))
    except OverflowError as error:
        raise ValueError(f"“{text[:80]}” is longer than can be counted. Write a shorter duration.") from error
    return -amount if sign == "-" else amount


def seconds_of(amount: timedelta) -> int | float:
    """Seconds: a whole number where it is one."""
    whole, rest = divmod(amount, timedelta(seconds=1))
    return whole if not rest else amount.total_seconds()
