"""Why it is due then: the days between, and what was counted of them (SL1, SL2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.clock.explaining import Explanation, explain, shown, until
from amends.clock.hours import Calendar, Week
from amends.clock.tests.test_hours import calendars, moments, signed
from tests.effort import examples

LONDON = ZoneInfo("Europe/London")
LUNCH = ((time(9), time(12, 30)), (time(13, 30), time(17, 30)))
SHOP = Calendar(
    Week(dict.fromkeys(range(5), LUNCH)),
    LONDON,
    {date(2026, 12, 28): "Stocktaking"},
    {date(2026, 12, 24): ((time(9), time(12)),), date(2026, 12, 31): ()},
    lambda year: {date(year, 12, 25): "Christmas Day"},
)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def told(explanation: Explanation) -> list[tuple[str, str, str, timedelta]]:
    return [
        (f"{part.first:%a %d}", part.why, " ".join(map(shown, part.spans)), part.counted) for part in explanation.parts
    ]


def test_a_weekend_between_is_one_line_and_counts_nothing() -> None:
    assert told(explain(SHOP, at("2026-11-27 17:15"), at("2026-11-30 14:00"))) == [
        ("Fri 27", "open", "17:15–17:30", timedelta(minutes=15)),
        ("Sat 28", "weekday", "", timedelta(0)),
        ("Mon 30", "open", "09:00–12:30 13:30–14:00", timedelta(hours=4)),
    ]


def test_each_day_that_is_otherwise_says_why() -> None:
    explanation = explain(SHOP, at("2026-12-24 08:00"), at("2027-01-01 09:00"))
    assert [(part.why, part.name) for part in explanation.parts] == [
        ("own", ""),
        ("public", "Christmas Day"),
        ("weekday", ""),
        ("named", "Stocktaking"),
        ("open", ""),
        ("open", ""),
        ("shut", ""),
        ("open", ""),
    ]
    assert explanation.counted == timedelta(hours=3 + 7.5 * 2)
    assert explanation.business_days == 3


def test_the_break_between_two_openings_is_told() -> None:
    (part,) = explain(SHOP, at("2026-11-27 12:00"), at("2026-11-27 14:00")).parts
    assert [shown(span) for span in part.breaks] == ["12:30–13:30"]
    assert [until(opening) for opening in part.openings] == ["09:00–12:30", "13:30–17:30"]


def test_a_day_outside_its_hours_still_tells_them() -> None:
    first, *_rest = explain(SHOP, at("2026-11-27 17:55"), at("2026-11-30 09:30")).parts
    assert (first.why, first.spans, first.openings) == ("open", (), LUNCH)


def test_a_change_of_the_clock_is_told_and_its_hour_counted() -> None:
    nights = Calendar(Week.always(), LONDON)
    spring, autumn = (explain(nights, at(day), at(day) + timedelta(days=1)) for day in ("2026-03-29", "2026-10-25"))
    assert (spring.parts[0].change, spring.counted) == (timedelta(hours=1), timedelta(hours=23))
    assert (autumn.parts[0].change, autumn.counted) == (timedelta(hours=-1), timedelta(hours=25))
    assert shown(autumn.parts[0].spans[0]) == "00:00–24:00"


def test_a_date_that_was_skipped_is_told_so() -> None:
    samoa = Calendar(Week.always(), ZoneInfo("Pacific/Apia"))
    start = datetime(2011, 12, 29, 12, tzinfo=samoa.tz)
    assert [part.why for part in explain(samoa, start, start + timedelta(days=2)).parts] == ["open", "skipped", "open"]


@settings(deadline=None, max_examples=examples(60))
@given(calendars(), moments, signed, st.none() | st.integers(1, 9))
def test_what_is_counted_adds_up_exactly(hours: Calendar, start: datetime, amount: timedelta, most: int | None) -> None:
    due = hours.add_open(start, amount)
    explanation = explain(hours, start, due, most=most)
    assert explanation.counted == sum((part.counted for part in explanation.parts), timedelta(0)) == abs(amount)
    # In UTC: a time that comes twice in the night of a change is equal to none of another zone (PEP 495).
    assert [at.astimezone(UTC) for at in (explanation.start, explanation.end)] == sorted([start, due])
    spans = [span for part in explanation.parts for span in part.spans]
    assert all(a.astimezone(UTC) < b.astimezone(UTC) for a, b in spans)
    first, last = explanation.parts[0].first, explanation.parts[-1].last
    assert sum((part.last - part.first).days + 1 for part in explanation.parts) == (last - first).days + 1
    assert most is None or len(explanation.parts) <= most + 1


def test_an_hour_that_comes_twice_is_where_it_was() -> None:
    berlin = Calendar(Week({0: ((time(0), time(0, 15)),)}), ZoneInfo("Europe/Berlin"))
    twice = datetime(2027, 10, 31, 0, 0, tzinfo=UTC)
    assert explain(berlin, twice, berlin.add_open(twice, timedelta(0))).start.astimezone(UTC) == twice
