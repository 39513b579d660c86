from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.ui.moments import by_when, clock_time, day_name, distance, exact_time, words

NOW = datetime(2025, 11, 18, 14, 38, tzinfo=UTC)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (NOW + timedelta(minutes=22), "today 15:00"),
        (NOW - timedelta(hours=2), "today 12:38"),
        (NOW + timedelta(days=1), "tomorrow 14:38"),
        (NOW - timedelta(days=1), "yesterday 14:38"),
    ],
)
def test_within_a_sentence_a_near_day_has_no_capital(due: datetime, said: str) -> None:
    assert by_when(due, NOW, name_today=True, within=True) == said
    assert day_name(due.date(), NOW.date(), within=True) == said.partition(" ")[0]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (datetime(2025, 11, 18, 15, 0, tzinfo=UTC), "15:00"),
        (datetime(2025, 11, 18, 12, 0, tzinfo=UTC), "Today 12:00"),
        (datetime(2025, 11, 17, 17, 0, tzinfo=UTC), "Yesterday 17:00"),
        (datetime(2025, 11, 19, 10, 0, tzinfo=UTC), "Tomorrow 10:00"),
        (datetime(2025, 11, 20, 16, 0, tzinfo=UTC), "Thu 16:00"),
        (datetime(2025, 11, 24, 9, 5, tzinfo=UTC), "Mon 09:05"),
        (datetime(2025, 11, 25, 9, 5, tzinfo=UTC), "Tue 25 Nov 09:05"),
        (datetime(2025, 11, 12, 17, 0, tzinfo=UTC), "Wed 17:00"),
        (datetime(2025, 11, 11, 17, 0, tzinfo=UTC), "Tue 11 Nov 17:00"),
        (datetime(2026, 1, 8, 12, 0, tzinfo=UTC), "Thu 8 Jan 2026 12:00"),
    ],
)
def test_a_due_time_is_said_by_the_clock_first(due: datetime, said: str) -> None:
    assert by_when(due, NOW) == said


def test_tomorrow_is_not_said_twice() -> None:
    due = NOW + timedelta(hours=19, minutes=22)
    assert f"{by_when(due, NOW, beside_distance=True)}, {distance(due, NOW)}" == "Wed 10:00, tomorrow"


def test_the_next_step_names_today() -> None:
    assert by_when(NOW + timedelta(minutes=22), NOW, name_today=True) == "Today 15:00"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (timedelta(seconds=1), "in 1 min"),
        (timedelta(minutes=21, seconds=30), "in 22 min"),
        (timedelta(minutes=22), "in 22 min"),
        (timedelta(minutes=59, seconds=30), "in 1 h"),
        (timedelta(hours=1, minutes=5), "in 1 h 05"),
        (timedelta(hours=1, minutes=22), "in 1 h 22"),
        (timedelta(hours=11, minutes=30), "in 11 h 30"),
        (timedelta(hours=19, minutes=22), "tomorrow"),
        (timedelta(days=2, hours=1), "in 2 days"),
        (timedelta(days=13), "in 13 days"),
        (timedelta(days=14), "in 2 weeks"),
        (-timedelta(seconds=1), "1 min late"),
        (-timedelta(minutes=38), "38 min late"),
        (-timedelta(hours=2), "2 h late"),
        (-timedelta(hours=2, minutes=38), "2 h 38 min late"),
        (-timedelta(hours=21, minutes=38), "1 day late"),
        (-timedelta(days=5), "5 days late"),
    ],
)
def test_the_distance_is_said_as_one_would_say_it(due: timedelta, said: str) -> None:
    assert distance(NOW + due, NOW) == said


def test_a_step_just_after_midnight_is_counted_in_hours() -> None:
    late_evening = NOW.replace(hour=23, minute=30)
    assert distance(late_evening + timedelta(hours=1), late_evening) == "in 1 h"
    assert distance(late_evening, late_evening + timedelta(hours=1)) == "1 h late"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_late_is_said_exactly_when_the_hour_is_gone(due: datetime) -> None:
    assert ("late" in distance(due, NOW)) == (due < NOW)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 11, 18), "Today"),
        (date(2025, 11, 17), "Yesterday"),
        (date(2025, 11, 19), "Tomorrow"),
        (date(2025, 11, 9), "Sunday 9 November"),
        (date(2024, 11, 20), "Wednesday 20 November 2024"),
    ],
)
def test_a_day_is_named(day: date, said: str) -> None:
    assert day_name(day, NOW.date()) == said


def test_the_clock_has_twenty_four_hours() -> None:
    assert clock_time(NOW) == "14:38"
    assert exact_time(NOW) == "14:38:00"


def test_the_words_for_the_browser_keep_their_places() -> None:
    for form, sentence in words().items():
        assert ("%(minutes)s" in sentence) == ("min" in form.lower())
