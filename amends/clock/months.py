"""Dates some months on. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_on(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter. Raises ValueError after the year 9999."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
