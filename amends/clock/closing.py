"""Days that all end at one hour, for whoever has no calendar at hand. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WORKDAYS = range(5)
"""Monday to Friday; holidays are not known here."""


@dataclass(frozen=True)
class EveryDay:
    """Every day ends at `closing` in `tz`; people work from Monday to Friday. Aware times in, UTC out."""

    closing: time
    tz: ZoneInfo

    def end_of_day(self, at: datetime) -> datetime:
        """That local day's closing, or its midnight when that is past."""
        day = at.astimezone(self.tz).date()
        closing = self._at(day, self.closing)
        return closing if closing > at else self._at(day + timedelta(days=1), time(0))

    def end_of_working_day(self, at: datetime, number: int) -> datetime:
        """The closing of the `number`-th working day after `at`."""
        day = at.astimezone(self.tz).date()
        while number:
            day += timedelta(days=1)
            number -= self.is_working_day(day)
        return self._at(day, self.closing)

    def is_working_day(self, day: date) -> bool:
        """Whether it is none of a weekend."""
        return day.weekday() in WORKDAYS

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.tz).astimezone(UTC)
