"""One local day as moments: wall-clock openings across a clock that is put forward or back. Pure; UTC out.

It is open exactly while the clock on the wall shows a time within the hours. So an hour that the clock skips in spring
does not happen, and one that it shows twice in autumn counts twice, as far as it lies within the hours (SL2, C0.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Opening = tuple[time, time]
"""Opens, closes: wall-clock times of one day. Closing at 00:00 means 24:00."""
Span = tuple[datetime, datetime]
"""From, until: moments in UTC."""

MIDNIGHT = time(0)
ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)
FARTHEST = timedelta(hours=16)
"""No zone ever was so far from UTC. No clock was changed twice within the two days that this reaches to each side."""

_EVERY_OTHER_DAY = [timedelta(days=n) for n in range(-4, 372, 2)]
_BESIDE = [timedelta(days=n) for n in range(-1, 4)]


@dataclass(frozen=True)
class Day:
    """From the moment at which a date begins on the wall until the next date does, and the openings between."""

    starts: datetime
    ends: datetime
    openings: tuple[Span, ...]


def as_day(day: date, hours_on: Callable[[date], tuple[Opening, ...]], tz: ZoneInfo) -> Day:
    """The local date `day` in moments; `hours_on` tells the openings of a date. A date that was skipped is empty."""
    midnight = datetime.combine(day, MIDNIGHT)
    offset = _steady_offset(midnight, tz)
    if offset is None:
        return _changing(day, hours_on, tz)
    starts = (midnight - offset).replace(tzinfo=UTC)
    return Day(starts, starts + ONE_DAY, tuple((starts + a, starts + b) for a, b in map(since_midnight, hours_on(day))))


def since_midnight(opening: Opening) -> tuple[timedelta, timedelta]:
    """How long after midnight an opening begins and ends, on a day whose clock is not changed."""
    opens, closes = map(_passed, opening)
    return opens, closes or ONE_DAY


def around_changes(year: int, tz: ZoneInfo) -> set[date]:
    """The dates of a year on which the clock is changed, and some beside them."""
    first = datetime.combine(date(year, 1, 1), MIDNIGHT)
    looked_at = [first + step for step in _EVERY_OTHER_DAY]
    offsets = [tz.utcoffset(at) for at in looked_at]
    changed = (at for at, before, after in zip(looked_at, offsets, offsets[1:], strict=False) if before != after)
    dates = (at.date() + beside for at in changed for beside in _BESIDE)
    return {day for day in dates if day.year == year}


def change_within(day: Day, tz: ZoneInfo) -> timedelta:
    """By how much the clock is put forward in a day; negative when it is put back."""
    return _offset(day.ends - timedelta.resolution, tz) - _offset(day.starts - timedelta.resolution, tz)


def _passed(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)


def _steady_offset(midnight: datetime, tz: ZoneInfo) -> timedelta | None:
    offset = tz.utcoffset(midnight)
    return offset if offset == tz.utcoffset((midnight + ONE_DAY).replace(fold=1)) else None


def _changing(day: date, hours_on: Callable[[date], tuple[Opening, ...]], tz: ZoneInfo) -> Day:
    """Openings of the dates beside it count too: a clock that is put back at midnight shows the old date again."""
    pieces = _pieces(day, tz)
    starts, ends = _first_shown(day, pieces), _first_shown(day + ONE_DAY, pieces)
    found: list[Span] = []
    for opens, closes, offset in pieces:
        for date_shown in (day - ONE_DAY, day, day + ONE_DAY):
            midnight = datetime.combine(date_shown, MIDNIGHT, UTC) - offset
            for begin, end in map(since_midnight, hours_on(date_shown)):
                begins, until = max(midnight + begin, opens, starts), min(midnight + end, closes, ends)
                if begins < until:
                    found.append((begins, until))
    return Day(starts, ends, tuple(_joined(found)))


def _pieces(day: date, tz: ZoneInfo) -> list[tuple[datetime, datetime, timedelta]]:
    """From, until, offset: the time around a day, before the change of the clock and after it."""
    midnight = datetime.combine(day, MIDNIGHT, UTC)
    first, last = midnight - FARTHEST, midnight + ONE_DAY + FARTHEST
    before, after = _offset(first, tz), _offset(last, tz)
    if before == after:
        return [(first, last, before)]
    change = _change_between(first, last, tz)
    return [(first, change, before), (change, last, after)]


def _first_shown(day: date, pieces: list[tuple[datetime, datetime, timedelta]]) -> datetime:
    """When the wall first shows that date, or a later one where it is skipped."""
    midnight = datetime.combine(day, MIDNIGHT, UTC)
    _opens, change, offset = pieces[0]
    if midnight - offset < change:
        return midnight - offset
    return max(change, midnight - pieces[-1][2])


def _change_between(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """The second at which the zone changes its offset."""
    offset = _offset(before, tz)
    while after - before > ONE_SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _offset(middle, tz) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(at: datetime, tz: ZoneInfo) -> timedelta:
    offset = at.astimezone(tz).utcoffset()
    assert offset is not None
    return offset


def _joined(spans: list[Span]) -> Iterator[Span]:
    """In order, those that touch as one."""
    spans.sort()
    while spans:
        begins, ends = spans.pop(0)
        while spans and spans[0][0] <= ends:
            ends = max(ends, spans.pop(0)[1])
        yield begins, ends
