"""What the house owes: an answer by a person, or to ask whether it is right now (C0.3)."""

from __future__ import annotations

from datetime import timedelta

from amends.cases import timeline
from amends.flows import owing, portal
from tests.cast import TUESDAY, Cast, complaint

LATER = TUESDAY + timedelta(hours=1)


def test_a_letter_that_the_desk_sends_by_itself_answers_nobody(cast: Cast) -> None:
    case = complaint(cast)
    heard = owing.first_unanswered(case)
    assert heard is not None
    assert portal.ask_link(case, LATER) is not None
    assert owing.first_unanswered(case) == heard


def test_a_call_written_up_answers_what_was_said_before_it(cast: Cast) -> None:
    case = complaint(cast)
    timeline.record(case, "contact.call", at=LATER, by=cast.delphine)
    assert owing.first_unanswered(case) is None
