"""Durations of open time as ISO 8601 writes them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.clock.durations import read_duration, seconds_of


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("PT4H", timedelta(hours=4)),
        ("PT1H30M", timedelta(hours=1.5)),
        ("pt90m", timedelta(hours=1.5)),
        ("-PT90M", timedelta(hours=-1.5)),
        ("+PT4H", timedelta(hours=4)),
        ("PT0.5H", timedelta(minutes=30)),
        ("PT0,5H", timedelta(minutes=30)),
        ("PT0.000001S", timedelta(microseconds=1)),
        ("P1D", timedelta(hours=24)),
        ("P1W", timedelta(hours=168)),
        ("P1DT2H3M4S", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("PT0S", timedelta(0)),
        ("PT876600H", timedelta(hours=876_600)),
    ],
)
def test_a_duration_is_read_exactly(text: str, amount: timedelta) -> None:
    assert read_duration(text) == amount


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "4H", "PT4", "P4H", "PTH", "PT-4H", "P1DT", "PT4H ago", "PT４H", "--PT4H"]
)
def test_what_is_no_duration_is_told_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="Write one such as PT4H"):
        read_duration(text)


@pytest.mark.parametrize("text", ["P1Y", "P1M", "P1Y2DT3H"])
def test_a_year_or_a_month_has_no_length(text: str) -> None:
    with pytest.raises(ValueError, match="no fixed length"):
        read_duration(text)


def test_a_duration_longer_than_time_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than can be counted"):
        read_duration("P999999999999W")


@given(st.integers(0, 10**6), st.integers(0, 59), st.integers(0, 59), st.sampled_from(("", "-")))
def test_its_seconds_are_those_that_were_written(hours: int, minutes: int, seconds: int, sign: str) -> None:
    told = seconds_of(read_duration(f"{sign}PT{hours}H{minutes}M{seconds}S"))
    assert told == (-1 if sign else 1) * (hours * 3600 + minutes * 60 + seconds)
    assert isinstance(told, int)


def test_a_part_of_a_second_is_no_whole_number() -> None:
    assert seconds_of(timedelta(milliseconds=-1500)) == -1.5
