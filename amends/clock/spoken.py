"""Times as people say them in English, and the moment they mean (model C0.3). Pure.

A time is said in pieces ("tomorrow", "between 10", "and 11"); pieces that stand together are one time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from amends.clock.hours import Calendar
from amends.clock.pieces import MONTHS, Piece, pieces

NOW = timedelta(minutes=30)
"""What "right away" may take (C0.3)."""
LATEST_HOUR = 7
"""The latest bare hour that may mean the evening: "at 7" may be 19:00, "at 9" is a morning."""
PARTS = {"morning": time(12), "afternoon": time(18), "evening": time(22), "night": time(23, 59)}
"""When a part of the day is over."""

_JOIN = re.compile(
    r"\s*(?:(?:,|\(|-|and|at|by|before|on|in|the|of|until|between|from|to|or|around|about|after"
    r"|latest)\s*){0,4}",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\b(?:by|before|until|till|til|from|since|after|as of|as from|every|each|last|on|at|around|about"
    r"|in|between"
    r"|the|no later than|latest|not) ){1,3}$",
    re.IGNORECASE,
)
_NO_DEADLINE = re.compile(
    r"\b(?:until|till|til|since|as of|as from|every|each|last|not before)\b"
    r"|^from\b(?!.*\b(?:to|and)\b|.*[-–])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SpokenTime:
    """One time as said: its place in the text, the moment it means, and the local day if one was named."""

    start: int
    end: int
    due: datetime
    day: date | None


@dataclass(frozen=True)
class Moment:
    """When and where words are said: `now` aware, `tz` the speaker's, `hours` the desk's.

    `day` is the day that the words before were about; an hour alone ("by noon") then means that day.
    """

    now: datetime
    tz: ZoneInfo
    hours: Calendar
    day: date | None = None

    @property
    def today(self) -> date:
        """The local date of now."""
        return self.now.astimezone(self.tz).date()

    def at(self, day: date, clock: time) -> datetime:
        """That local wall-clock time as UTC."""
        return datetime.combine(day, clock, self.tz).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The last closing of that day, or its midnight when the desk is closed then."""
        return self.hours.end_of_day(self.at(day, time(0)))

    def working_day(self, number: int) -> datetime:
        """The end of the `number`-th working day from today; plain days when the desk is never open."""
        if self.hours.week.never:
            return self.end_of(self.today + timedelta(days=number))
        return self.hours.end_of_working_day(self.now, number)


def spoken_times(text: str, moment: Moment) -> tuple[SpokenTime, ...]:
    """The times in a sentence that bind somebody: a day, an hour or a bounded span, still ahead.

    Left out: what is past, what only limits from the other side ("from", "until", "every"), and what is
    no time ("soon", "in a few days").
    """
    found = []
    for group in _groups(text):
        start, end = _with_lead(text, group[0].start), group[-1].end
        words = text[start:end]
        due = None if _NO_DEADLINE.search(words) else _due(group, words.lower(), moment)
        if due is not None and due > moment.now:
            day = due.astimezone(moment.tz).date() if any(piece.names_day for piece in group) else None
            found.append(SpokenTime(start, end, due, day))
    return tuple(found)


def _groups(text: str) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces(text):
        if group and not _joins(group, piece, text[group[-1].end : piece.start]):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _joins(group: list[Piece], piece: Piece, between: str) -> bool:
    """Two days with "and" between them are two times: "tomorrow at ten, and by Friday …"."""
    two_days = piece.names_day and any(one.names_day for one in group)
    return _JOIN.fullmatch(between) is not None and not (two_days and re.search(r"\b(?:and|or)\b", between))


def _with_lead(text: str, start: int) -> int:
    lead = _LEAD.search(text, max(0, start - 24), start)
    return lead.start() if lead else start


def _due(group: list[Piece], words: str, moment: Moment) -> datetime | None:
    spans = [piece for piece in group if piece.span or piece.working_days]
    if spans:
        return _after(spans[0], moment)
    if any(piece.at_once for piece in group):
        return moment.now + NOW
    if any(piece.week for piece in group):
        return _end_of_week(next(piece.week for piece in group if piece.week), moment)
    day = _day(group, moment)
    clock = _clock(group)
    if clock is not None and words.startswith("after "):
        day = day or moment.day or moment.today
    elif clock is not None:
        return _at_clock(day, clock, group, moment)
    if day is None:
        return moment.end_of(moment.today) if any(piece.closing for piece in group) else None
    if re.match(r"(?:by |at )?(?:the latest )?before\b", words):
        return moment.end_of(day - timedelta(days=1))
    return _end_of_day(day, group, moment)


def _after(piece: Piece, moment: Moment) -> datetime:
    if piece.working_days:
        return moment.working_day(piece.working_days)
    assert piece.span is not None
    if piece.span >= timedelta(days=1) and piece.whole_days:
        return moment.end_of(moment.today + piece.span)
    return moment.now + piece.span


def _end_of_week(which: str, moment: Moment) -> datetime | None:
    """The last working day of this or the next week, of this or the next month, or of a month by its name."""
    today = moment.today
    period, name = which.split(" ", 1)
    if name == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=period == "next")
        days = [monday + timedelta(days=n) for n in range(6, -1, -1)]
    else:
        ahead = int(period == "next") if name == "month" else (MONTHS.index(name[:3]) + 1 - today.month) % 12
        month = today.month + ahead
        last = date(today.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        days = [last - timedelta(days=n) for n in range(7)]
    working = [day for day in days if moment.hours.is_working_day(day) and day >= today]
    return moment.end_of(working[0] if working else days[0])


def _day(group: list[Piece], moment: Moment) -> date | None:
    """A date wins over a weekday ("Tuesday 4 June")."""
    for piece in group:
        if piece.date is not None:
            return piece.date(moment.today)
    for piece in group:
        if piece.ahead is not None:
            return moment.today + timedelta(days=piece.ahead)
    for piece in group:
        if piece.weekday is not None:
            distance = (piece.weekday - moment.today.weekday()) % 7
            return moment.today + timedelta(days=distance + 7 * piece.week_after(moment.today.weekday()))
    if any(piece.part for piece in group):
        return moment.day or moment.today
    return None


def _clock(group: list[Piece]) -> tuple[int, int, bool] | None:
    """Hour, minute and whether the half of the day is sure. Of a range the end counts."""
    said = [piece for piece in group if piece.clock is not None]
    if not said or said[-1].clock is None:
        return None
    hour, minute, sure = said[-1].clock
    part = next((piece.part for piece in group if piece.part), "")
    if not sure and part in ("afternoon", "evening", "night") and hour < 12:
        return hour + 12, minute, True
    if not sure and 1 <= hour <= 6 and part != "morning":
        return hour + 12, minute, True
    return hour, minute, sure or part == "morning"


def _at_clock(day: date | None, clock: tuple[int, int, bool], group: list[Piece], moment: Moment) -> datetime | None:
    hour, minute, sure = clock
    weekday = any(piece.weekday is not None and piece.date is None for piece in group)
    base = day or moment.day or moment.today
    due = _wall(base, hour, minute, moment)
    if due <= moment.now and not sure and hour <= LATEST_HOUR and day in (None, moment.today) and not weekday:
        due = _wall(base, hour + 12, minute, moment)
    if due > moment.now:
        return due
    if day is None:
        return _wall(moment.today + timedelta(days=1), hour, minute, moment)
    if weekday:
        return _wall(base + timedelta(days=7), hour, minute, moment)
    return None


def _wall(day: date, hour: int, minute: int, moment: Moment) -> datetime:
    return moment.at(day + timedelta(days=hour // 24), time(hour % 24, minute))


def _end_of_day(day: date, group: list[Piece], moment: Moment) -> datetime:
    part = next((piece.part for piece in group if piece.part), "")
    if part:
        over = moment.at(day, PARTS[part])
        closing = moment.end_of(day)
        return closing if part == "afternoon" and moment.at(day, time(13)) < closing < over else over
    if any(piece.ahead == 1 for piece in group):
        return moment.working_day(1)
    return moment.hours.end_of_day(moment.now) if day == moment.today else moment.end_of(day)
