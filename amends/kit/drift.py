"""A clock that ran ahead and was set right: what it wrote lies in the future, years perhaps, and nobody waits for that.

No lease, wait, hold or link may reach farther than its own greatest length counted from now.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet

APART = timedelta(minutes=1)
"""Clocks of machines that work together differ by less."""

M = TypeVar("M", bound=Model)


def is_ahead(at: datetime, now: datetime, most: timedelta = timedelta()) -> bool:
    """Does it lie farther ahead than `most`, and not by the difference of two clocks?"""
    return at > now + most + APART


def ahead(rows: QuerySet[M], field: str, now: datetime, most: timedelta = timedelta()) -> QuerySet[M]:
    """The rows whose moment `field` lies farther ahead than `most`."""
    return rows.filter(**{f"{field}__gt": now + most + APART})


def bring_back(rows: QuerySet[M], field: str, now: datetime, most: timedelta = timedelta()) -> int:
    """Shorten what lies farther ahead than `most` to just that; how many rows, nearly always none.

    To that and not to now: whoever holds the row may still be at work, and must not be overtaken.
    """
    return ahead(rows, field, now, most).update(**{field: now + most})
