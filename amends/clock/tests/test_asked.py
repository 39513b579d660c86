"""Questions about open time as JSON, and calendars as JSON (SL1, SL2)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.clock.asked import Answerer

NINE_TO_FIVE = [["09:00", "17:00"]]
SHOP = {
    "tz": "Europe/London",
    "hours": {
        "mon": [["13:30", "17:30"], ["09:00", "12:30"]],
        "tue": NINE_TO_FIVE,
        "Friday": [["09:00", "11:00"], ["11:00", "13:00"], ["12:00", "17:30"]],
    },
    "closed": ["2026-12-25"],
    "open": {"2026-12-24": [["09:00", "12:00"]], "2026-12-28": NINE_TO_FIVE},
    "country": "GB",
}
ASK = Answerer()


def answer(calendar: object = SHOP, **asked: object) -> dict[str, Any]:
    words = {name.rstrip("_"): value for name, value in asked.items()}
    return ASK.answer_line(json.dumps({"id": 7, "calendar": calendar, **words}).encode())


@pytest.mark.parametrize(
    ("start", "add", "due"),
    [
        ("2026-11-27T17:00", "PT4H", "2026-11-30T12:30:00+00:00"),
        ("2026-11-27T17:00Z", "PT30M", "2026-11-27T17:30:00+00:00"),
        ("2026-11-27T18:00+01:00", "PT30M", "2026-11-27T17:30:00+00:00"),
        ("2026-11-27T17:15:10.25", "PT20M", "2026-11-30T09:05:10.250000+00:00"),
        ("2026-11-28", "PT1H", "2026-11-30T10:00:00+00:00"),
        ("2026-11-28T03:00", "PT0S", "2026-11-28T03:00:00+00:00"),
        ("2026-11-30T09:30", "-PT1H", "2026-11-27T17:00:00+00:00"),
        ("2026-07-03T17:00", "PT1H", "2026-07-06T09:30:00+01:00"),
        ("2026-12-24T11:00", "PT2H", "2026-12-28T10:00:00+00:00"),
        ("2026-11-30T09:00", "P1D", "2026-12-04T17:30:00+00:00"),
    ],
)
def test_open_time_is_added(start: str, add: str, due: str) -> None:
    assert answer(from_=start, add=add) == {"id": 7, "due": due}


@pytest.mark.parametrize(
    ("a", "b", "seconds"),
    [
        ("2026-11-27T17:00", "2026-11-30T10:00", 5400),
        ("2026-11-30T10:00", "2026-11-27T17:00", -5400),
        ("2026-11-30T12:29:59.5", "2026-11-30T13:30:01", 1.5),
        ("2026-12-25", "2026-12-28T00:00", 0),
    ],
)
def test_open_time_is_measured(a: str, b: str, seconds: float) -> None:
    assert answer(from_=a, to=b) == {"id": 7, "seconds": seconds}


@pytest.mark.parametrize(
    ("at", "is_open", "next_open"),
    [
        ("2026-11-30T10:00:20", True, "2026-11-30T10:00:20+00:00"),
        ("2026-11-30T12:30", False, "2026-11-30T13:30:00+00:00"),
        ("2026-12-25T10:00", False, "2026-12-28T09:00:00+00:00"),
    ],
)
def test_it_is_told_whether_it_is_open_and_when_next(at: str, is_open: bool, next_open: str) -> None:
    assert answer(at=at) == {"id": 7, "open": is_open, "next_open": next_open}


def test_single_dates_that_are_over_have_no_next_opening() -> None:
    fair = {"tz": "UTC", "open": {"2026-05-01": NINE_TO_FIVE}}
    assert answer(fair, at="2026-04-01T10:00")["next_open"] == "2026-05-01T09:00:00+00:00"
    assert answer(fair, at="2026-06-01T10:00") == {"id": 7, "open": False, "next_open": None}
    assert "not open so long" in answer(fair, from_="2026-06-01T10:00", add="PT1H")["error"]


def test_day_and_night_is_written_to_the_end_of_the_day() -> None:
    always = {
        "tz": "Europe/Berlin",
        "hours": {day: [["00:00", "24:00"]] for day in "mon tue wed thu fri sat sun".split()},
    }
    assert answer(always, from_="2026-03-28T12:00", add="P1D")["due"] == "2026-03-29T13:00:00+02:00"
    assert answer(always, from_="2026-10-24T12:00", add="P1D")["due"] == "2026-10-25T11:00:00+01:00"


def test_a_region_has_holidays_of_its_own() -> None:
    bavaria = {"tz": "Europe/Berlin", "hours": {"tue": NINE_TO_FIVE}, "country": "de-by"}
    assert answer(bavaria, at="2026-01-06T10:00")["open"] is False
    assert answer({**bavaria, "country": "DE"}, at="2026-01-06T10:00")["open"] is True


def test_a_moment_without_an_offset_is_read_by_the_calendars_clock() -> None:
    """Of an hour that the clock shows twice the first; of one that it skips as if it had not been put forward."""
    sundays = {"tz": "Europe/Berlin", "hours": {"sun": [["00:00", "24:00"]]}}
    assert answer(sundays, from_="2026-10-25T02:30", to="2026-10-25T03:00")["seconds"] == 5400
    assert answer(sundays, from_="2026-03-29T02:30", to="2026-03-29T04:00")["seconds"] == 1800


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tz": "Mars/Olympus"}, "no time zone “Mars/Olympus”. Write one"),
        ({"tz": "Europe"}, "no time zone"),
        ({"tz": "../etc/passwd"}, "no time zone"),
        ({"tz": None}, "names no time zone. Add one"),
        ({"hours": {"mon": [["22:00", "06:00"]]}}, 'two openings: ["22:00", "24:00"] on this day'),
        ({"hours": {"mon": [["18:00", "00:00"]]}}, "Write the end of a day as 24:00"),
        ({"hours": {"mon": [["09:00", "09:00"]]}}, "has no length"),
        ({"hours": {"mon": [["9", "17:00"]]}}, "no time of day. Write it like 09:00"),
        ({"hours": {"mon": [["09:00", "24:01"]]}}, "no time of day"),
        ({"hours": {"mon": [["09:60", "17:00"]]}}, "no time of day"),
        ({"hours": {"mon": ["09:00", "17:00"]}}, "each a pair of times"),
        ({"hours": {"moon": NINE_TO_FIVE}}, "no day of the week. Write mon, tue"),
        ({"hours": []}, "object in braces"),
        ({"hours": {}, "open": {}}, "never open. Give at least one day"),
        ({"hours": {"mon": []}, "open": {"2026-12-24": []}}, "never open"),
        ({"country": "XX"}, "No public holidays are known for the country “XX”"),
        ({"country": "DE-XX"}, "Write one of these, or none: DE-BB"),
        ({"country": 7}, "is a code"),
        ({"closed": ["2026-02-30"]}, "no date. Write it like 2026-12-25"),
        ({"closed": "2026-12-25"}, "list of dates"),
        ({"open": {"24 December": NINE_TO_FIVE}}, "no date"),
        ({"close": []}, "“close” is no part of a calendar. Its parts are: tz"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_told_how_to_be_written(change: dict[str, object], words: str) -> None:
    told = answer({**SHOP, "open": {}, **change}, at="2026-11-27T17:00")
    assert set(told) == {"id", "error"}
    assert words in told["error"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"from": "yesterday", "add": "PT4H"}, "“yesterday” in “from” is no moment. Write it like"),
        ({"from": "2026-11-27T17:00", "to": "2026-13-01"}, "in “to” is no moment"),
        ({"from": 5, "add": "PT4H"}, "no moment"),
        ({"from": "2026-11-27T17:00", "add": 4}, "“add” is a text in quotes, such as PT4H"),
        ({"from": "2026-11-27T17:00", "add": "P1M"}, "no fixed length"),
        ({"from": "2026-11-27T17:00"}, "not clear what is asked"),
        ({"from": "2026-11-27T17:00", "add": "PT4H", "to": "2026-11-27T17:00"}, "not clear"),
        ({}, "not clear"),
        ({"from": "2026-11-27T17:00", "add": "PT99999999H"}, "leads out of the years 2 to 9998"),
        ({"at": "0001-01-01T00:00"}, "years 2 to 9998 only"),
    ],
)
def test_a_question_that_is_none_is_told_how_to_ask(asked: dict[str, object], words: str) -> None:
    told = answer(**asked)
    assert set(told) == {"id", "error"}
    assert words in told["error"]


@pytest.mark.parametrize("line", [b"{", b"\xff\xfe", b"[" * 100_000, b"[1]", b"null", b"7", b'"at"'])
def test_a_line_that_is_no_question_has_no_id(line: bytes) -> None:
    told = ASK.answer_line(line)
    assert told["id"] is None
    assert "Write" in told["error"]


def test_a_line_without_a_calendar_is_answered_by_the_usual_one() -> None:
    line = b'{"id": 1, "at": "2026-11-27T17:00"}'
    assert "--calendar" in ASK.answer_line(line)["error"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["tz", "hours", "closed", "open", "country"]), anything), anything, anything)
def test_whatever_is_asked_has_an_answer(change: dict[str, object], start: object, add: object) -> None:
    told = answer({**SHOP, **change}, from_=start, add=add)
    assert told["id"] == 7
    assert len(told) == 2


@given(st.binary())
def test_whatever_stands_in_a_line_has_an_answer(line: bytes) -> None:
    assert "error" in ASK.answer_line(line)
