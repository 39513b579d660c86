"""A week as typed, and as kept."""

from __future__ import annotations

from datetime import date, time

import pytest

from amends.clock import public_holidays, weeks
from amends.people.models import Brand

NINE, NOON, ONE, FIVE = time(9), time(12), time(13), time(17)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9:00", time(9)),
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("0930", time(9, 30)),
        ("24:00", time(0)),
        ("24", time(0)),
        (" 17:30 ", time(17, 30)),
        ("25:00", None),
        ("24:01", None),
        ("9:60", None),
        ("nine", None),
        ("", None),
        ("９:00", None),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, meant: time | None) -> None:
    assert weeks.read_time(typed) == meant


@pytest.mark.parametrize(
    ("openings", "wrong"),
    [
        ([], ""),
        ([(NINE, FIVE)], ""),
        ([(NINE, NOON), (ONE, FIVE)], ""),
        ([(ONE, FIVE), (NINE, NOON)], ""),
        ([(NINE, time(0))], ""),
        ([(FIVE, NINE)], "end lies before"),
        ([(NINE, NINE)], "end lies before"),
        ([(NINE, ONE), (NOON, FIVE)], "overlap"),
        ([(NINE, NOON), (NOON, FIVE)], "overlap"),
        ([(NINE, time(0)), (ONE, FIVE)], "overlap"),
    ],
)
def test_a_day_that_cannot_be_kept_is_named(openings: list[tuple[time, time]], wrong: str) -> None:
    said = weeks.what_is_wrong(openings)
    assert wrong in said if wrong else said == ""


@pytest.mark.django_db
def test_a_week_takes_the_place_of_the_one_before() -> None:
    brand = Brand.objects.create(name="Thimble & Thorn", slug="thimble")
    weeks.set_week({0: [(NINE, FIVE)], 1: [(NINE, FIVE)]}, brand=brand)
    weeks.set_week({2: [(ONE, FIVE), (NINE, NOON)]}, brand=brand)
    assert weeks.week_of(brand=brand) == {2: ((NINE, NOON), (ONE, FIVE))}


def test_public_holidays_have_names_and_days() -> None:
    days = public_holidays.public_holidays("DE", "BY", [2026])
    assert date(2026, 1, 6) in days  # Epiphany is a holiday of Bavaria, not of all Germany
    assert date(2026, 1, 6) not in public_holidays.public_holidays("DE", "", [2026])


def test_an_unknown_region_is_answered_with_the_known_ones() -> None:
    with pytest.raises(public_holidays.UnknownCountry, match=r"Known: .*BY"):
        public_holidays.public_holidays("DE", "XX", [2026])


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(public_holidays.UnknownCountry):
        public_holidays.public_holidays("XX", "", [2026])


def test_countries_are_named_in_the_readers_language() -> None:
    assert ("DE", "Germany") in public_holidays.countries("en")


def test_a_time_zone_lies_in_a_country() -> None:
    assert public_holidays.country_of("Europe/London") == "GB"
    assert public_holidays.country_of("UTC") in ("", "001")
