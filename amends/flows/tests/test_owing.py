"""What the house owes: an answer by a person, or to ask whether it is right now (C0.3)."""

from __future__ import annotations

from datetime import timedelta

from amends.cases import timeline
from amends.cases.models import Case, NextStep
from amends.channels import inbox
from amends.flows import intake, owing, portal
from tests.cast import TUESDAY, Cast, complaint, mail

LATER = TUESDAY + timedelta(hours=1)


def test_a_letter_that_the_desk_sends_by_itself_answers_nobody(cast: Cast) -> None:
    case = complaint(cast)
    heard = _unanswered(case)
    assert heard is not None
    assert portal.ask_link(case, LATER) is not None
    assert _unanswered(case) == heard


def test_a_call_written_up_answers_what_was_said_before_it(cast: Cast) -> None:
    case = complaint(cast)
    timeline.record(case, "contact.call", at=LATER, by=cast.delphine)
    assert _unanswered(case) is None


def test_what_was_kept_before_our_letter_but_taken_in_after_it_wants_an_answer(cast: Cast) -> None:
    """Nobody here could read it when the letter was written."""
    case = complaint(cast)
    late = inbox.keep(
        cast.mailbox,
        mail("Not to my old address.", key="2", headers="In-Reply-To: <1@mail.example.com>\nPrecedence: bulk\n"),
        source="test",
        now=LATER,
    )
    assert intake.take_in(late.pk, LATER) is None
    timeline.record(case, "contact.out", at=LATER + timedelta(hours=1), by=cast.delphine)
    entry = intake.take_in_anyway(late.pk, LATER + timedelta(hours=2))
    assert entry is not None
    unanswered = _unanswered(case)
    assert unanswered is not None
    assert unanswered.entry_id == entry.pk
    assert NextStep.objects.get(case=case).kind == "answer"


def _unanswered(case: Case) -> timeline.Spoken | None:
    return owing.first_unanswered(timeline.talk_on([case.pk])[case.pk])
