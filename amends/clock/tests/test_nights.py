"""A067: nobody is rung in their night."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.clock.nights import callable_between, first_callable

HOUR = timedelta(hours=1)
NEW_YORK, AUCKLAND = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")


@pytest.mark.parametrize(
    ("clock", "minutes", "may"),
    [
        ("07:59", 0, False),
        ("08:00", 0, True),
        ("20:00", 60, True),
        ("20:01", 60, False),
        ("21:00", 0, True),
        ("23:30", 60, False),
    ],
)
def test_a067_the_night_is_where_they_are(clock: str, minutes: int, may: bool) -> None:
    start = datetime.combine(datetime(2026, 3, 3), time.fromisoformat(clock), NEW_YORK)
    assert callable_between(start, start + timedelta(minutes=minutes), NEW_YORK) is may


def test_a067_a_call_to_new_york_waits_for_their_morning() -> None:
    nine_in_london = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert first_callable(nine_in_london, NEW_YORK, lambda _at: True) == datetime(2026, 3, 3, 13, 0, tzinfo=UTC)


def test_where_our_hours_and_their_days_never_meet_nothing_is_proposed() -> None:
    def open_at_noon(at: datetime) -> bool:
        return 12 <= at.hour < 13

    assert first_callable(datetime(2026, 3, 3, tzinfo=UTC), AUCKLAND, open_at_noon) is None


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"]),
)
def test_what_is_found_is_never_in_the_night(start: datetime, zone: str) -> None:
    there = ZoneInfo(zone)
    found = first_callable(start, there, lambda _at: True, window=HOUR)
    assert found is not None and found >= start and callable_between(found, found + HOUR, there)
