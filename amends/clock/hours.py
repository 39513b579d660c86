"""Opening hours as arithmetic (SL2, SL11; model C0.3). Pure; aware times in, UTC out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

Opening = tuple[time, time]
"""Opens, closes: wall-clock times of one day. Closing at 00:00 means 24:00."""

MIDNIGHT = time(0)
ONE_DAY = timedelta(days=1)
LONGEST_CLOSURE = 800
"""Days without one opening after which hours count as never open: more than two years of holidays."""


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
            _check_day(openings)

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
    """A week in a place, less its holidays (local dates)."""

    week: Week
    tz: ZoneInfo
    holidays: frozenset[date] = frozenset()

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies in an opening; the closing minute itself is closed."""
        return self._opening_at(at) is not None

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when open, else the next opening. Raises ValueError when never open."""
        begins = next(self._openings_after(at))[0]
        return max(begins, _utc(at))

    def closes_at(self, at: datetime) -> datetime:
        """The end of the opening that holds `at`; at most midnight. ValueError when closed."""
        opening = self._opening_at(at)
        if opening is None:
            raise ValueError("Nothing closes: it is closed at that time.")
        return opening[1]

    def add_open(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which `amount` of open time has passed since `start`.

        Nothing added gives `start` itself. Raises ValueError for a negative amount or when never open.
        """
        if amount < timedelta(0):
            raise ValueError("Open time can only be added, not taken away.")
        if not amount:
            return _utc(start)
        for begins, ends in self._openings_after(start):
            begins = max(begins, _utc(start))
            if amount <= ends - begins:
                return begins + amount
            amount -= ends - begins
        raise AssertionError("openings go on for ever")

    def open_between(self, a: datetime, b: datetime) -> timedelta:
        """Open time from `a` to `b`; negative when `b` is the earlier. Nothing when never open."""
        a, b = _utc(a), _utc(b)
        if b < a:
            return -self.open_between(b, a)
        total = timedelta(0)
        for day in self._days(self._date(a), self._date(b)):
            for begins, ends in self._openings_on(day):
                total += max(timedelta(0), min(ends, b) - max(begins, a))
        return total

    def end_of_day(self, at: datetime) -> datetime:
        """What "today" means: the day's last closing, or midnight when that is past or the day is closed."""
        day = self._date(at)
        openings = self._openings_on(day)
        if openings and openings[-1][1] > _utc(at):
            return openings[-1][1]
        return _instant(day + ONE_DAY, MIDNIGHT, self.tz)

    def end_of_next_working_day(self, at: datetime) -> datetime:
        """What "tomorrow" means: the next working day's last closing. ValueError when never open."""
        return self.end_of_working_day(at, 1)

    def end_of_working_day(self, at: datetime, number: int) -> datetime:
        """The last closing of the `number`-th working day after `at`. ValueError when never open."""
        day = self._date(at)
        for _day in range(number):
            day = self._next_working(day)
        openings = self._openings_on(day)
        return openings[-1][1] if openings else self.end_of_day(at)

    def is_working_day(self, day: date) -> bool:
        """Whether the place opens at all on that local date."""
        return bool(self._openings_on(day))

    def business_days(self, a: datetime, b: datetime, tz: ZoneInfo | None = None) -> int:
        """Working days in (local date of `a`, local date of `b`] (C0.3): the same day is 0.

        `tz` says whose local dates are meant, without it the calendar's own. Negative when `b` is earlier.
        """
        first, last = _utc(a).astimezone(tz or self.tz).date(), _utc(b).astimezone(tz or self.tz).date()
        if last < first:
            return -self.business_days(b, a, tz)
        return sum(self.is_working_day(day) for day in self._days(first + ONE_DAY, last))

    def _opening_at(self, at: datetime) -> tuple[datetime, datetime] | None:
        openings = self._openings_on(self._date(at))
        return next((opening for opening in openings if opening[0] <= _utc(at) < opening[1]), None)

    def _openings_after(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every opening that ends after `at`, without end. Raises ValueError when there is none."""
        day = self._date(at)
        while True:
            yield from (opening for opening in self._openings_on(day) if opening[1] > _utc(at))
            day = self._next_working(day)

    def _next_working(self, day: date) -> date:
        if not self.week.never:
            for distance in range(1, LONGEST_CLOSURE):
                if self.is_working_day(day + timedelta(days=distance)):
                    return day + timedelta(days=distance)
        raise ValueError(_("These hours are never open. Give at least one day an opening."))

    def _openings_on(self, day: date) -> list[tuple[datetime, datetime]]:
        if day in self.holidays:
            return []
        openings = []
        for opens, closes in self.week.days.get(day.weekday(), ()):
            begins = _instant(day, opens, self.tz)
            until = day + ONE_DAY if closes == MIDNIGHT else day
            ends = _instant(until, closes, self.tz, last=closes != MIDNIGHT)
            if begins < ends:
                openings.append((begins, ends))
        return openings

    def _date(self, at: datetime) -> date:
        return _utc(at).astimezone(self.tz).date()

    @staticmethod
    def _days(first: date, last: date) -> Iterator[date]:
        return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _check_day(openings: tuple[Opening, ...]) -> None:
    before: time | None = None
    for opens, closes in openings:
        if closes not in (MIDNIGHT,) and closes <= opens:
            raise ValueError(
                _("An opening from %(opens)s to %(closes)s ends before it begins.")
                % {"opens": opens.strftime("%H:%M"), "closes": closes.strftime("%H:%M")}
            )
        if before is not None and (before == MIDNIGHT or opens <= before):
            raise ValueError(
                _("The opening at %(opens)s must begin after the one before it has ended.")
                % {"opens": opens.strftime("%H:%M")}
            )
        before = closes


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A time without a zone cannot be placed in opening hours.")
    return at.astimezone(UTC)


def _instant(day: date, at: time, tz: ZoneInfo, *, last: bool = False) -> datetime:
    """The moment a wall clock shows `at`: the first or, where the hour is repeated, the `last` time.

    A clock that skips `at` in spring shows the hour's end instead: that is the moment of the change.
    """
    early = datetime.combine(day, at, tz).astimezone(UTC)
    late = datetime.combine(day, at, tz).replace(fold=1).astimezone(UTC)
    if late < early:
        return _change_between(late, early, tz)
    return late if last else early


def _change_between(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """The second at which the zone changes its offset."""
    offset = before.astimezone(tz).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(tz).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
