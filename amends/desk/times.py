"""Likely times, first: "in 1 h", "tomorrow 9:00", "Monday 9:00". Pure; hours are the brand's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from amends.clock.hours import Calendar
from amends.clock.nights import first_callable
from amends.ui.moments import by_when

ROUND = timedelta(minutes=5)
MONDAY = 0


@dataclass(frozen=True)
class Likely:
    """A time to choose: `value` is ISO 8601, `label` is what people say."""

    value: str
    label: str


def likely_times(calendar: Calendar, now: datetime, theirs: ZoneInfo | None = None) -> list[Likely]:
    """In an hour if it is still open then, the next working day's opening, next Monday's; each once.

    With `theirs`, the customer's zone, none lies in their night: each is the first time after it (A067).
    """
    moments = [_soon(now), _tomorrow(calendar, now), _monday(calendar, now)]
    if theirs is not None:
        moments = [first_callable(one, theirs, calendar.is_open) if one else None for one in moments]
    found: dict[datetime, Likely] = {}
    for moment in moments:
        if moment is None or (moment == moments[0] and not calendar.is_open(moment)):
            continue
        found.setdefault(moment, as_likely(moment, now))
    return list(found.values())


def as_likely(moment: datetime, now: datetime) -> Likely:
    """A moment as one of the times to choose, in the zone of `now`."""
    local = moment.astimezone(now.tzinfo)
    return Likely(local.isoformat(), by_when(local, now, name_today=True))


def _soon(now: datetime) -> datetime:
    """One hour from now, at a full five minutes."""
    later = now + timedelta(hours=1)
    over = timedelta(minutes=later.minute % 5, seconds=later.second, microseconds=later.microsecond)
    return later - over + ROUND if over else later


def _tomorrow(calendar: Calendar, now: datetime) -> datetime | None:
    return _opening(calendar, now, 1)


def _monday(calendar: Calendar, now: datetime) -> datetime | None:
    here = now.astimezone(calendar.tz)
    return _opening(calendar, now, (MONDAY - here.weekday()) % 7 or 7)


def _opening(calendar: Calendar, now: datetime, days: int) -> datetime | None:
    """The first opening from midnight, `days` days on; None when the brand never opens."""
    day = now.astimezone(calendar.tz).date() + timedelta(days=days)
    try:
        return calendar.next_open(datetime.combine(day, time(0), calendar.tz))
    except ValueError:
        return None
