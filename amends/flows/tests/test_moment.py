"""A letter that quarrels waits a moment before it may leave (C7.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases import drafts, timeline
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.coach.models import Coaching
from amends.flows import briefing, moment, reply, tasks
from amends.flows.tests.test_reply import GOOD, LATER, written
from amends.people.models import Customer
from tests.cast import Cast, complaint

SECOND = timedelta(seconds=1)
ARGUES = "Dear Rosalind, you are mistaken: our records prove that these are the right flowers. Delphine Marsh"


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    case.refresh_from_db()
    return case


def tried(draft: Draft, at: int) -> Exception | None:
    """What hinders the letter so many seconds after the first try."""
    try:
        reply.hold(draft, by=draft.author, now=LATER + at * SECOND)
    except reply.CannotSend as error:
        return error
    return None


def moments(case: Case) -> list[Entry]:
    return list(Entry.objects.filter(case=case, kind="coach.moment"))


def test_it_waits_sixty_seconds_and_then_goes_with_a_reason(cast: Cast, case: Case) -> None:
    draft = written(cast, case, ARGUES, reason="She asked for the proof.")
    error = tried(draft, 0)
    assert isinstance(error, reply.TakesAMoment)
    assert error.until == LATER + 60 * SECOND
    assert isinstance(tried(draft, 59), reply.TakesAMoment)
    assert tried(draft, 60) is None
    (entry,) = moments(case)
    assert entry.member == draft.author
    assert entry.data["until"] == (LATER + 60 * SECOND).isoformat()
    assert "ARGUES" in entry.data["flags"]

    tasks.release_held(LATER + 80 * SECOND)
    said = Entry.objects.get(case=case, kind="contact.out")
    assert said.data["coach_reason"] == "She asked for the proof."
    assert "ARGUES" in said.data["flags"]


def test_after_the_moment_it_still_wants_its_reason(cast: Cast, case: Case) -> None:
    draft = written(cast, case, ARGUES)
    tried(draft, 0)
    assert isinstance(tried(draft, 60), reply.CoachHolds)


def test_what_was_written_anew_in_the_moment_leaves_at_once(cast: Cast, case: Case) -> None:
    draft = written(cast, case, ARGUES)
    tried(draft, 0)
    better = written(cast, case, GOOD)
    assert better.pk == draft.pk
    assert tried(better, 5) is None


def test_a_poor_answer_to_somebody_who_rages_waits_though_it_has_no_fault(cast: Cast) -> None:
    case = complaint(cast, text="THIS IS THE WORST SHOP I HAVE EVER SEEN!!! I am furious.")
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    case.refresh_from_db()
    poor = "Rosalind, I am sorry that we sent the wrong flowers; that was our mistake. New ones come on Friday."
    draft = written(cast, case, poor, reason="")
    assert isinstance(tried(draft, 0), reply.TakesAMoment)
    assert isinstance(tried(draft, 60), reply.CoachHolds), "with a reason, C7.3"


def test_a_desk_chooses_how_long_and_may_choose_nothing(cast: Cast, case: Case) -> None:
    Coaching.objects.create(pause_seconds=0)
    draft = written(cast, case, ARGUES, reason="So be it.")
    assert tried(draft, 0) is None
    assert len(moments(case)) == 1
    drafts.undo(draft.pk, by=draft.author)


def test_the_pause_shows_who_they_are_to_us(cast: Cast, case: Case) -> None:
    Customer.objects.filter(pk=case.customer_id).update(created_at=LATER.replace(year=2019))
    NextStep.objects.filter(case=case).update(risk=85)
    case.refresh_from_db()
    shown = moment.of_case(case, briefing.brief(case, cast.delphine, LATER, ARGUES), LATER)
    assert shown.futures[0].endswith("They have been with us since 2019. The risk of losing them is 85 % today.")
    assert "Rosalind" in shown.futures[1]
    assert (shown.seconds, shown.opening.startswith("Dear Rosalind")) == (60, True)
    assert shown.theirs == "It looks nothing like the picture, and I look foolish."


def test_of_somebody_new_it_says_nothing_that_is_not_known(cast: Cast, case: Case) -> None:
    NextStep.objects.filter(case=case).update(risk=0)
    shown = moment.of_case(case, briefing.brief(case, cast.delphine, LATER, ARGUES), LATER)
    assert shown.futures[0].endswith("or tell others.")


def test_the_moment_of_one_letter_is_none_of_the_next(cast: Cast, case: Case) -> None:
    timeline.record(case, "coach.moment", at=LATER, draft=10_000, until=LATER.isoformat(), flags=[])
    assert moment.waits_until(written(cast, case, ARGUES)) is None
