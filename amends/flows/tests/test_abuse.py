"""While a case pauses nobody must answer, and nothing is broken by it (A077)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Case, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import abuse, recounting, starting, tasks
from amends.flows.decide import decide
from tests.cast import TUESDAY, Cast, complaint

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
UNTIL = TUESDAY + 10 * DAY


@pytest.fixture
def case(cast: Cast) -> Case:
    return complaint(cast)


def paused(cast: Cast, case: Case) -> None:
    for what, until in ((abuse.WARN, None), (abuse.PAUSE, UNTIL)):
        abuse.act(case, what, "He swears.", until=until, by=cast.delphine, now=TUESDAY + MINUTE)


def resumed(cast: Cast, case: Case, at: timedelta) -> None:
    abuse.act(case, abuse.RESUME, "He said sorry.", until=None, by=cast.delphine, now=TUESDAY + at)


def answer(case: Case) -> Promise:
    return Promise.objects.get(case=case, kind=Promise.Kind.FIRST_REPLY)


def test_a077_the_answer_waits_and_no_word_of_ours_is_broken(cast: Cast, case: Case) -> None:
    paused(cast, case)
    assert answer(case).due == NextStep.objects.get(case=case).by == UNTIL
    assert promises.state_of(answer(case), TUESDAY + HOUR) == "open"
    tasks.break_promises(TUESDAY + 9 * DAY)
    assert answer(case).broken_at is None
    assert Entry.objects.filter(case=case, kind="promise.recounted").count() == 1


def test_a077_answer_again_gives_the_time_back_that_it_had(cast: Cast, case: Case) -> None:
    before = answer(case).due
    paused(cast, case)
    resumed(cast, case, HOUR)
    assert answer(case).due == NextStep.objects.get(case=case).by == before
    assert Entry.objects.filter(case=case, kind="promise.recounted").count() == 2


def test_a077_what_would_have_passed_in_the_pause_is_due_at_once(cast: Cast, case: Case) -> None:
    paused(cast, case)
    resumed(cast, case, 3 * DAY)
    assert answer(case).due == TUESDAY + 3 * DAY + 30 * MINUTE


def test_a077_new_targets_end_no_pause(cast: Cast, case: Case) -> None:
    paused(cast, case)
    recounting.recount_brand(cast.thimble, why="other hours", by=cast.marguerite, now=TUESDAY + HOUR)
    assert answer(case).due == UNTIL


def test_a077_nobody_must_say_how_it_stands_before_the_pause_ends(cast: Cast, case: Case) -> None:
    """SL9: the rhythm goes on afterwards."""
    starting.write_up_call(case, "We send new ones.", by=cast.delphine, now=TUESDAY)
    word = promises.Word("send new ones", TUESDAY + 20 * DAY)
    promises.make(case, word, promisor=cast.delphine, at=TUESDAY, by=cast.delphine)
    decide(case, TUESDAY)
    paused(cast, case)
    for hours in range(1, 24 * 9, 5):
        tasks.tell_how_it_stands(TUESDAY + hours * HOUR)
    assert not promises.owed(case).filter(kind=Promise.Kind.TELL).exists()
    tasks.tell_how_it_stands(UNTIL)
    told = promises.owed(case).get(kind=Promise.Kind.TELL)
    assert told.made_at == UNTIL
    assert Entry.objects.filter(case=case, kind="promise.made", data__promise=told.pk).count() == 1


def test_a077_a_word_on_how_it_stands_waits_and_comes_back_as_the_answer_does(cast: Cast, case: Case) -> None:
    due = TUESDAY + 2 * HOUR
    word = promises.Word("tell you", due, Promise.Kind.TELL, source=Promise.Source.POLICY, visible=False)
    told = promises.make(case, word, promisor=cast.delphine, at=TUESDAY, by=None)
    paused(cast, case)
    told.refresh_from_db()
    assert told.due == UNTIL
    resumed(cast, case, HOUR)
    told.refresh_from_db()
    assert told.due == TUESDAY + HOUR + 30 * MINUTE
