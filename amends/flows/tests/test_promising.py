"""A word outside a letter: given, kept, moved, let off, by colleagues who may read an older page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from amends.cases.models import Case, NextStep
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import closing, handover, merging, promising, starting
from tests.cast import TUESDAY, Cast, complaint, hear, mail

LATER = TUESDAY + timedelta(hours=1)


def ring(cast: Cast, case: Case) -> Promise:
    word = promises.Word("ring her", LATER + timedelta(hours=1), Promise.Kind.CALLBACK)
    return promising.give(case, word, promisor=cast.bo, by=cast.bo, now=TUESDAY)


def test_two_colleagues_keep_a_word_and_the_slower_one_is_told(cast: Cast) -> None:
    word = ring(cast, complaint(cast))
    read_by_ines = Promise.objects.get(pk=word.pk)
    promising.keep(word, by=cast.bo, now=LATER, evidence="spoke to her", seconds=95)
    with pytest.raises(promises.PromiseError, match="settled already"):
        promising.keep(read_by_ines, by=cast.ines, now=LATER, evidence="spoke to her", seconds=95)


def test_a_word_that_went_along_into_another_case_is_kept_there(cast: Cast) -> None:
    source, target = complaint(cast), complaint(cast, key="2", subject="The vase")
    word = ring(cast, source)
    merging.merge(source, target, by=cast.ines, now=TUESDAY)
    with pytest.raises(promises.PromiseError, match="taken into another"):
        promising.keep(word, by=cast.bo, now=LATER, evidence="spoke to her")
    assert not NextStep.objects.filter(case=source).exists()


def test_a_case_that_was_taken_away_meanwhile_is_left_without_a_step(cast: Cast) -> None:
    """Law 1: what was merged away has none."""
    source, target = complaint(cast), complaint(cast, key="2", subject="The vase")
    merging.merge(source, target, by=cast.ines, now=TUESDAY)
    with pytest.raises(promises.PromiseError, match="taken into another"):
        ring(cast, source)
    with pytest.raises(closing.ClosingError, match="taken into another"):
        closing.close(source, "answered", by=cast.ines, now=LATER)
    with pytest.raises(handover.HandoverError, match="taken into another"):
        handover.hand_over(source, cast.ines, "It came late.", by=cast.bo, now=LATER)
    assert not NextStep.objects.filter(case=source).exists()


def test_whoever_was_asked_twice_and_says_nothing_is_left_in_peace_for_a_fortnight(cast: Cast) -> None:
    """`confirm.ask_after`, C3.4: there is no third touch; then it may stand as settled, unconfirmed (C5.1)."""
    case = complaint(cast)
    at, dues = LATER, []
    for said in ("I sent the new ones.", "Is it right now?", "I ask once more: is it right?"):
        starting.write_up_call(case, said, by=cast.bo, now=at)
        step = NextStep.objects.get(case=case)
        assert step.kind == "hear"
        dues.append(step.by - at)
        at = step.by - timedelta(minutes=5)
    assert max(dues[:2]) < timedelta(days=5)
    assert timedelta(days=14) <= dues[2] < timedelta(days=18)
    hear(cast.mailbox, mail("Not quite, sorry.", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), at)
    starting.write_up_call(case, "We put it right.", by=cast.bo, now=at)
    assert NextStep.objects.get(case=case).by - at < timedelta(days=5), "their word begins it anew"


@pytest.mark.parametrize("settle", [promising.keep, promising.let_off])
def test_an_answer_is_not_settled_without_one(cast: Cast, settle: Callable[..., None]) -> None:
    """C0.3: what was said on the street is written up; else the same answer is owed again, and late."""
    case = complaint(cast)
    answer = promises.owed(case).get()
    name = "evidence" if settle is promising.keep else "reason"
    with pytest.raises(promises.PromiseError, match="write up the call"):
        settle(answer, by=cast.bo, now=LATER, **{name: "told her on the street"})
    assert list(promises.owed(case)) == [answer]
    starting.write_up_call(case, "Told her on the street.", by=cast.bo, now=LATER)
    assert [promise.kind for promise in promises.owed(case)] == [Promise.Kind.HEAR]
