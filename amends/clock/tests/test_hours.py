"""Opening hours: a table of cases, then properties (SL2, SL11; model C0.3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.clock.hours import Calendar, Opening, Week
from tests.effort import examples

BERLIN = ZoneInfo("Europe/Berlin")
LUNCH: tuple[Opening, ...] = ((time(9), time(12)), (time(13), time(17, 30)))
SHOP = Calendar(Week(dict.fromkeys(range(5), LUNCH)), BERLIN, frozenset({date(2026, 5, 1)}))
ALWAYS = Calendar(Week.always(), BERLIN)
NIGHTS = Calendar(Week({day: ((time(0), time(5)), (time(22), time(0))) for day in range(7)}), BERLIN)
NEVER = Calendar(Week(), BERLIN)


def at(words: str) -> datetime:
    """A Berlin wall-clock time, such as "2026-03-06 09:00", as UTC."""
    return datetime.fromisoformat(words).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("words", "is_open"),
    [
        ("2026-03-06 08:59", False),
        ("2026-03-06 09:00", True),
        ("2026-03-06 12:00", False),
        ("2026-03-06 12:59", False),
        ("2026-03-06 17:29", True),
        ("2026-03-06 17:30", False),
        ("2026-03-07 10:00", False),
        ("2026-05-01 10:00", False),
    ],
)
def test_open_means_inside_an_opening_on_a_working_day(words: str, is_open: bool) -> None:
    assert SHOP.is_open(at(words)) is is_open


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-03-06 09:00", timedelta(hours=2), "2026-03-06 11:00"),
        ("2026-03-06 11:30", timedelta(hours=1), "2026-03-06 13:30"),
        ("2026-03-06 11:00", timedelta(hours=1), "2026-03-06 12:00"),
        ("2026-03-06 17:00", timedelta(hours=1), "2026-03-09 09:30"),
        ("2026-03-07 03:00", timedelta(minutes=5), "2026-03-09 09:05"),
        ("2026-04-30 17:00", timedelta(hours=1), "2026-05-04 09:30"),
        ("2026-03-07 03:00", timedelta(0), "2026-03-07 03:00"),
        ("2026-03-02 09:00", timedelta(hours=37.5), "2026-03-06 17:30"),
    ],
)
def test_open_time_skips_lunch_nights_weekends_and_holidays(start: str, amount: timedelta, end: str) -> None:
    assert SHOP.add_open(at(start), amount) == at(end)


@pytest.mark.parametrize(
    ("a", "b", "passed"),
    [
        ("2026-03-06 08:00", "2026-03-06 10:00", timedelta(hours=1)),
        ("2026-03-06 11:00", "2026-03-06 14:00", timedelta(hours=2)),
        ("2026-03-06 17:00", "2026-03-09 10:00", timedelta(hours=1.5)),
        ("2026-04-30 17:00", "2026-05-04 09:00", timedelta(minutes=30)),
        ("2026-03-06 14:00", "2026-03-06 11:00", timedelta(hours=-2)),
    ],
)
def test_open_time_between_two_moments(a: str, b: str, passed: timedelta) -> None:
    assert SHOP.open_between(at(a), at(b)) == passed


def test_a_day_of_the_spring_change_has_23_hours_and_of_the_autumn_change_25() -> None:
    assert ALWAYS.open_between(at("2026-03-29"), at("2026-03-30")) == timedelta(hours=23)
    assert ALWAYS.open_between(at("2026-10-25"), at("2026-10-26")) == timedelta(hours=25)


def test_an_opening_inside_the_skipped_hour_does_not_happen() -> None:
    skipped = Calendar(Week({6: ((time(2, 15), time(2, 45)),)}), BERLIN)
    assert skipped.open_between(at("2026-03-29"), at("2026-03-30")) == timedelta(0)
    assert not skipped.is_working_day(date(2026, 3, 29))


def test_an_opening_into_the_skipped_hour_ends_with_the_change() -> None:
    early = Calendar(Week({6: ((time(1), time(2, 30)),)}), BERLIN)
    assert early.closes_at(at("2026-03-29 01:30")) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_opening_stays_open_through_the_repeated_hour() -> None:
    early = Calendar(Week({6: ((time(1), time(2, 30)),)}), BERLIN)
    assert early.open_between(at("2026-10-25"), at("2026-10-26")) == timedelta(hours=2.5)


def test_an_opening_until_midnight_counts_to_the_last_minute() -> None:
    assert NIGHTS.is_open(at("2026-03-06 23:59"))
    assert NIGHTS.closes_at(at("2026-03-06 23:00")) == at("2026-03-07 00:00")
    assert NIGHTS.add_open(at("2026-03-06 21:00"), timedelta(hours=7)) == at("2026-03-07 05:00")


def test_the_next_opening_is_now_when_open_else_the_coming_one() -> None:
    assert SHOP.next_open(at("2026-03-06 10:00")) == at("2026-03-06 10:00")
    assert SHOP.next_open(at("2026-03-06 12:10")) == at("2026-03-06 13:00")
    assert SHOP.next_open(at("2026-03-06 18:00")) == at("2026-03-09 09:00")


def test_closing_is_the_end_of_the_opening_one_stands_in() -> None:
    assert SHOP.closes_at(at("2026-03-06 10:00")) == at("2026-03-06 12:00")
    with pytest.raises(ValueError, match="closed at that time"):
        SHOP.closes_at(at("2026-03-06 12:30"))


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("2026-03-06 10:00", "2026-03-06 17:30"),
        ("2026-03-06 18:00", "2026-03-07 00:00"),
        ("2026-03-07 10:00", "2026-03-08 00:00"),
    ],
)
def test_today_ends_with_the_last_closing_or_at_midnight(said: str, end: str) -> None:
    assert SHOP.end_of_day(at(said)) == at(end)


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("2026-03-05 10:00", "2026-03-06 17:30"),
        ("2026-03-06 10:00", "2026-03-09 17:30"),
        ("2026-04-30 23:50", "2026-05-04 17:30"),
    ],
)
def test_tomorrow_is_the_end_of_the_next_working_day(said: str, end: str) -> None:
    assert SHOP.end_of_next_working_day(at(said)) == at(end)


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("2026-03-04 09:00", "2026-03-04 23:00", 0),
        ("2026-03-04 23:00", "2026-03-06 01:00", 2),
        ("2026-03-06 09:00", "2026-03-09 09:00", 1),
        ("2026-03-07 09:00", "2026-03-08 09:00", 0),
        ("2026-04-30 09:00", "2026-05-04 09:00", 1),
        ("2026-03-09 09:00", "2026-03-06 09:00", -1),
    ],
)
def test_business_days_count_working_dates_after_the_first(a: str, b: str, days: int) -> None:
    assert SHOP.business_days(at(a), at(b)) == days


def test_business_days_can_be_counted_by_the_customers_dates() -> None:
    placed, arrived = at("2026-03-05 02:00"), at("2026-03-06 12:00")
    assert SHOP.business_days(placed, arrived) == 1
    assert SHOP.business_days(placed, arrived, ZoneInfo("America/New_York")) == 2


def test_hours_that_are_never_open_say_so() -> None:
    for ask in (NEVER.next_open, NEVER.end_of_next_working_day):
        with pytest.raises(ValueError, match="never open"):
            ask(at("2026-03-06 09:00"))
    with pytest.raises(ValueError, match="never open"):
        NEVER.add_open(at("2026-03-06 09:00"), timedelta(minutes=1))
    assert NEVER.open_between(at("2026-03-06"), at("2026-04-06")) == timedelta(0)
    assert not NEVER.is_open(at("2026-03-06 09:00"))


def test_a_week_of_holidays_only_is_never_open_too() -> None:
    mondays = frozenset(date(2026, 1, 5) + timedelta(weeks=n) for n in range(200))
    shut = Calendar(Week({0: ((time(9), time(17)),)}), BERLIN, mondays)
    with pytest.raises(ValueError, match="never open"):
        shut.next_open(at("2026-03-06 09:00"))


@pytest.mark.parametrize(
    "days",
    [
        {7: ((time(9), time(17)),)},
        {0: ((time(17), time(9)),)},
        {0: ((time(9), time(9)),)},
        {0: ((time(9), time(13)), (time(12), time(17)))},
        {0: ((time(9), time(12)), (time(12), time(17)))},
        {0: ((time(9), time(0)), (time(12), time(17)))},
    ],
)
def test_impossible_openings_are_refused(days: dict[int, tuple[Opening, ...]]) -> None:
    with pytest.raises(ValueError, match=r"weekday|ends before|must begin"):
        Week(days)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        SHOP.is_open(datetime(2026, 3, 6, 9))


def test_open_time_cannot_be_taken_away() -> None:
    with pytest.raises(ValueError, match="added"):
        SHOP.add_open(at("2026-03-06 09:00"), timedelta(minutes=-1))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
amounts = st.integers(0, 60 * 24 * 30).map(lambda minutes: timedelta(minutes=minutes))
zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]).map(ZoneInfo)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any hours with at least one opening: lunch breaks, nights, until midnight, in four zones."""
    cuts = st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True).map(sorted)
    days: dict[int, tuple[Opening, ...]] = {}
    for weekday in draw(st.sets(st.integers(0, 6), min_size=1)):
        quarters = draw(cuts)
        times = [time(quarter // 4, quarter % 4 * 15) for quarter in quarters]
        openings = list(zip(times[::2], times[1::2], strict=False))
        if len(times) % 2 and draw(st.booleans()):
            openings.append((times[-1], time(0)))
        days[weekday] = tuple(openings)
    holidays = draw(st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5))
    return Calendar(Week(days), draw(zones), frozenset(holidays))


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, amounts)
def test_adding_open_time_and_measuring_it_are_inverse(hours: Calendar, start: datetime, amount: timedelta) -> None:
    assert hours.open_between(start, hours.add_open(start, amount)) == amount


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, amounts, amounts)
def test_adding_in_two_steps_is_adding_at_once(
    hours: Calendar, start: datetime, one: timedelta, two: timedelta
) -> None:
    assert hours.add_open(hours.add_open(start, one), two) == hours.add_open(start, one + two)


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, moments, amounts)
def test_who_starts_later_never_ends_earlier(hours: Calendar, a: datetime, b: datetime, amount: timedelta) -> None:
    first, last = sorted((a, b))
    assert hours.add_open(first, amount) <= hours.add_open(last, amount) or not amount


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, moments, moments)
def test_open_time_adds_up(hours: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    assert hours.open_between(a, b) + hours.open_between(b, c) == hours.open_between(a, c)
    assert abs(hours.open_between(a, b)) <= abs(b - a)


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments)
def test_the_next_opening_is_open_and_nothing_is_before_it(hours: Calendar, start: datetime) -> None:
    opening = hours.next_open(start)
    assert hours.is_open(opening)
    assert opening >= start
    assert hours.open_between(start, opening) == timedelta(0)


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, moments, moments)
def test_business_days_add_up(hours: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    assert hours.business_days(a, b) + hours.business_days(b, c) == hours.business_days(a, c)
