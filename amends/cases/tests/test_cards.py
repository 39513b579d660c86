"""What came as a file for a calendar or an address book stands on the letter as words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from amends.cases import cards
from amends.cases.models import File
from amends.kit import blobs
from amends.kit.tests.test_cards import card, event

NOW = datetime(2026, 3, 3, 9, tzinfo=ZoneInfo("Europe/London"))


def file(content: bytes, name: str = "invite.ics", content_type: str = "text/calendar") -> File:
    return File(name=name, content_type=content_type, size=len(content), sha256=blobs.put(content))


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        (["DTSTART:20260305T100000Z", "DTEND:20260305T113000Z"], "Thursday 5 March 10:00 to 11:30"),
        (["DTSTART;TZID=Europe/Berlin:20260303T100000"], "Today 09:00"),
        (["DTSTART;TZID=Somewhere:20260305T100000"], "Thursday 5 March 10:00 (Somewhere)"),
        (["DTSTART:20260305"], "Thursday 5 March"),
        (["DTSTART:20260305", "DTEND:20260308"], "Thursday 5 March to Saturday 7 March"),
        (["DTSTART:20260305T220000Z", "DTEND:20260306T010000Z"], "Thursday 5 March 22:00 to Friday 6 March 01:00"),
        (["DTSTART:99991231T235959Z"], "Friday 31 December 9999 23:59"),
        ([], ""),
    ],
)
def test_an_invitation_says_its_time_here(lines: list[str], when: str) -> None:
    (shown,) = cards.of([file(event("SUMMARY:Collecting", *lines))], NOW)
    assert shown == cards.CardShown("calendar", "Collecting", (when,) if when else ())


def test_a_visiting_card_says_how_to_reach_somebody() -> None:
    (shown,) = cards.of([file(card("FN:Ann", "TEL:+44 1"), "ann.vcf", "application/octet-stream")], NOW)
    assert shown == cards.CardShown("user-round", "Ann", ("+44 1",))


def test_the_same_invitation_twice_is_one_card_and_other_files_are_none() -> None:
    invite = event("SUMMARY:Collecting")
    files = [file(invite), file(invite), file(invite, "invite.txt", "text/plain")]
    assert len(cards.of(files, NOW)) == 1


def test_bytes_that_are_gone_are_no_card() -> None:
    assert cards.of([File(name="a.ics", content_type="text/calendar", size=3, sha256="0" * 64)], NOW) == ()
