"""What becomes of a promise (model C4.2): pure, from the times alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import ceil
from typing import Literal
from zoneinfo import ZoneInfo

State = Literal[
    "open",
    "acknowledged",
    "soon",
    "late",
    "kept",
    "kept_late",
    "attempted",
    "broken",
    "repaired",
    "released",
    "moved",
]

TOLD_IN_TIME = timedelta(minutes=15)
LAST_REMINDER = timedelta(minutes=15)
HALF_A_DAY = timedelta(hours=12)
"""From noon to the end of a parcel's day: of another day they are told in the morning, before they wait at the door."""
WINDOW = timedelta(minutes=60)
"""How long a customer waits beside the telephone for a call that was promised (`callback.window`)."""
TRIES = 2
HALF, MOST = 0.5, 0.8
SOON = 25
"""Percent of the time left below which a promise is due soon: the clock's last quarter."""


@dataclass(frozen=True)
class Happened:
    """What happened to a promise, and when; None: it did not."""

    acknowledged_at: datetime | None = None
    kept_at: datetime | None = None
    broken_at: datetime | None = None
    released_at: datetime | None = None
    attempted_at: datetime | None = None
    moved_at: datetime | None = None
    told_at: datetime | None = None


def state(
    *,
    made_at: datetime,
    due: datetime,
    now: datetime,
    happened: Happened | None = None,
    grace_until: datetime | None = None,
) -> State:
    """The state at `now`, from what happened to the promise and when (C4.2).

    `grace_until`: of a parcel, the end of the carrier's day (`end_of_parcels_day`); until then it is kept on time.

    A deed after the promise was broken makes it kept late; a release after that changes nothing, but an apology with
    a new time repairs it. A move counts only if the customer was told in time (`told_at`), whenever it was written
    down, else the promise is broken. An attempt is neither: the customer was tried as promised.
    """
    it = happened or Happened()
    settled = _settled(it, due, grace_until)
    if settled is not None:
        return settled
    if now > (grace_until or due):
        return "late"
    if share_left(made_at, due, now) <= SOON:
        return "soon"
    return "acknowledged" if it.acknowledged_at is not None else "open"


def share_left(made_at: datetime, due: datetime, now: datetime) -> int:
    """Percent of the time that is left, 0 to 100, rounded up: 0 only when nothing is left."""
    if now >= due:
        return 0
    if now <= made_at:
        return 100
    return ceil(100 * ((due - now) / (due - made_at)))


def at_the_minute(due: datetime) -> datetime:
    """The minute that a clock shows then: what a house reckons is due at it, and of two in one the score decides."""
    return due.replace(second=0, microsecond=0)


def end_of_parcels_day(due: datetime, zone: ZoneInfo) -> datetime:
    """The midnight that ends the day on which a parcel is due, in the zone of its carrier: until then it may come."""
    day = (due - timedelta.resolution).astimezone(zone).date()  # what is due at midnight is due on the day before
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def counts_to(due: datetime, now: datetime, grace_until: datetime | None = None) -> datetime:
    """The time by which it is done on time as of `now`: its own, and of a parcel whose hour is over its day's last moment.

    Once that is over, too, it is late since its own (C4.2).
    """
    last = grace_until - timedelta.resolution if grace_until is not None else due
    return last if due <= now <= last else due


def told_before(told_at: datetime, due: datetime, grace_until: datetime | None = None) -> bool:
    """Whether the customer heard of the new time early enough: 15 minutes before the old one.

    Of a parcel before noon of its day, whatever hour was named: that is when somebody stays at home for it.
    """
    return told_at < grace_until - HALF_A_DAY if grace_until else due - told_at >= TOLD_IN_TIME


def reached_nobody(attempts: Iterable[tuple[datetime, bool]], opens: datetime, due: datetime) -> bool:
    """Whether a call was tried as promised: twice inside its window, with a message left (C4.2).

    Each attempt is when, and whether a message was left.
    """
    inside = [left_message for at, left_message in attempts if opens <= at <= due]
    return len(inside) >= TRIES and any(inside)


def reminders(made_at: datetime, due: datetime, grace_until: datetime | None = None) -> tuple[datetime, ...]:
    """When to remind: at 50 % and 80 % of the time and 15 minutes before, in order, each once (C4.1).

    The last one of a parcel is 15 minutes before they may no longer be told of another day, and none comes after it.
    What would fall before the promise was made is left out; a promise due at once has none.
    """
    whole, last = due - made_at, due - LAST_REMINDER
    times = {made_at + whole * HALF, made_at + whole * MOST, last}
    if grace_until is not None and (noon := grace_until - HALF_A_DAY - LAST_REMINDER) > made_at:
        times = {min(at, noon) for at in times}
    return tuple(sorted(at for at in times if made_at < at < due))


def at_risk(made_at: datetime, due: datetime, now: datetime, grace_until: datetime | None = None) -> bool:
    """Whether it is kept now or will be missed: its last reminder has come, or its time is over."""
    return now >= max(reminders(made_at, due, grace_until), default=due)


def next_reminder(
    made_at: datetime, due: datetime, after: datetime, grace_until: datetime | None = None
) -> datetime | None:
    """The first of its reminders that is later than `after`; None when there is none left.

    Of a parcel its hour is one, too: nobody is told of it, but from then on it counts to the end of its day.
    """
    hour = () if grace_until is None else (due,)
    return next((at for at in (*reminders(made_at, due, grace_until), *hour) if at > after), None)


def reminder(
    made_at: datetime, due: datetime, now: datetime, grace_until: datetime | None = None
) -> Literal["half", "most", "last", ""]:
    """The latest reminder that has come: half of the time is gone, most of it, or it is the last; "" before the first."""
    times = reminders(made_at, due, grace_until)
    come = [at for at in times if at <= now]
    if not come:
        return ""
    if come[-1] == times[-1]:
        return "last"
    return "half" if come[-1] == made_at + (due - made_at) * HALF else "most"


def _settled(it: Happened, due: datetime, grace_until: datetime | None) -> State | None:
    """What a promise has come to; None while it is owed and not broken."""
    if it.kept_at is not None:
        return "kept" if it.kept_at <= (grace_until or due) and not _before(it.broken_at, it.kept_at) else "kept_late"
    if it.released_at is not None and not _before(it.broken_at, it.released_at):
        return "released"
    if it.attempted_at is not None and not _before(it.broken_at, it.attempted_at):
        return "attempted"
    if it.moved_at is not None and _heard_in_time(it, due, grace_until):
        return "moved"
    if it.broken_at is not None:
        return "repaired" if it.moved_at is not None and it.told_at is not None else "broken"
    return "broken" if it.moved_at is not None else None


def _heard_in_time(it: Happened, due: datetime, grace_until: datetime | None) -> bool:
    """The customer was told before it was due, and before it was known that it would not be kept."""
    if it.told_at is None or not told_before(it.told_at, due, grace_until):
        return False
    return it.broken_at is None or it.told_at < it.broken_at


def _before(first: datetime | None, then: datetime) -> bool:
    return first is not None and first < then
