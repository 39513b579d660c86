"""The drawing of a day: what was kept, what is late, what is still due."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from amends.clock.hours import Calendar, Week
from amends.desk.dayline import Due, Kept, draw, last_moment

LONDON = ZoneInfo("Europe/London")
OFFICE = Calendar(Week({day: ((time(9), time(17, 30)),) for day in range(5)}), LONDON)
TUESDAY = datetime(2026, 3, 3, tzinfo=UTC)
AFTERNOON = TUESDAY + timedelta(hours=14, minutes=38)


def due(hours: float, state: str = "open") -> Due:
    return Due(TUESDAY + timedelta(hours=hours), state, "#row-1", "Answer Marta")


def test_the_day_goes_from_the_first_hour_to_the_last() -> None:
    day = draw(OFFICE, [due(15, "soon")], [Kept(TUESDAY + timedelta(hours=10))], AFTERNOON)
    assert day.title == "Your day" and day.line == "1 kept so far"
    assert [tick.word for tick in day.hours] == ["9", "10", "11", "12", "13", "14", "15", "16", "17"]
    assert [mark.state for mark in day.marks] == ["kept", "soon"]
    assert day.now is not None and day.now.word == "14:38"
    assert day.label == "Your day from 09:00 to 17:30. Kept: 1. Late: 0. Still due: 1. It is 14:38."


def test_marks_stand_in_the_order_of_their_times() -> None:
    day = draw(OFFICE, [due(9.5), due(12), due(17)], [], AFTERNOON)
    places = [float(mark.x) for mark in day.marks]
    assert places == sorted(places) and len(set(places)) == 3


def test_yesterdays_debt_stands_at_the_beginning() -> None:
    day = draw(OFFICE, [due(-7, "late")], [], AFTERNOON)
    assert day.marks[0].x == "3.00" and day.marks[0].state == "late"


def test_what_is_due_in_the_evening_makes_the_day_longer() -> None:
    day = draw(OFFICE, [due(20)], [], TUESDAY + timedelta(hours=18))
    assert day.title == "Your day" and day.marks[0].x == "97.00"


def test_after_the_last_hour_the_next_working_day_is_drawn() -> None:
    friday_evening = TUESDAY + timedelta(days=3, hours=19)
    monday = Due(TUESDAY + timedelta(days=6, hours=10), "open", "", "Answer Marta")
    assert last_moment(OFFICE, friday_evening) == TUESDAY + timedelta(days=7)
    day = draw(OFFICE, [monday], [Kept(TUESDAY + timedelta(days=3, hours=12))], friday_evening)
    assert day.title == "Monday 9 March" and day.line == "1 due"
    assert day.now is None and len(day.marks) == 1


def test_what_was_done_late_is_told_as_late() -> None:
    done = [Kept(TUESDAY + timedelta(hours=10)), Kept(TUESDAY + timedelta(hours=11), late=True)]
    day = draw(OFFICE, [], done, AFTERNOON)
    assert day.line == "2 done, 1 of them late"
    assert [mark.state for mark in day.marks] == ["kept", "late"]


def test_somebody_without_any_hours_has_a_plain_day() -> None:
    day = draw(Calendar(Week({}), LONDON), [due(15)], [], AFTERNOON)
    assert day.hours[0].word == "9" and day.now is not None


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Tokyo", "America/St_Johns"])
@given(
    moments=st.lists(st.integers(-10_000, 10_000), max_size=8),
    at=st.integers(0, 60 * 24 * 20),
    opens=st.integers(0, 22),
)
def test_every_mark_stands_on_the_line(zone: str, moments: list[int], at: int, opens: int) -> None:
    calendar = Calendar(Week({day: ((time(opens), time(opens + 1)),) for day in range(6)}), ZoneInfo(zone))
    now = TUESDAY + timedelta(minutes=at)
    with timezone.override(zone):
        day = draw(calendar, [Due(now + timedelta(minutes=m), "open", "", "x") for m in moments], [], now)
    for x in [*(mark.x for mark in day.marks), *(tick.x for tick in day.hours)]:
        assert 3 <= float(x) <= 97
