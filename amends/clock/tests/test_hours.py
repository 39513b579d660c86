"""Opening hours: a table of cases, then properties (SL2, SL11; model C0.3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.clock.days import MIDNIGHT, Opening, Span
from amends.clock.hours import Calendar, NeverOpen, OutOfTime, Week
from tests.effort import examples

BERLIN = ZoneInfo("Europe/Berlin")
LUNCH: tuple[Opening, ...] = ((time(9), time(12)), (time(13), time(17, 30)))
SHOP = Calendar(Week(dict.fromkeys(range(5), LUNCH)), BERLIN, frozenset({date(2026, 5, 1)}))
ALWAYS = Calendar(Week.always(), BERLIN)
NIGHTS = Calendar(Week({day: ((time(0), time(5)), (time(22), time(0))) for day in range(7)}), BERLIN)
NEVER = Calendar(Week(), BERLIN)
RESOLUTION = timedelta.resolution


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


@pytest.mark.parametrize(
    ("opens", "closes", "hours"),
    [
        (time(1), time(3), 3),
        (time(0), time(2), 2),
        (time(2), time(4), 3),
        (time(1), time(2, 30), 2),
        (time(2, 15), time(2, 45), 1),
        (time(2, 30), time(4), 2),
    ],
)
def test_an_hour_that_the_wall_shows_twice_counts_twice_as_far_as_it_lies_within_the_hours(
    opens: time, closes: time, hours: float
) -> None:
    early = Calendar(Week({6: ((opens, closes),)}), BERLIN)
    assert early.open_between(at("2026-10-25"), at("2026-10-26")) == timedelta(hours=hours)


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


def test_a_closure_of_years_ends_on_the_day_after_it() -> None:
    mondays = frozenset(date(2026, 1, 5) + timedelta(weeks=n) for n in range(200))
    shut = Calendar(Week({0: ((time(9), time(17)),)}), BERLIN, mondays)
    assert shut.next_open(at("2026-03-06 09:00")) == at("2029-11-05 09:00")


def test_single_days_that_are_over_are_not_open_any_more() -> None:
    fair = Calendar(Week(), BERLIN, own={date(2026, 3, 6): ((time(9), time(17)),)})
    assert fair.next_open(at("2020-01-01 00:00")) == at("2026-03-06 09:00")
    assert fair.add_open(at("2030-01-01 00:00"), timedelta(hours=-1)) == at("2026-03-06 16:00")
    with pytest.raises(NeverOpen, match="not open so long"):
        fair.next_open(at("2026-03-06 17:00"))
    with pytest.raises(NeverOpen, match="not open so long"):
        fair.add_open(at("2026-03-06 09:00"), timedelta(hours=-1))


def test_the_own_hours_of_a_date_hold_whatever_else_would() -> None:
    eve, holiday, ordinary = date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28)
    short: tuple[Opening, ...] = ((time(9), time(12)),)
    own = {eve: short, holiday: short, ordinary: ()}
    shop = Calendar(SHOP.week, BERLIN, {holiday: "Christmas Day"}, own, lambda year: {date(year, 12, 24): "Eve"})
    assert shop.open_between(at("2026-12-24"), at("2026-12-25")) == timedelta(hours=3)
    assert shop.open_between(at("2026-12-25"), at("2026-12-26")) == timedelta(hours=3)
    assert shop.open_between(at("2026-12-28"), at("2026-12-29")) == timedelta(0)
    assert shop.open_between(at("2025-12-24"), at("2025-12-25")) == timedelta(0)


@pytest.mark.parametrize(
    ("start", "amount", "begin"),
    [
        ("2026-03-06 11:00", timedelta(hours=-2), "2026-03-06 09:00"),
        ("2026-03-06 13:30", timedelta(hours=-1), "2026-03-06 11:30"),
        ("2026-03-06 14:00", timedelta(hours=-1), "2026-03-06 13:00"),
        ("2026-03-09 09:30", timedelta(hours=-1), "2026-03-06 17:00"),
        ("2026-03-08 12:00", timedelta(minutes=-5), "2026-03-06 17:25"),
        ("2026-05-04 09:30", timedelta(hours=-1), "2026-04-30 17:00"),
    ],
)
def test_open_time_is_counted_back_too(start: str, amount: timedelta, begin: str) -> None:
    assert SHOP.add_open(at(start), amount) == at(begin)


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


@pytest.mark.parametrize("year", [1, 9999])
def test_a_year_at_the_edge_of_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(OutOfTime, match="2 to 9998"):
        SHOP.is_open(datetime(year, 3, 6, 9, tzinfo=UTC))


def test_open_time_that_leads_out_of_the_calendar_is_refused() -> None:
    for years in (9_000, -9_000):
        with pytest.raises(OutOfTime, match="leads out"):
            SHOP.add_open(at("2026-03-06 09:00"), timedelta(days=365 * years))


def test_a_date_that_a_zone_skipped_was_never_open() -> None:
    samoa = Calendar(Week.always(), ZoneInfo("Pacific/Apia"))
    before, after = datetime(2011, 12, 29, 12, tzinfo=samoa.tz), datetime(2011, 12, 31, 12, tzinfo=samoa.tz)
    assert samoa.open_between(before, after) == timedelta(hours=24)
    assert samoa.add_open(before, timedelta(hours=24)) == after
    assert not samoa.is_working_day(date(2011, 12, 30))


def test_a_clock_put_back_over_midnight_shows_the_old_date_again() -> None:
    newfoundland = ZoneInfo("America/St_Johns")
    change = datetime(2010, 11, 7, 2, 31, tzinfo=UTC)  # at 00:01 it was 23:01 again
    late = Calendar(Week({5: ((time(23, 30), MIDNIGHT),)}), newfoundland)
    first = change - timedelta(minutes=31), change - timedelta(minutes=1)
    again = change + timedelta(minutes=29), change + timedelta(minutes=59)
    assert late.open_between(change - timedelta(days=1), change + timedelta(days=1)) == timedelta(hours=1)
    assert late.add_open(first[0], timedelta(minutes=30)) == first[1]
    assert late.add_open(first[0], timedelta(minutes=31)) == again[0] + timedelta(minutes=1)
    assert late.is_open(again[0])
    assert not late.is_open(change)


def test_a_leap_day_is_a_day() -> None:
    assert ALWAYS.open_between(at("2028-02-28"), at("2028-03-01")) == timedelta(days=2)
    assert ALWAYS.open_between(at("2100-02-28"), at("2100-03-01")) == timedelta(days=1)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
amounts = st.integers(0, 60 * 24 * 30 * 60).map(lambda seconds: timedelta(seconds=seconds))
signed = st.builds(lambda amount, sign: amount * sign, amounts, st.sampled_from((1, -1)))
zones = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "UTC"]
).map(ZoneInfo)


@st.composite
def openings(draw: st.DrawFn) -> tuple[Opening, ...]:
    """Up to three of a day, to the quarter of an hour, the last one perhaps until midnight."""
    quarters = draw(st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True).map(sorted))
    times = [time(quarter // 4, quarter % 4 * 15) for quarter in quarters]
    found = list(zip(times[::2], times[1::2], strict=False))
    if len(times) % 2 and draw(st.booleans()):
        found.append((times[-1], MIDNIGHT))
    return tuple(found)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any hours with at least one weekday: breaks, nights, until midnight, holidays, single days, six zones."""
    dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))
    days = draw(st.dictionaries(st.integers(0, 6), openings(), min_size=1))
    holidays = draw(st.sets(dates, max_size=5))
    own = draw(st.dictionaries(dates, openings(), max_size=3))
    return Calendar(Week(days), draw(zones), frozenset(holidays), own)


def minute_by_minute(hours: Calendar, start: datetime, end: datetime) -> timedelta:
    """What a patient person with a list of the hours would count, looking at the wall clock at each minute."""
    minutes = int((end - start) / timedelta(minutes=1))
    return timedelta(minutes=sum(_shows_open(hours, start + timedelta(minutes=n)) for n in range(minutes)))


def _shows_open(hours: Calendar, at: datetime) -> bool:
    wall = at.astimezone(hours.tz)
    day, now = wall.date(), wall.time()
    usual = () if day in hours.holidays else hours.week.days.get(day.weekday(), ())
    return any(a <= now and (now < b or b == MIDNIGHT) for a, b in hours.own.get(day, usual))


CHANGES = [
    ("Europe/Berlin", datetime(2026, 3, 29)),
    ("Europe/Berlin", datetime(2026, 10, 25)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3)),
    ("America/Santiago", datetime(2026, 4, 4)),
    ("America/Santiago", datetime(2026, 9, 5)),
    ("America/St_Johns", datetime(2010, 11, 6)),
    ("America/St_Johns", datetime(2010, 3, 13)),
    ("Africa/Cairo", datetime(2026, 4, 23)),
    ("Africa/Cairo", datetime(2026, 10, 29)),
    ("Pacific/Apia", datetime(2011, 12, 30)),
    ("America/Toronto", datetime(1919, 3, 30)),
]
"""Zones, and the days around which their clocks were changed: at two, by half an hour, at and over midnight, by a day."""


@settings(deadline=None, max_examples=examples(120))
@given(st.sampled_from(CHANGES), st.dictionaries(st.integers(0, 6), openings(), min_size=2), st.data())
def test_around_a_change_of_the_clock_it_is_what_one_counts_on_the_wall(
    change: tuple[str, datetime], days: dict[int, tuple[Opening, ...]], data: st.DataObject
) -> None:
    hours = Calendar(Week(days), ZoneInfo(change[0]))
    start = change[1].replace(tzinfo=UTC) + timedelta(minutes=data.draw(st.integers(-1500, 1500)))
    end = start + timedelta(minutes=data.draw(st.integers(0, 3000)))
    counted = minute_by_minute(hours, start, end)
    assert hours.open_between(start, end) == counted
    if counted:
        due, begin = hours.add_open(start, counted), hours.add_open(end, -counted)
        assert start < due <= end
        assert start <= begin < end
        assert minute_by_minute(hours, start, due) == minute_by_minute(hours, begin, end) == counted
        assert hours.is_open(due - timedelta(minutes=1))
        assert hours.is_open(begin)
    assert hours.is_open(start) is _shows_open(hours, start)


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, st.integers(0, 3 * 24 * 60))
def test_open_time_is_what_one_counts_on_the_wall(hours: Calendar, start: datetime, minutes: int) -> None:
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    assert hours.open_between(start, end) == minute_by_minute(hours, start, end)


@settings(deadline=None, max_examples=examples(60))
@given(calendars(), moments, signed)
def test_adding_open_time_and_measuring_it_are_inverse(hours: Calendar, start: datetime, amount: timedelta) -> None:
    assert hours.open_between(start, hours.add_open(start, amount)) == amount


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, amounts, amounts, st.sampled_from((1, -1)))
def test_adding_in_two_steps_is_adding_at_once(
    hours: Calendar, start: datetime, one: timedelta, two: timedelta, sign: int
) -> None:
    assert hours.add_open(hours.add_open(start, sign * one), sign * two) == hours.add_open(start, sign * (one + two))


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, moments, signed)
def test_who_starts_later_never_ends_earlier(hours: Calendar, a: datetime, b: datetime, amount: timedelta) -> None:
    first, last = sorted((a, b))
    assert hours.add_open(first, amount) <= hours.add_open(last, amount)


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, signed, signed)
def test_more_open_time_never_ends_earlier(hours: Calendar, start: datetime, a: timedelta, b: timedelta) -> None:
    less, more = sorted((a, b))
    assert hours.add_open(start, less) <= hours.add_open(start, more)


@settings(deadline=None, max_examples=examples(40))
@given(calendars(), moments, signed)
def test_the_time_it_is_due_is_the_first_at_which_so_much_has_passed(
    hours: Calendar, start: datetime, amount: timedelta
) -> None:
    if amount:
        nearer = hours.add_open(start, amount) - (RESOLUTION if amount > timedelta(0) else -RESOLUTION)
        assert abs(hours.open_between(start, nearer)) == abs(amount) - RESOLUTION


@settings(deadline=None, max_examples=examples(20))
@given(calendars(), moments, st.integers(-40, 40))
def test_whole_years_at_once_are_the_sum_of_their_days(hours: Calendar, start: datetime, years: int) -> None:
    end = start.replace(year=start.year + years, day=min(start.day, 28))
    first, last = sorted((start, end))
    spans = [span for n in range((last - first).days + 3) for span in _day_of(hours, first, n)]
    total = sum((max(timedelta(0), min(b, last) - max(a, first)) for a, b in spans), timedelta(0))
    assert hours.open_between(first, last) == total
    dates = [hours.date_of(first) + timedelta(days=n + 1) for n in range((last - first).days + 2)]
    working = [day for day in dates if day <= last.astimezone(hours.tz).date() and hours.day(day).openings]
    assert hours.business_days(first, last) == len(working)
    assert hours.open_between(first, hours.add_open(first, total)) == total


def _day_of(hours: Calendar, first: datetime, number: int) -> tuple[Span, ...]:
    return hours.day(hours.date_of(first) + timedelta(days=number)).openings


def test_a_date_of_a_far_year_changes_no_other_year() -> None:
    """The years after 2100 that are alike are counted once; 2105 and 2111 are such."""
    plain = Calendar(SHOP.week, BERLIN)
    shop = Calendar(SHOP.week, BERLIN, {date(2105, 3, 30)}, {date(2111, 3, 30): ()})
    for year in (2105, 2111, 2116):
        ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 3, 1, 1, tzinfo=UTC)
        less = timedelta(hours=7.5) if year < 2116 else timedelta(0)
        assert shop.open_between(*ends) == plain.open_between(*ends) - less


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
