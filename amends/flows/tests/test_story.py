"""What the coach is told of a whole case (C7.4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from amends.cases import timeline
from amends.cases.models import Case, Entry
from amends.clock import promises
from amends.clock.models import Promise
from amends.coach.brief import Brief
from amends.flows import briefing, merging, promising, story, tasks
from amends.flows.tests.test_reply import LATER, sent
from amends.people.models import Member, Rung
from tests.cast import Cast, complaint, hear, mail

DAY = timedelta(days=1)


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complaint(cast, text="It is order 3391. It looks nothing like the picture.")
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    case.refresh_from_db()
    sent(cast, case)
    return case


def briefed(cast: Cast, case: Case, days: int = 4) -> Brief:
    return briefing.brief(case, cast.delphine, LATER + days * DAY)


def given(cast: Cast, case: Case) -> Promise:
    """A word that Delphine gives after the letter: the right flowers by the next day."""
    word = promises.Word("bring you the right flowers", LATER + DAY, Promise.Kind.SEND)
    return promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=LATER + timedelta(minutes=5))


def came_back(case: Case, **told: Any) -> Entry:
    return timeline.record(case, "complaint.returned", at=LATER + 3 * DAY, **{"return": "follow_up", **told})


def test_before_anything_failed_one_sorry_is_enough(cast: Cast, case: Case) -> None:
    brief = briefed(cast, case, days=0)
    assert (brief.apologised_before, brief.apologies_before, brief.failed, brief.seniors) == (True, 1, "", ())
    assert not brief.first_apology


def test_a_broken_word_earns_a_new_sorry_from_somebody_senior(cast: Cast, case: Case) -> None:
    given(cast, case)
    tasks.break_promises(LATER + 2 * DAY)
    assert Entry.objects.filter(case=case, kind="promise.broken", data__source="person").count() == 1
    brief = briefed(cast, case)
    assert (brief.failed, brief.first_apology, brief.senior) == ("word", True, False)
    assert brief.seniors == ("Ines Calder",)
    assert briefing.brief(case, cast.ines, LATER + 4 * DAY).senior


def test_a_word_of_which_the_customer_knows_nothing_does_not_break_for_them(cast: Cast, case: Case) -> None:
    word = promises.Word("ask the depot", LATER + DAY, visible=False)
    promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=LATER)
    tasks.break_promises(LATER + 2 * DAY)
    assert Entry.objects.filter(case=case, kind="promise.broken", data__source="person").exists()
    assert briefed(cast, case).failed == ""


def test_only_managers_who_work_on_the_brand_may_say_it(cast: Cast, case: Case) -> None:
    for member in (cast.marguerite, cast.carline, cast.callum):
        Member.objects.filter(pk=member.pk).update(rung=Rung.MANAGER)
    cast.callum.teams.clear()
    assert story.seniors_of(case) == [cast.ines, cast.marguerite], "none who only reads, none who serves no brand"


def test_what_was_done_and_did_not_hold_is_a_fix_that_failed(cast: Cast, case: Case) -> None:
    came_back(case)
    assert briefed(cast, case).failed == "", "nothing had been done yet that could fail"


def test_a_kept_word_after_which_they_come_back_did_not_hold(cast: Cast, case: Case) -> None:
    promises.keep(given(cast, case), at=LATER + DAY, by=cast.delphine, evidence="handed over")
    assert (briefed(cast, case).failed, briefed(cast, case).deeds_since_apology) == ("", 1)
    came_back(case)
    assert (briefed(cast, case).failed, briefed(cast, case).first_apology) == ("fix", True)


def test_all_letters_of_theirs_are_told_and_the_newest_is_answered(cast: Cast, case: Case) -> None:
    hear(cast.mailbox, mail("Any news?", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), LATER + DAY)
    brief = briefed(cast, case)
    assert brief.customer_words == "Any news?"
    assert brief.told_before == ("It is order 3391. It looks nothing like the picture.",)


def test_a_case_that_was_taken_in_belongs_to_the_story(cast: Cast, case: Case) -> None:
    other = hear(cast.mailbox, mail("My bill 77 is wrong.", subject="The bill", key="9"), LATER + DAY)
    assert other is not None
    merging.merge(Case.objects.get(pk=other.case_id), case, by=cast.delphine, now=LATER + DAY)
    assert "My bill 77 is wrong." in briefed(cast, case).all_words


def test_of_a_very_long_case_the_newest_is_read(cast: Cast, case: Case) -> None:
    words = timeline.Words(new_text="And again.")
    timeline.record_all(
        [timeline.Event(case, "contact.in", LATER + DAY, case.customer, words=words) for _ in range(story.MOST + 5)]
    )
    assert len(story.of_case(case).entries) == story.MOST
    assert len(briefed(cast, case).told_before) == story.MOST_LETTERS - 1
