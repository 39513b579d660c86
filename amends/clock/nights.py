"""When somebody may be rung: never in their night, wherever they are (A067). Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

FROM, UNTIL = time(8), time(21)
"""The hours of a day, where they are, in which a call wakes nobody."""
QUARTER = timedelta(minutes=15)
DAYS = 8


def callable_between(start: datetime, end: datetime, zone: ZoneInfo) -> bool:
    """Whether all of the time from `start` to `end` lies in one day of somebody in `zone`, and outside their night."""
    here, there = start.astimezone(zone), end.astimezone(zone)
    return here.date() == there.date() and here.time() >= FROM and there.time() <= UNTIL


def first_callable(
    start: datetime, zone: ZoneInfo, is_open: Callable[[datetime], bool], *, window: timedelta = timedelta()
) -> datetime | None:
    """The first moment from `start` on, in steps of a quarter of an hour, at which we are open and they may be rung.

    `window` is how long the call may take to come. None when our hours and their days do not meet within eight days.
    """
    moment = start
    while moment < start + timedelta(days=DAYS):
        if is_open(moment) and callable_between(moment, moment + window, zone):
            return moment
        moment += QUARTER
    return None
