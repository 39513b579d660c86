"""Why a time is due when it is: the days between two moments, and what of each was counted. Pure.

The counted parts add up exactly to the open time between the two (SL1, SL2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from amends.clock.days import ONE_DAY, Opening, Span, change_within
from amends.clock.hours import NOTHING, Calendar, utc

Why = Literal["open", "own", "weekday", "named", "public", "shut", "skipped", "several"]
"""open: by the week's hours; own: by the date's own. Closed: by the weekday, as a named day off, as a public holiday, shut by
the date's own hours, or skipped by the zone. several: a stretch of days that is told as one."""


@dataclass(frozen=True)
class Part:
    """One local date, or several alike in a row, and the open time counted in them.

    `openings`: the wall-clock hours of the date. `spans`: the moments counted, in the calendar's zone. `breaks`: those
    between two of them. `change`: by how much the clock was put forward. `name`: of a holiday, empty where it has none.
    """

    first: date
    last: date
    why: Why
    counted: timedelta = NOTHING
    name: str = ""
    openings: tuple[Opening, ...] = ()
    spans: tuple[Span, ...] = ()
    change: timedelta = NOTHING

    @property
    def breaks(self) -> tuple[Span, ...]:
        return tuple((before[1], after[0]) for before, after in pairwise(self.spans))


@dataclass(frozen=True)
class Explanation:
    """From `start` to `end`, `start` being the earlier, in the calendar's zone; `counted` is the sum of the parts."""

    start: datetime
    end: datetime
    parts: tuple[Part, ...]
    counted: timedelta
    business_days: int


def explain(calendar: Calendar, a: datetime, b: datetime, *, most: int | None = None) -> Explanation:
    """The days from `a` to `b`, whichever is earlier; of more than `most` days, those in the middle as one part.

    Raises OutOfTime, and ValueError for a time without a zone.
    """
    start, end = sorted((utc(a), utc(b)))
    parts = tuple(_joined(_parts(calendar, start, end, most)))
    counted = sum((part.counted for part in parts), NOTHING)
    local = start.astimezone(calendar.tz), end.astimezone(calendar.tz)
    return Explanation(*local, parts, counted, calendar.business_days(start, end))


def _parts(calendar: Calendar, start: datetime, end: datetime, most: int | None) -> Iterator[Part]:
    first, last = calendar.date_of(start), calendar.date_of(end)
    if end == calendar.day(last).starts and first < last:
        last -= ONE_DAY
    days = (last - first).days + 1
    shown = days if most is None else min(days, most)
    for n in range(shown - shown // 2):
        yield _part(calendar, first + n * ONE_DAY, start, end)
    if shown < days:
        begins, ends = first + (shown - shown // 2) * ONE_DAY, last - (shown // 2) * ONE_DAY
        counted = calendar.open_between(calendar.day(begins).starts, min(calendar.day(ends).ends, end))
        yield Part(begins, ends, "several", counted)
    for n in reversed(range(shown // 2)):
        yield _part(calendar, last - n * ONE_DAY, start, end)


def _part(calendar: Calendar, day: date, start: datetime, end: datetime) -> Part:
    found = calendar.day(day)
    clipped = ((max(begins, start), min(ends, end)) for begins, ends in found.openings)
    spans = tuple((a.astimezone(calendar.tz), b.astimezone(calendar.tz)) for a, b in clipped if a < b)
    counted = sum((_passed(span) for span in spans), NOTHING)
    why, name = _why(calendar, day)
    change = change_within(found, calendar.tz)
    return Part(day, day, why, counted, name, calendar.hours_on(day), spans, change)


def _why(calendar: Calendar, day: date) -> tuple[Why, str]:
    found = calendar.day(day)
    public = calendar.public(day.year) if calendar.public is not None else {}
    if found.starts == found.ends:
        return "skipped", ""
    if day in calendar.own:
        return ("own" if calendar.own[day] else "shut"), public.get(day, "")
    if day in calendar.holidays:
        named = calendar.holidays[day] if isinstance(calendar.holidays, Mapping) else ""
        return "named", named or public.get(day, "")
    if day in public:
        return "public", public[day]
    return ("open" if calendar.hours_on(day) else "weekday"), ""


def _passed(span: Span) -> timedelta:
    return utc(span[1]) - utc(span[0])


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Days in a row that are closed by their weekday, as one."""
    waiting: Part | None = None
    for part in parts:
        if waiting is not None and part.why == waiting.why == "weekday" and not (part.change or waiting.change):
            waiting = Part(waiting.first, part.last, "weekday")
            continue
        if waiting is not None:
            yield waiting
        waiting = part
    if waiting is not None:
        yield waiting


def until(opening: Opening) -> str:
    """ "09:00–12:30": an opening as the clock shows it, the day's end as 24:00."""
    return f"{_clock(opening[0])}–{_clock(opening[1], last=True)}"


def shown(span: Span) -> str:
    """ "09:00–12:30" for moments; whoever reads wants to know of the second occurrence of an hour from its offset."""
    return f"{_clock(span[0].time())}–{_clock(span[1].time(), last=span[1].date() > span[0].date())}"


def _clock(at: time, *, last: bool = False) -> str:
    if last and at == time(0):
        return "24:00"
    if at.microsecond:
        return at.isoformat("microseconds").rstrip("0")
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
