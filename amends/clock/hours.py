"""Opening hours as arithmetic (SL2, SL11; model C0.3). Pure, without Django; aware times in, UTC out.

What is open is told by the clock on the wall; see `days`. What is counted are the seconds that really pass.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from amends.clock.days import MIDNIGHT, ONE_DAY, Day, Opening, Span, around_changes, as_day, since_midnight

FIRST_YEAR, LAST_YEAR = 2, 9998
"""One year less at either end than Python has, so that no zone's offset leads out of them."""
ALIKE_AFTER = 2100
"""The tz database names no single change of a clock after this year: then its rules hold, by weekday."""
MOST_KEPT = 4000
"""Days in moments that one calendar keeps, ten years of them."""
ALMOST_NOTHING = timedelta.resolution
NOTHING = timedelta(0)

PublicDays = Callable[[int], Mapping[date, str]]
"""Year → the public holidays of it, with their names."""


class NeverOpen(ValueError):
    """There is no opening, or none any more; the message says what to do."""


class OutOfTime(ValueError):
    """The answer lies, or the question is, outside the years that are counted."""


@dataclass(frozen=True)
class Week:
    """The openings of each weekday, Monday is 0; a day that is not named is closed.

    Raises ValueError for a weekday outside 0 to 6, an opening that ends before it begins, and openings
    that overlap or touch (two that touch are one). An opening past midnight is written as two.
    """

    days: Mapping[int, tuple[Opening, ...]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for weekday, openings in self.days.items():
            if weekday not in range(7):
                raise ValueError(f"{weekday} is not a weekday: Monday is 0, Sunday is 6.")
            check_day(openings)

    @classmethod
    def always(cls) -> Week:
        """Day and night, seven days a week."""
        return cls(dict.fromkeys(range(7), ((MIDNIGHT, MIDNIGHT),)))

    @property
    def never(self) -> bool:
        """True when no day has an opening."""
        return not any(self.days.values())


@dataclass(frozen=True)
class Calendar:
    """A week in a place, less its holidays (local dates; a mapping has their names), less its public holidays.

    `own` are the openings of single dates: they take the place of whatever else would hold on that date.
    Every function raises OutOfTime outside the years 2 to 9998, and ValueError for a time without a zone.
    """

    week: Week
    tz: ZoneInfo
    holidays: Collection[date] = frozenset()
    own: Mapping[date, tuple[Opening, ...]] = field(default_factory=dict, hash=False)
    public: PublicDays | None = None
    _kept: dict[date, Day] = field(default_factory=dict, init=False, repr=False, compare=False)
    _years: dict[int | tuple[int, int], tuple[timedelta, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for openings in self.own.values():
            check_day(openings)

    @property
    def never(self) -> bool:
        """True when nothing is ever open: neither a weekday nor a single date."""
        return self.week.never and not any(self.own.values())

    def hours_on(self, day: date) -> tuple[Opening, ...]:
        """The openings of a local date, as the wall clock shows them."""
        own = self.own.get(day)
        if own is not None:
            return own
        if day in self.holidays or (self.public is not None and day in self.public(day.year)):
            return ()
        return self.week.days.get(day.weekday(), ())

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies in an opening; the closing minute itself is closed."""
        return self._opening_at(at) is not None

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when open, else the next opening. Raises NeverOpen."""
        return self.add_open(at, ALMOST_NOTHING) - ALMOST_NOTHING

    def closes_at(self, at: datetime) -> datetime:
        """The end of the opening that holds `at`; at most midnight. ValueError when closed."""
        opening = self._opening_at(at)
        if opening is None:
            raise ValueError("Nothing closes: it is closed at that time.")
        return opening[1]

    def add_open(self, start: datetime, amount: timedelta) -> datetime:
        """The first moment at which `amount` of open time has passed since `start`; so it may be a closing time.

        A negative amount looks back: the last moment from which so much passes until `start`. Nothing added
        gives `start` itself. Raises NeverOpen when there is not so much open time.
        """
        start = utc(start)
        if not amount:
            return start
        if self.never:
            raise NeverOpen("These hours are never open. Give at least one day an opening.")
        return self._after(start, amount) if amount > NOTHING else self._before(start, -amount)

    def open_between(self, a: datetime, b: datetime) -> timedelta:
        """Open time from `a` to `b`; negative when `b` is the earlier. Nothing when never open."""
        a, b = utc(a), utc(b)
        if b < a:
            return -self.open_between(b, a)
        total = NOTHING
        for day in self._days_but_whole_years(self.date_of(a), self.date_of(b)):
            if isinstance(day, int):
                total += self._year(day)[0]
            else:
                total += sum((max(NOTHING, min(ends, b) - max(begins, a)) for begins, ends in day.openings), NOTHING)
        return total

    def end_of_day(self, at: datetime) -> datetime:
        """What "today" means: the day's last closing, or midnight when that is past or the day is closed."""
        day = self.day(self.date_of(at))
        if day.openings and day.openings[-1][1] > utc(at):
            return day.openings[-1][1]
        return day.ends

    def end_of_next_working_day(self, at: datetime) -> datetime:
        """What "tomorrow" means: the next working day's last closing. Raises NeverOpen."""
        return self.end_of_working_day(at, 1)

    def end_of_working_day(self, at: datetime, number: int) -> datetime:
        """The last closing of the `number`-th working day after `at`. Raises NeverOpen."""
        day = self.date_of(at)
        for _day in range(number):
            day = self.date_of(self.next_open(self.day(day).ends))
        openings = self.day(day).openings
        return openings[-1][1] if openings else self.end_of_day(at)

    def is_working_day(self, day: date) -> bool:
        """Whether the place opens at all on that local date."""
        return bool(self.day(day).openings)

    def business_days(self, a: datetime, b: datetime, tz: ZoneInfo | None = None) -> int:
        """Working days in (local date of `a`, local date of `b`] (C0.3): the same day is 0.

        `tz` says whose local dates are meant, without it the calendar's own. Negative when `b` is earlier.
        """
        first, last = utc(a).astimezone(tz or self.tz).date(), utc(b).astimezone(tz or self.tz).date()
        if last < first:
            return -self.business_days(b, a, tz)
        days = self._days_but_whole_years(first + ONE_DAY, last)
        return sum(self._year(day)[1] if isinstance(day, int) else bool(day.openings) for day in days)

    def day(self, day: date) -> Day:
        """A local date in moments."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise OutOfTime(f"Open time is counted in the years {FIRST_YEAR} to {LAST_YEAR} only.")
        found = self._kept.get(day)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[day] = as_day(day, self.hours_on, self.tz)
        return found

    def date_of(self, at: datetime) -> date:
        """The local date; the new one as soon as the wall has shown it, even if the clock is then put back."""
        day = utc(at).astimezone(self.tz).date()
        return day + ONE_DAY if at >= self.day(day).ends else day

    def _opening_at(self, at: datetime) -> Span | None:
        openings = self.day(self.date_of(at)).openings
        return next((opening for opening in openings if opening[0] <= at < opening[1]), None)

    def _after(self, start: datetime, left: timedelta) -> datetime:
        day = self.date_of(start)
        while True:
            for begins, ends in self.day(day).openings:
                passes = ends - max(begins, start)
                if passes >= left:
                    return ends - passes + left
                left -= max(NOTHING, passes)
            day += ONE_DAY
            while day.timetuple().tm_yday == 1 and (passes := self._year_left(day.year)) < left:
                left -= passes
                day = day.replace(year=day.year + 1)

    def _before(self, start: datetime, left: timedelta) -> datetime:
        day = self.date_of(start)
        while True:
            for begins, ends in reversed(self.day(day).openings):
                passes = min(ends, start) - begins
                if passes >= left:
                    return begins + passes - left
                left -= max(NOTHING, passes)
            day -= ONE_DAY
            while (day.month, day.day) == (12, 31) and (passes := self._year_left(day.year, back=True)) < left:
                left -= passes
                day = day.replace(year=day.year - 1)

    def _year_left(self, year: int, *, back: bool = False) -> timedelta:
        """The open time of a whole year. Raises NeverOpen and OutOfTime where there can be no more."""
        if self.week.never:
            years = [day.year for day, openings in self.own.items() if openings]
            if year < min(years) if back else year > max(years):
                raise NeverOpen("These hours are not open so long. Give a weekday an opening, or more single days.")
        return self._year(year)[0]

    def _year(self, year: int) -> tuple[timedelta, int]:
        """Open time and working days of a whole year."""
        found = self._years.get(year)
        if found is None:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise OutOfTime(
                    f"That leads out of the years {FIRST_YEAR} to {LAST_YEAR}, in which open time is counted."
                )
            named = {*self._named.get(year, ()), *(self.public(year) if self.public is not None else ())}
            alike = year if named or year <= ALIKE_AFTER else _shape(year)
            if alike not in self._years:
                self._years[alike] = self._counted(year, named)
            found = self._years[year] = self._years[alike]
        return found

    def _counted(self, year: int, named: set[date]) -> tuple[timedelta, int]:
        """A year's weekdays, corrected for the dates on which it is otherwise."""
        first, days = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
        often = Counter((first.weekday() + n) % 7 for n in range(days - 364))
        total = sum((usual * (52 + often[day]) for day, usual in self._usual.items()), NOTHING)
        working = sum(52 + often[day] for day, usual in self._usual.items() if usual)
        for day in named | around_changes(year, self.tz):
            usual, real = self._usual[day.weekday()], _length(self.day(day).openings)
            total += real - usual
            working += bool(real) - bool(usual)
        return total, working

    @cached_property
    def _usual(self) -> dict[int, timedelta]:
        """Weekday → its open time, when the clock is not changed."""
        openings = {day: map(since_midnight, self.week.days.get(day, ())) for day in range(7)}
        return {day: sum((ends - begins for begins, ends in found), NOTHING) for day, found in openings.items()}

    @cached_property
    def _named(self) -> dict[int, list[date]]:
        """Year → the dates that are closed or have openings of their own."""
        years: dict[int, list[date]] = defaultdict(list)
        for day in (*self.holidays, *self.own):
            years[day.year].append(day)
        return years

    def _days_but_whole_years(self, first: date, last: date) -> Iterator[Day | int]:
        """All of `first` to `last`: days in moments, and years that lie wholly between these two as their number."""
        day = first
        while day <= last:
            if first < day and day.year < last.year and day.timetuple().tm_yday == 1:
                yield day.year
                day = day.replace(year=day.year + 1)
            else:
                yield self.day(day)
                day += ONE_DAY


def check_day(openings: Iterable[Opening]) -> None:
    """Raises ValueError when one day's openings are not in order, overlap or touch."""
    before = None
    for opens, closes in openings:
        if closes != MIDNIGHT and closes <= opens:
            raise ValueError(f"An opening from {opens:%H:%M} to {closes:%H:%M} ends before it begins.")
        if before is not None and (before == MIDNIGHT or opens <= before):
            raise ValueError(f"The opening at {opens:%H:%M} must begin after the one before it has ended.")
        before = closes


def utc(at: datetime) -> datetime:
    """The moment in UTC. ValueError without a zone, OutOfTime outside the years that are counted."""
    if at.tzinfo is None:
        raise ValueError("A time without a zone cannot be placed in opening hours.")
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise OutOfTime(f"Open time is counted in the years {FIRST_YEAR} to {LAST_YEAR} only.")
    return at.astimezone(UTC)


def _length(spans: Iterable[Span]) -> timedelta:
    return sum((ends - begins for begins, ends in spans), NOTHING)


def _shape(year: int) -> tuple[int, int]:
    """The weekdays of its first and its last day: they tell a year's days from the first to the last."""
    return date(year, 1, 1).weekday(), date(year, 12, 31).weekday()
