"""What the desk writes by itself is nobody's word: not ours, and no reason to hold a letter back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from amends.channels.email.read import read
from amends.channels.local.maildir import letters_for
from amends.flows import briefing, portal, reply, tasks
from amends.flows.tests.test_reply import GOOD, LATER, sent
from tests.cast import Cast, complaint


def test_a_new_link_is_nothing_newer_that_was_said(cast: Cast) -> None:
    case = complaint(cast)
    seen = reply.newest_said(case)
    assert portal.ask_link(case, LATER) is not None
    assert reply.newest_said(case) == seen
    assert reply.newer_than(case, seen) is None


def test_a_new_link_is_no_earlier_letter_of_ours(cast: Cast) -> None:
    case = complaint(cast)
    sent(cast, case)
    portal.ask_link(case, LATER + timedelta(hours=1))
    assert briefing.brief(case, cast.bo, LATER + timedelta(hours=2)).earlier_letters == (GOOD,)


def test_a_new_link_leaves_with_a_word_to_machines_that_no_person_wrote_it(cast: Cast, tmp_path: Path) -> None:
    """S16: no vacation notice comes back."""
    case = complaint(cast)
    portal.ask_link(case, LATER)
    tasks.deliver_waiting(LATER)
    (link,) = letters_for(tmp_path / "letters", "rosalind@example.com")
    assert b"\r\nAuto-Submitted: auto-generated\r\n" in link
    assert read(link).automatic == "auto-generated"


def test_a_persons_letter_says_nothing_of_the_kind(cast: Cast, tmp_path: Path) -> None:
    sent(cast, complaint(cast))
    (letter,) = letters_for(tmp_path / "letters", "rosalind@example.com")
    assert b"Auto-Submitted" not in letter
