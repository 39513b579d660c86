"""Times as people say them, and the moment they mean (model C0.3). Pure.

A time is said in pieces ("tomorrow", "between 10", "and 11"); pieces that stand together are one time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from amends.clock.months import months_on
from amends.clock.piece import Period, Piece
from amends.clock.pieces import pieces
from amends.clock.tongues import Times
from amends.clock.tongues.tongue import Part

NOW = timedelta(minutes=30)
"""What "right away" may take (C0.3)."""
LATEST_HOUR = 7
"""The latest bare hour that may mean the evening: "at 7" may be 19:00, "at 9" is a morning."""
PARTS = {"morning": time(12), "afternoon": time(18), "evening": time(22), "night": time(23, 59)}
"""When a part of the day is over."""
NIGHT_ENDS = 6
"""The hour at which a night is over."""
LEAD = 32
"""Characters before a time in which the words that limit it are sought."""
WEDNESDAY = 2
MIDDLE_OF_MONTH = 15
MONTHS_AHEAD = 9
"""A month that is named and further away is the one that has been."""


class Hours(Protocol):
    """When days end: a desk's calendar, or one closing time for all days."""

    def end_of_day(self, at: datetime) -> datetime:
        """The last closing of that local day, or midnight when that is past or it is closed."""
        ...

    def end_of_working_day(self, at: datetime, number: int) -> datetime:
        """The last closing of the `number`-th working day after `at`. ValueError when there is none."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that local date."""
        ...


@dataclass(frozen=True)
class Moment:
    """When and where words are said: `now` aware, `tz` the clocks that they mean, `hours` say when days end.

    `day` is the day that the words before were about; an hour alone ("by noon") then means that day. `named` is the
    day that was said last, whoever does something then: "that day" means it.
    `plain_days`: "tomorrow" is the next day even when nobody works then; else it is the next working day (C0.3).
    `month_first`: 3/4 is the fourth of March.
    """

    now: datetime
    tz: ZoneInfo
    hours: Hours
    day: date | None = None
    named: date | None = None
    plain_days: bool = False
    month_first: bool = False

    @property
    def today(self) -> date:
        """The local date of now."""
        return self.now.astimezone(self.tz).date()

    def at(self, day: date, clock: time) -> datetime:
        """That local wall-clock time as UTC."""
        return datetime.combine(day, clock, self.tz).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The last closing of that day, or its midnight when the desk is closed then; of today, what is ahead."""
        return self.hours.end_of_day(self.now if day == self.today else self.at(day, time(0)))

    def working_day(self, number: int) -> datetime:
        """The end of the `number`-th working day from today; plain days when nobody ever works."""
        try:
            return self.hours.end_of_working_day(self.now, number)
        except ValueError:
            return self.end_of(self.today + timedelta(days=number))


@dataclass(frozen=True)
class SpokenTime:
    """One time as said: its place, the moment it means, and the local day if one was named.

    `due` is None when it binds nobody: it is past, or limits from the other side ("until", "every"). A time
    `since` which something holds ("from Monday") binds only who changes something. `whole_day` names no hour, `only_hour`
    neither a day nor a span.
    """

    start: int
    end: int
    due: datetime | None
    day: date | None
    since: bool = False
    whole_day: bool = False
    named: date | None = None
    only_hour: bool = False


def spoken_times(text: str, moment: Moment, times: Times) -> tuple[SpokenTime, ...]:
    """The times in a sentence in order. What is no time ("soon", "in a few days") is left out."""
    found: list[SpokenTime] = []
    last_weekday: date | None = None
    groups = list(_groups(text, moment, times))
    for number, group in enumerate(groups):
        day_follows = number + 1 < len(groups) and _is_hour_of(group, groups[number + 1], text)
        day = _spoken(groups[number + 1], text, moment, times).day if day_follows else None
        one = _spoken(group, text, replace(moment, day=day or moment.day), times)
        if number and _is_hour_of(groups[number - 1], group, text) and found[-1].due is not None:
            one = replace(one, due=found[-1].due, whole_day=False)
        if last_weekday and one.day and one.due and one.day < last_weekday and _only_weekday(group):
            one = replace(one, day=one.day + _WEEK, due=_week_later(one.due, moment.tz))
        last_weekday = one.day if one.day and _only_weekday(group) else last_weekday
        moment = replace(moment, day=one.day or moment.day, named=one.named or moment.named)
        found.append(one)
    return tuple(found)


def _only_weekday(group: list[Piece]) -> bool:
    """Of two weekdays of a sentence the second comes later: "start on Monday and are done by Wednesday"."""
    return any(piece.weekday is not None for piece in group) and not any(piece.date or piece.period for piece in group)


_WEEK = timedelta(weeks=1)


def _week_later(due: datetime, tz: ZoneInfo) -> datetime:
    return (due.astimezone(tz) + _WEEK).astimezone(UTC)


def _spoken(group: list[Piece], text: str, moment: Moment, times: Times) -> SpokenTime:
    start, end = _with_lead(text, group[0].start, times), group[-1].end
    tail = times.tail.match(text, end)
    end = tail.end() if tail else end
    words = text[start:end]
    open_end = times.no_deadline.search(words) or (group[-1].is_span and times.from_event.match(text, end))
    due = None if open_end else _due(group, words, moment, times)
    if due is not None and due <= moment.now:
        due = None
    named = any(piece.names_day for piece in group)
    day = due.astimezone(moment.tz).date() if due is not None and named else None
    since = times.since.search(words) is not None
    whole_day = named and not any(one.clock for one in group)
    spoken_of = _day(group, words, moment, times) if named and times.until.match(words) else day
    only_hour = not named and any(one.clock or one.closing for one in group) and not any(one.is_span for one in group)
    return SpokenTime(start, end, due, day, since, whole_day, spoken_of, only_hour)


def _is_hour_of(group: list[Piece], after: list[Piece], text: str) -> bool:
    """Whether this hour is one of the day named after the verb: "Um acht ist der Fahrer morgen bei Ihnen"."""
    hour = any(piece.clock for piece in group) and not any(piece.names_day for piece in group)
    day = any(piece.names_day for piece in after) and not any(piece.clock or piece.is_span for piece in after)
    between = text[group[-1].end : after[0].start]
    if group[0].start <= LONGEST_OPENING:
        between = between.lstrip(", ")
    return hour and day and len(between) <= MOST_BETWEEN and _ANOTHER_CLAUSE.search(between) is None


LONGEST_OPENING = 12
"""Characters before an hour that opens its sentence: "À 9 h, le plombier passera vendredi"."""
MOST_BETWEEN = 60
"""Characters that may stand between an hour and its day."""
_ANOTHER_CLAUSE = re.compile(r"[,;:()]|\b(?:and|but|or|und|aber|oder|et|mais|ou)\b", re.IGNORECASE)


def _groups(text: str, moment: Moment, times: Times) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces(text, times, month_first=moment.month_first):
        if group and not _joins(group, piece, text, times):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _joins(group: list[Piece], piece: Piece, text: str, times: Times) -> bool:
    """Two days with "and" between them are two times: "tomorrow at ten, and by Friday …"."""
    between = text[group[-1].end : piece.start]
    if times.join.fullmatch(between) is None or (piece.is_span and group):
        return False
    if "," in between and (
        (piece.weekday is not None and group[-1].weekday is not None)
        or times.no_deadline.search(text[group[0].start : group[-1].end])
    ):
        return False
    two_days = piece.names_day and any(one.names_day for one in group)
    if not two_days or not times.two_times.search(between):
        return True
    begins = group[0].start
    return times.or_later.search(text[max(0, begins - 10) : begins]) is not None


def _with_lead(text: str, start: int, times: Times) -> int:
    lead = times.lead.search(text, max(0, start - LEAD), start)
    return lead.start() if lead else start


def _due(group: list[Piece], words: str, moment: Moment, times: Times) -> datetime | None:
    if not (moment.named or moment.day) and any(piece.beside for piece in group):
        return None  # "the next day", and nobody has said which
    day, clock = _day(group, words, moment, times), _clock(group, times)
    if clock is None and any(piece.same_hour for piece in group):
        here = moment.now.astimezone(moment.tz)
        clock = (here.hour, here.minute, True)
    span = next((piece for piece in group if piece.is_span), None)
    if span is not None and not (clock and span.whole_days) and not any(piece.date for piece in group):
        return _after(span, moment)
    if day is None and clock is None and any(piece.at_once for piece in group):
        return moment.now + NOW
    period = next((piece.period for piece in group if piece.period), None)
    if period is not None and day is None:
        return _end_of_period(period, moment)
    if any(piece.clock for piece in group) and _begins_then(group, words, times):
        day = day or moment.day or moment.today
    elif clock is not None:
        return _at_clock(day, clock, group, moment)
    if day is None:
        return moment.end_of(moment.day or moment.today) if any(piece.closing for piece in group) else None
    if not _names_day(group) and day == moment.today and _end_of_day(day, group, moment) <= moment.now:
        day += timedelta(days=1)  # "first thing in the morning", said in the afternoon
    whole = not any(piece.part or piece.closing for piece in group)
    if whole and times.before.match(words):
        return moment.end_of(day - timedelta(days=1))
    return _end_of_day(day, group, moment)


def _names_day(group: list[Piece]) -> bool:
    return any(piece.names_day or piece.beside is not None for piece in group)


def _begins_then(group: list[Piece], words: str, times: Times) -> bool:
    """Whether the hour only begins it: "after 3", "ab 14 Uhr"."""
    hours = [piece for piece in group if piece.clock is not None]
    at = len(words) - (group[-1].end - hours[-1].start)
    if len(hours) > 1 or times.or_later.search(words, max(0, at - 16)):
        return False
    return times.after.search(words[max(0, at - 16) : at]) is not None or times.after.match(words, at) is not None


def _after(piece: Piece, moment: Moment) -> datetime:
    if piece.working_days:
        return moment.working_day(piece.working_days)
    if piece.months:
        return moment.end_of(months_on(moment.today, piece.months))
    assert piece.span is not None
    if piece.span >= timedelta(days=1) and piece.whole_days:
        return moment.end_of(moment.today + piece.span)
    return moment.now + piece.span


def _end_of_period(period: Period, moment: Moment) -> datetime | None:
    """Of a week its last working day, of a weekend Sunday, of a month its last (working) day; or the middle."""
    today = moment.today
    if period.unit == "month":
        ahead = (period.month - today.month) % 12 if period.month else period.ahead
        if ahead > MONTHS_AHEAD:
            return None
        first = months_on(today.replace(day=1), ahead)
        days = [months_on(first, 1) - timedelta(days=n) for n in range(1, 8)]
        if period.point == "start":
            return None
        if period.point == "middle":
            return moment.end_of(first.replace(day=MIDDLE_OF_MONTH))
        if moment.plain_days:
            return moment.end_of(days[0])
    else:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=period.ahead)
        if period.unit == "weekend":
            return moment.end_of(monday + timedelta(days=6))
        if period.point != "end":
            return moment.end_of(monday + timedelta(days=WEDNESDAY if period.point == "middle" else 0))
        days = [monday + timedelta(days=n) for n in range(6, -1, -1)]
    working = [day for day in days if moment.hours.is_working_day(day) and day >= today]
    return moment.end_of(working[0] if working else days[0])


def _day(group: list[Piece], words: str, moment: Moment, times: Times) -> date | None:
    """The day that was named; of two ("Monday or Tuesday") the later, but a date wins over its weekday."""
    dates = [piece for piece in group if piece.date is not None]
    relative = [piece for piece in group if piece.ahead is not None]
    weekdays = [piece for piece in group if piece.weekday is not None]
    either = times.or_later.search(words) is not None
    days = [piece for piece in group if piece.ahead is not None or piece.weekday is not None]
    named = dates or (days if either else relative or weekdays)
    later = either and len(named) > 1
    if named:
        week = next((piece.period for piece in group if piece.period and piece.period.unit == "week"), None)
        timed = any(piece.clock for piece in group)
        first = _that_day(named[0], moment, week, timed=timed)
        last = _that_day(named[-1], moment, week, timed=timed) if later else None
        return first if last is None or first is None else last if last >= first else last + timedelta(weeks=1)
    span = next((piece.span for piece in group if piece.span and piece.whole_days), None)
    if span is not None:
        return moment.today + span
    weeks = next((piece.period.ahead for piece in group if piece.period and piece.period.unit == "week"), 0)
    if weeks and any(piece.same_hour for piece in group):
        return moment.today + timedelta(weeks=weeks)
    beside = next((piece.beside for piece in group if piece.beside is not None), None)
    if beside is not None:
        return (moment.named or moment.day or moment.today) + timedelta(days=beside)
    return moment.day or moment.today if any(piece.part for piece in group) else None


def _that_day(piece: Piece, moment: Moment, week: Period | None, *, timed: bool) -> date | None:
    """Today's own weekday means today only with an hour that is `timed`; without one people say "today"."""
    today = moment.today
    if piece.date is not None:
        return piece.date(today)
    if piece.ahead is not None:
        return today + timedelta(days=piece.ahead)
    assert piece.weekday is not None
    if week is not None and week.ahead:
        return today - timedelta(days=today.weekday()) + timedelta(days=piece.weekday, weeks=week.ahead)
    distance = (piece.weekday - today.weekday()) % 7
    if (piece.week_after and piece.weekday >= today.weekday()) or (
        distance == 0 and (piece.next_one or not (timed or piece.weeks_more))
    ):
        distance += 7
    return today + timedelta(days=distance + 7 * piece.weeks_more)


def _clock(group: list[Piece], times: Times) -> tuple[int, int, bool] | None:
    """Hour, minute and whether the half of the day is sure. Of a range the end counts."""
    said = [piece for piece in group if piece.clock is not None]
    if not said or said[-1].clock is None:
        return None
    hour, minute, sure = said[-1].clock
    part: Part = next((piece.part for piece in group if piece.part), "")
    if not sure and part in ("afternoon", "evening", "night") and hour < 12 and not _small_hours(part, hour):
        return hour + 12, minute, True
    if not sure and 1 <= hour <= 6 - times.by_24_hours and part not in ("morning", "night"):
        return hour + 12, minute, True
    return hour, minute, sure or part == "morning"


def _small_hours(part: Part, hour: int) -> bool:
    """Whether this is the end of a night, on the date after the one that is named ("tonight at 2")."""
    return part == "night" and 0 < hour < NIGHT_ENDS


def _at_clock(day: date | None, clock: tuple[int, int, bool], group: list[Piece], moment: Moment) -> datetime | None:
    hour, minute, sure = clock
    weekday = any(piece.weekday is not None and piece.date is None for piece in group)
    base = day or moment.day or moment.today
    part: Part = next((piece.part for piece in group if piece.part), "")
    if _small_hours(part, hour) and (base != moment.today or moment.now.astimezone(moment.tz).hour >= NIGHT_ENDS):
        hour += 24
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
    if any(piece.ahead == 1 for piece in group) and not moment.plain_days:
        return moment.working_day(1)
    return moment.end_of(day)
