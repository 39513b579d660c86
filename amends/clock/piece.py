"""What one piece of a time says ("tomorrow", "at 3", "the end of the week"), in no language. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from amends.clock.tongues.tongue import Part


@dataclass(frozen=True)
class Period:
    """A week, a weekend or a month, `ahead` of this one or by its number, and which point of it."""

    unit: Literal["week", "weekend", "month"]
    ahead: int = 0
    month: int = 0
    point: Literal["start", "middle", "end"] = "end"


@dataclass(frozen=True)
class Piece:
    """One piece and what it says; what it does not say is empty.

    `clock` is hour, minute and whether the half of the day is sure; `date` gives the date seen from a day;
    `beside` counts days from the one spoken of before ("the day after"); `next_one` is never today, with `week_after`
    it is one of the next week; `weeks_more` is added to a weekday that comes ("Monday week").
    """

    start: int
    end: int
    date: Callable[[date], date | None] | None = None
    ahead: int | None = None
    weekday: int | None = None
    next_one: bool = False
    week_after: bool = False
    weeks_more: int = 0
    part: Part = ""
    clock: tuple[int, int, bool] | None = None
    span: timedelta | None = None
    whole_days: bool = False
    working_days: int = 0
    months: int = 0
    at_once: bool = False
    same_hour: bool = False
    beside: int | None = None
    closing: bool = False
    period: Period | None = None

    @property
    def names_day(self) -> bool:
        """Whether it says which day."""
        return self.date is not None or self.ahead is not None or self.weekday is not None or bool(self.beside)

    @property
    def is_span(self) -> bool:
        """Whether it counts from now."""
        return self.span is not None or bool(self.working_days or self.months)
