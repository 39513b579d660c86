"""Invitations and visiting cards become few plain words, whatever is in the file."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.kit.cards import MOST_BYTES, MOST_CARDS, MOST_NAMES, Invitation, VisitingCard, read
from tests.effort import examples


def event(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def card(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD", ""]).encode()


def invited(*lines: str) -> Invitation:
    (found,) = read(event(*lines))
    assert isinstance(found, Invitation)
    return found


def visiting(*lines: str) -> VisitingCard:
    (found,) = read(card(*lines))
    assert isinstance(found, VisitingCard)
    return found


def test_an_invitation_says_what_when_where_and_who() -> None:
    found = invited(
        "SUMMARY:Collecting the lamp\\, at last",
        "DTSTART;TZID=Europe/London:20260305T100000",
        "DTEND;TZID=Europe/London:20260305T110000",
        "LOCATION:4 Mill Lane\\nBath",
        'ORGANIZER;CN="Achterberg, Rosalind":mailto:rosalind@example.com',
        "ATTENDEE;ROLE=REQ-PARTICIPANT:MAILTO:help@thimble.example",
    )
    london = ZoneInfo("Europe/London")
    assert found == Invitation(
        title="Collecting the lamp, at last",
        start=datetime(2026, 3, 5, 10, tzinfo=london),
        end=datetime(2026, 3, 5, 11, tzinfo=london),
        zone="",
        place="4 Mill Lane Bath",
        people=("Achterberg, Rosalind (rosalind@example.com)", "help@thimble.example"),
        cancelled=False,
    )


@pytest.mark.parametrize(
    ("line", "start", "zone"),
    [
        ("DTSTART:20260305T100000Z", datetime(2026, 3, 5, 10, tzinfo=UTC), ""),
        ("DTSTART:20260305T100000", datetime(2026, 3, 5, 10), ""),
        ("DTSTART;VALUE=DATE:20260305", date(2026, 3, 5), ""),
        ("DTSTART;TZID=W. Europe Standard Time:20260305T100000", datetime(2026, 3, 5, 10), "W. Europe Standard Time"),
        ("DTSTART;TZID=../../etc/passwd:20260305T100000", datetime(2026, 3, 5, 10), "../../etc/passwd"),
        ("DTSTART:20261345T990000", None, ""),
        ("DTSTART:soon", None, ""),
    ],
)
def test_a_time_is_taken_as_written(line: str, start: date | None, zone: str) -> None:
    found = invited("SUMMARY:x", line)
    assert (found.start, found.zone) == (start, zone)


def test_the_last_of_whole_days_is_the_day_before_its_end() -> None:
    assert invited("SUMMARY:x", "DTSTART;VALUE=DATE:20260305", "DTEND;VALUE=DATE:20260307").end == date(2026, 3, 6)


@pytest.mark.parametrize("raw", [event("SUMMARY:x", "STATUS:CANCELLED"), b"METHOD:CANCEL\r\n" + event("SUMMARY:x")])
def test_a_cancelled_one_is_known(raw: bytes) -> None:
    assert [one.cancelled for one in read(raw) if isinstance(one, Invitation)] == [True]


def test_what_is_nested_in_an_event_is_not_the_event() -> None:
    found = invited("SUMMARY:Real", "BEGIN:VALARM", "SUMMARY:Alarm", "END:VALARM", "LOCATION:Here")
    assert (found.title, found.place) == ("Real", "Here")


def test_a_visiting_card_says_name_phones_and_addresses() -> None:
    found = visiting(
        "FN:Ann Bright",
        "ORG:Mill;Sales",
        "item1.TEL;TYPE=cell:+44 1",
        "TEL;VALUE=uri:tel:+44-2",
        "EMAIL:ann@mail.example",
    )
    assert found == VisitingCard("Ann Bright", "Mill, Sales", ("+44 1", "+44-2"), ("ann@mail.example",))


def test_an_old_card_in_quoted_printable_is_read() -> None:
    raw = "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller;J=C3=B6=\r\nrg"
    assert visiting(raw).name == "Jörg Müller"


def test_folded_lines_and_hidden_marks_are_made_plain() -> None:
    assert visiting("FN:Ann\u202e\r\n  Bri\r\n\tght").name == "Ann Bright"


def test_no_more_is_read_than_a_person_looks_at() -> None:
    people = [f"ATTENDEE:mailto:a{number}@b.example" for number in range(500)]
    assert len(invited("SUMMARY:" + "x" * 9_000, *people).people) == MOST_NAMES
    assert len(invited("SUMMARY:" + "x" * 9_000).title) == 300
    assert len(read(card("FN:Ann") * 50)) == MOST_CARDS


@pytest.mark.parametrize(
    "piece", [b"BEGIN:VEVENT\n", b"\n ", b";", b"=\n", b'A;B="', b"A" * 59 + b";", b"\\", b"A;B=" + b'"' * 3]
)
def test_hostile_files_are_read_in_time(piece: bytes) -> None:
    raw = event("SUMMARY:x")[:-40] + piece * (2 * MOST_BYTES // len(piece))
    begun = time.process_time()
    read(raw)
    assert time.process_time() - begun < 1.0


@given(st.binary(max_size=300), st.text('BEGINDVEVCALRD:;="\\\n ,TZ0123456789-', max_size=200))
@settings(max_examples=examples(300), deadline=None)
def test_any_bytes_are_taken(raw: bytes, text: str) -> None:
    read(raw)
    read(event(text))
    read(card(text))
