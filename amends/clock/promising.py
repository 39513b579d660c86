"""What becomes of a promise (model C4.2): pure, from the times alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Literal

State = Literal["open", "soon", "late", "kept", "kept_late", "broken", "released", "moved"]

TOLD_IN_TIME = timedelta(minutes=15)
LAST_REMINDER = timedelta(minutes=15)
SOON = 25
"""Percent of the time left below which a promise is due soon: the clock's last quarter."""


def state(
    *,
    made_at: datetime,
    due: datetime,
    now: datetime,
    kept_at: datetime | None = None,
    broken_at: datetime | None = None,
    released_at: datetime | None = None,
    moved_at: datetime | None = None,
) -> State:
    """The state at `now`, from what happened to the promise and when (C4.2).

    A deed after the promise was broken makes it kept late; a release or a move after that changes
    nothing. A move counts only if the customer was told in time, else the promise is broken.
    """
    if kept_at is not None:
        return "kept" if kept_at <= due and not _before(broken_at, kept_at) else "kept_late"
    if released_at is not None and not _before(broken_at, released_at):
        return "released"
    if moved_at is not None and not _before(broken_at, moved_at):
        return "moved" if told_before(moved_at, due) else "broken"
    if broken_at is not None:
        return "broken"
    if now > due:
        return "late"
    return "soon" if share_left(made_at, due, now) <= SOON else "open"


def share_left(made_at: datetime, due: datetime, now: datetime) -> int:
    """Percent of the time that is left, 0 to 100, rounded up: 0 only when nothing is left."""
    if now >= due:
        return 0
    if now <= made_at:
        return 100
    return ceil(100 * ((due - now) / (due - made_at)))


def told_before(moved_at: datetime, due: datetime) -> bool:
    """Whether the customer heard of the new time early enough: 15 minutes before the old one."""
    return due - moved_at >= TOLD_IN_TIME


def reminders(made_at: datetime, due: datetime) -> tuple[datetime, ...]:
    """When to remind: at 50 % and 80 % of the time and 15 minutes before, in order, each once (C4.1).

    What would fall before the promise was made is left out; a promise due at once has none.
    """
    whole = due - made_at
    times = {made_at + whole * 0.5, made_at + whole * 0.8, due - LAST_REMINDER}
    return tuple(sorted(at for at in times if made_at < at < due))


def _before(first: datetime | None, then: datetime) -> bool:
    return first is not None and first < then
