"""The pure rules of our pages: robots, stamps, colours, times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.portal import colour, robots, stamps, times
from amends.portal.robots import Sign
from amends.portal.stamps import Stamp
from amends.ui import contrast

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
MINUTE_OLD = Stamp("k", NOW - timedelta(minutes=1))
LINKS = " ".join(f"https://{n}.example" for n in range(6))


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        (Sign(MINUTE_OLD, "", "Two words"), ""),
        (Sign(None, "", "Two words"), "no_stamp"),
        (Sign(Stamp("k", NOW - timedelta(seconds=2.9)), "", "x"), "too_fast"),
        (Sign(Stamp("k", NOW - timedelta(seconds=3)), "", "x"), ""),
        (Sign(Stamp("k", NOW + timedelta(hours=1)), "", "x"), "too_fast"),
        (Sign(Stamp("k", NOW - timedelta(days=1)), "", "x"), ""),
        (Sign(Stamp("k", NOW - timedelta(days=1, seconds=1)), "", "x"), "too_old"),
        (Sign(MINUTE_OLD, "https://example.com", "x"), "hidden_field"),
        (Sign(MINUTE_OLD, "  ", "x"), ""),
        (Sign(MINUTE_OLD, "", LINKS), "links"),
        (Sign(MINUTE_OLD, "", "See https://a.example and https://b.example, both broken."), ""),
        (Sign(MINUTE_OLD, "", LINKS + " word" * 200), ""),
        (Sign(MINUTE_OLD, "filled in by a browser", LINKS, says_person=True), ""),
        (Sign(Stamp("k", NOW), "", "x", says_person=True), "too_fast"),
    ],
)
def test_a_form_looks_automatic_only_for_a_reason(sign: Sign, expected: str) -> None:
    assert robots.suspicion(sign, NOW) == expected


def test_a_stamp_tells_when_it_was_made_and_each_has_its_own_key() -> None:
    one, other = stamps.read(stamps.make(NOW)), stamps.read(stamps.make(NOW))
    assert one is not None
    assert other is not None
    assert one.opened_at == NOW
    assert one.key != other.key
    assert len(one.key) == 32


@given(st.text(max_size=80))
def test_a_made_up_stamp_is_none(text: str) -> None:
    assert stamps.read(text) is None


def test_a_changed_stamp_is_none() -> None:
    stamp = stamps.make(NOW)
    assert stamps.read(stamp[:-1] + ("A" if stamp[-1] != "A" else "B")) is None
    assert stamps.read("X" + stamp[1:]) is None


@given(st.integers(0, 0xFFFFFF))
def test_white_words_can_be_read_on_every_shop_colour(value: int) -> None:
    pair = colour.readable(f"#{value:06x}")
    assert pair is not None
    for one in (pair.light, pair.dark, pair.hover):
        assert contrast.with_white(one) >= contrast.READABLE - 0.05
    assert contrast.with_white(pair.dark) <= colour.SEEN_ON_DARK


@pytest.mark.parametrize("text", ["", "red", "#12345", "#12345g", "#1234567", "}body{display:none}", "#12345 "])
def test_what_is_no_colour_makes_no_rule(text: str) -> None:
    assert colour.readable(text) is None


def test_a_colour_that_is_dark_enough_is_left_as_it_is() -> None:
    pair = colour.readable("#2f4a9c")
    assert pair is not None
    assert pair.light == "#2f4a9c"
    assert colour.rule(pair).startswith(".portal{--pen-solid:light-dark(#2f4a9c,#2f4a9c)") or pair.dark != pair.light


LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 3, 17, 30, tzinfo=LONDON), "Today, by 17:30"),
        (datetime(2026, 3, 4, 0, 5, tzinfo=LONDON), "Tomorrow, by 00:05"),
        (datetime(2026, 3, 5, 12, 0, tzinfo=LONDON), "Thu 5 Mar, by 12:00"),
        (datetime(2027, 1, 8, 12, 0, tzinfo=LONDON), "Fri 8 Jan 2027, by 12:00"),
    ],
)
def test_a_time_to_come_names_its_day(moment: datetime, words: str) -> None:
    assert times.by_when(moment, NOW.astimezone(LONDON)) == words


@pytest.mark.parametrize(
    ("key", "name"), [("Europe/London", "London"), ("America/New_York", "New York"), ("UTC", "UTC")]
)
def test_a_zone_has_the_name_that_people_say(key: str, name: str) -> None:
    assert times.zone_name(ZoneInfo(key)) == name
