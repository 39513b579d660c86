"""When a stage of a policy pack is due (SL11). Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from amends.clock.hours import Calendar
from amends.clock.months import months_on
from amends.clock.packs.shape import Span

CLOCKED = ("minutes", "hours")
OPEN = {"open_minutes": timedelta(minutes=1), "open_hours": timedelta(hours=1)}


def due_after(span: Span, start: datetime, calendar: Calendar) -> datetime:
    """When `span` after `start` is over, at the brand's place. Raises ValueError when it is never open.

    Minutes and hours are plain time, open ones count in the opening hours. Working days count as the calendar has
    them (C0.3): the day itself is none. Days, weeks and months end with the last working day in them, at its close:
    on a Sunday nobody could do it any more.
    """
    if span.unit in CLOCKED:
        return start + timedelta(**{span.unit: span.count})
    if span.unit in OPEN:
        return calendar.add_open(start, span.count * OPEN[span.unit])
    if span.unit == "working_days":
        return calendar.end_of_working_day(start, span.count)
    first = start.astimezone(calendar.tz).date()
    return _close_of(_last_day(span, first), first, calendar)


def _last_day(span: Span, first: date) -> date:
    if span.unit == "months":
        return months_on(first, span.count)
    return first + timedelta(**{span.unit: span.count})


def _close_of(last: date, first: date, calendar: Calendar) -> datetime:
    """The close of the last working day up to `last`; where there is none after `first`, the end of `last` itself."""
    day = last
    while day > first and not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return calendar.end_of_day(datetime.combine(day if day > first else last, time(), calendar.tz))
