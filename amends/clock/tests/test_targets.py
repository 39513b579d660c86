"""Which target holds, and when it is due (SL1, SL3, A114)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.clock.hours import Calendar, Week
from amends.clock.models import Target
from amends.clock.targets import Aim, Matter, Targets, counted_anew, house, reckon

LONDON = ZoneInfo("Europe/London")
OFFICE = Calendar(Week({day: ((time(9), time(17, 30)),) for day in range(5)}), LONDON)
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 3, 6, 17, 25, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("email", 240),
        ("form", 240),
        ("chat", 1),
        ("messaging", 10),
        ("social", 60),
        ("review", 1440),
        ("voicemail", 120),
    ],
)
def test_the_house_aims_as_the_service_model_says_sl1(channel: str, minutes: int) -> None:
    assert (house(channel).first_reply, house(channel).next_reply) == (minutes, minutes)
    assert house(channel).made_right is None


def test_a_severity_without_a_target_of_its_own_takes_the_one_of_any_sl1() -> None:
    any_one = Target(brand_id=1, channel="email", first_reply=120)
    grave = Target(brand_id=1, channel="email", severity=5, first_reply=30)
    found = Targets([any_one, grave])
    assert found.of(1, "email", 5).first_reply == 30
    assert found.of(1, "email", 3).first_reply == 120
    assert found.of(2, "email", 5).first_reply == 240
    assert found.of(1, "chat", 5).first_reply == 1


@pytest.mark.parametrize("aim", ["first_reply", "next_reply", "made_right"])
def test_a_cosmetic_flaw_has_the_same_clocks_a114(aim: Aim) -> None:
    target = Targets([Target(brand_id=1, channel="email", made_right=600)])
    dues = [reckon(target.of(1, "email", one), aim, OFFICE, MONDAY, Matter(one)) for one in (1, 2, 3, 4)]
    assert len({one.due for one in dues if one is not None}) == 1


def test_open_hours_and_the_customers_clock_count_differently_sl1() -> None:
    target = Target(channel="email")
    opened = reckon(target, "first_reply", OFFICE, FRIDAY_EVENING, Matter())
    assert opened is not None and opened.due == datetime(2026, 3, 9, 12, 55, tzinfo=UTC)
    target.clock = Target.Clock.CUSTOMER
    lived = reckon(target, "first_reply", OFFICE, FRIDAY_EVENING, Matter())
    assert lived is not None and lived.due == FRIDAY_EVENING + timedelta(hours=4)


def test_an_occasion_within_72_hours_halves_the_clocks_c32() -> None:
    near = reckon(house("email"), "first_reply", OFFICE, MONDAY, Matter(3, MONDAY + timedelta(hours=72)))
    far = reckon(house("email"), "first_reply", OFFICE, MONDAY, Matter(3, MONDAY + timedelta(hours=73)))
    over = reckon(house("email"), "first_reply", OFFICE, MONDAY, Matter(3, MONDAY - timedelta(hours=1)))
    assert near is not None and near.halved and near.due == MONDAY + timedelta(hours=2)
    assert far is not None and not far.halved and far.due == MONDAY + timedelta(hours=4)
    assert over is not None and not over.halved


def test_nothing_is_due_after_the_occasion_it_is_for() -> None:
    wedding = FRIDAY_EVENING + timedelta(hours=20)
    found = reckon(house("email"), "first_reply", OFFICE, FRIDAY_EVENING, Matter(3, wedding))
    assert found is not None and found.due == wedding and found.capped


def test_an_occasion_within_half_an_hour_leaves_the_time_as_it_is() -> None:
    found = reckon(house("email"), "first_reply", OFFICE, MONDAY, Matter(3, MONDAY + timedelta(minutes=30)))
    assert found is not None and found.due == MONDAY + timedelta(hours=2) and not found.capped


def test_the_house_is_due_at_a_minute_that_a_clock_shows_sl3() -> None:
    found = reckon(house("email"), "first_reply", OFFICE, MONDAY + timedelta(seconds=37.5), Matter())
    assert found is not None and found.due == MONDAY + timedelta(hours=4)


def test_a_holiday_counts_no_minute_sl1() -> None:
    closed = Calendar(OFFICE.week, LONDON, frozenset({date(2026, 3, 9)}))
    found = reckon(house("email"), "first_reply", closed, FRIDAY_EVENING, Matter())
    assert found is not None and found.due == datetime(2026, 3, 10, 12, 55, tzinfo=UTC)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_what_the_customer_was_told_is_never_made_later_by_itself_sl3(
    before: datetime, after: datetime, now: datetime
) -> None:
    assert counted_anew(before, after, now, told=True) <= before


@given(MOMENTS, MOMENTS, MOMENTS, st.booleans())
def test_counting_anew_breaks_no_promise_that_was_not_late_already_sl3(
    before: datetime, after: datetime, now: datetime, told: bool
) -> None:
    found = counted_anew(before, after, now, told=told)
    assert found > now or found == before
