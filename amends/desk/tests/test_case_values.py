"""The pure parts of the case page: times, history, pictures, the coach's shape."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from amends.clock.hours import Calendar, Week
from amends.coach.review import Note, Review
from amends.desk.coach_shown import note_id, shown_review
from amends.desk.letters_shown import history
from amends.desk.panel_shown import length
from amends.desk.pictures import is_picture, with_pictures
from amends.desk.times import likely_times
from amends.desk.whole import whole
from amends.desk.written import seen_in, written_in

OFFICE = Calendar(Week({day: ((time(9), time(17, 30)),) for day in range(5)}), ZoneInfo("Europe/London"))
NEW_YORK = ZoneInfo("America/New_York")
NEVER = Calendar(Week({}), ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("now", "calendar", "labels"),
    [
        (datetime(2026, 3, 3, 10, 2, tzinfo=UTC), OFFICE, ["Today 11:05", "Tomorrow 09:00", "Mon 09:00"]),
        (datetime(2026, 3, 3, 17, 0, tzinfo=UTC), OFFICE, ["Tomorrow 09:00", "Mon 09:00"]),
        (datetime(2026, 3, 6, 10, 0, tzinfo=UTC), OFFICE, ["Today 11:00", "Mon 09:00"]),
        (datetime(2026, 3, 9, 10, 0, tzinfo=UTC), OFFICE, ["Today 11:00", "Tomorrow 09:00", "Mon 16 Mar 09:00"]),
        (datetime(2026, 3, 3, 10, 0, tzinfo=UTC), NEVER, []),
    ],
)
def test_likely_times_fall_into_open_hours_each_once(now: datetime, calendar: Calendar, labels: list[str]) -> None:
    assert [time.label for time in likely_times(calendar, now)] == labels


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_a_likely_time_is_always_later_and_open(minutes: int) -> None:
    now = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(NEW_YORK)
    for likely in likely_times(OFFICE, now):
        moment = datetime.fromisoformat(likely.value)
        assert moment > now
        assert OFFICE.is_open(moment)


@pytest.mark.parametrize(
    ("new", "whole", "rest"),
    [
        ("Hello", "Hello\n\n> old", "> old"),
        ("Hello", "Hello", ""),
        ("Hello", "", ""),
        ("", "> old", ""),
        ("Hello  there", "Hello there\n> old", "Hello there\n> old"),
    ],
)
def test_history_is_what_the_writer_did_not_add(new: str, whole: str, rest: str) -> None:
    assert history(new, whole) == rest


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<img src="cid:a%40b" alt="lid">', '<img src="/files/1/x" alt="lid">'),
        ('<img alt="" src="cid:a@b">', '<img alt="" src="/files/1/x">'),
        ("""<img alt="x src='cid:a@b'">""", ""),
        ('<img src="held:https://spy.example/x.gif">', ""),
        ('<img src="cid:other">', ""),
        ('<img src="https://spy.example/x.gif">', ""),
        ("<img>", ""),
        ("<p>words</p>", "<p>words</p>"),
    ],
)
def test_only_pictures_that_came_in_the_letter_are_shown(html: str, shown: str) -> None:
    assert with_pictures(html, {"a@b": "/files/1/x"}) == shown


def test_a_drawing_that_can_hold_scripts_is_no_picture() -> None:
    assert is_picture("image/PNG")
    assert not is_picture("image/svg+xml")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "1 min"),
        (timedelta(minutes=35), "35 min"),
        (timedelta(hours=2, minutes=5), "2 h 05"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_a_span_is_said_as_people_say_it(span: timedelta, words: str) -> None:
    assert length(span) == words


def note(weight: str, **parts: object) -> Note:
    fields: dict[str, object] = {
        "code": "VAGUE_TIME",
        "weight": weight,
        "title": "“Soon” is not a time",
        "advice": "Say a clock time.",
        "start": 4,
        "end": 8,
        "replacement": "at 15:30",
        "gate": "tip",
        **parts,
    }
    return Note(**fields)  # type: ignore[arg-type]


def test_advice_can_be_put_aside_and_red_notes_cannot() -> None:
    better, red = note("better"), note("fix", start=10, end=14)
    review = Review(70, (), (better, red), "hold")
    shown = shown_review(review, aside=[note_id(better), note_id(red)])
    assert [one.weight for one in shown.notes] == ["fix"]
    assert shown.count_line == "1 to mend"
    assert shown.marks == [{"start": 10, "end": 14, "weight": "fix"}]


def test_a_note_offers_its_words_or_to_take_the_place_out() -> None:
    notes = (note("better"), note("better", replacement=""), note("better", replacement=None))
    shown = shown_review(Review(70, (), notes, "ok"))
    assert [[mend.label for mend in one.mends] for one in shown.notes] == [["Say “at 15:30”"], ["Take it out"], []]


def test_a_resting_coach_says_so() -> None:
    shown = shown_review(Review(0, (), (), "ok", resting="I do not read Dutch."))
    assert (shown.count_line, shown.resting) == ("Resting", "I do not read Dutch.")


def test_the_composers_form_is_read_line_by_line() -> None:
    post = QueryDict(
        "text=a%0D%0Ab&html=%3Cb%3E&to=a@x.example&cc=b@x.example;%20c@x.example&cc=b@x.example&subject=a%0Ab"
    )
    written = written_in(post)
    assert (written.text, written.html, written.to) == ("a\nb", "", ["a@x.example"])
    assert written.cc == ["b@x.example", "c@x.example"]
    assert written.subject == "a b"


def test_no_nul_gets_into_a_letter() -> None:
    """PostgreSQL keeps none; without this the letter is lost as it is typed."""
    fields = ("text", "html", "to", "cc", "subject", "reason")
    written = written_in(QueryDict("rich=1&" + "&".join(f"{name}=a%00b" for name in fields)))
    assert [getattr(written, name) for name in fields] == ["ab", "ab", ["ab"], ["ab"], "ab", "ab"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("٣", 3),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("²", None),
        ("-1", None),
        ("", None),
        ("1.0", None),
    ],
)
def test_a_number_from_outside_is_one_or_none(text: str, number: int | None) -> None:
    assert whole(text) == number


@given(st.text())
def test_whatever_stands_for_a_number_is_never_more_than_no_number(text: str) -> None:
    assert whole(text) is None or whole(text) == int(text)


@pytest.mark.parametrize(("query", "seen"), [("seen=7", 7), ("seen=7&anyway=1", None), ("seen=²", None), ("", None)])
def test_sending_anyway_looks_at_nothing_newer(query: str, seen: int | None) -> None:
    assert seen_in(QueryDict(query)) == seen
