"""A law's time, and the clock of a rung, are nobody's to put off, to let go or to call kept (ES7, C3.1, C4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from amends.cases.models import Case, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Escalation, PackInUse, Promise
from amends.clock.promises import PromiseError
from amends.flows import escalating, partnering, promising, retiming, starting, steps, tasks, weighing
from amends.flows.decide import decide
from amends.flows.retiming import NewTime
from amends.flows.steps import StepError
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
LATER = TUESDAY + 2 * HOUR
FAR = NewTime(TUESDAY + 700 * DAY, "busy")

PUT_OFF: list[Callable[[Promise, Member], object]] = [
    lambda promise, by: retiming.unseen(promise, FAR, by=by, now=LATER),
    lambda promise, by: retiming.by_call(promise, FAR, "He does not mind.", LATER, by=by, now=LATER),
    lambda promise, by: promising.let_off(promise, "eh", by=by, now=LATER),
]


@pytest.fixture
def seniors(cast: Cast) -> Cast:
    """Ines stands on rung 2, Marguerite on rung 3."""
    for member, rung in ((cast.ines, 2), (cast.marguerite, 3)):
        member.rung = rung
        member.save()
    return cast


def final_response(cast: Cast) -> Promise:
    PackInUse.objects.create(brand=cast.thimble, pack="uk-fca-disp", since=TUESDAY - HOUR)
    case = complaint(cast, text="They came broken and I am very disappointed.")
    return Promise.objects.get(case=case, rule="uk-fca-disp/final")


def on_rung_two(cast: Cast) -> Escalation:
    case = complaint(cast)
    starting.write_up_call(case, "Sorry, we send new ones.", by=cast.delphine, now=TUESDAY + HOUR)
    for _rung in (1, 2):
        rung = escalating.ask_for_backup(case, "She wants her money.", by=cast.delphine, now=TUESDAY + HOUR)
    return rung


def clock(rung: Escalation) -> Promise:
    rung.refresh_from_db()
    assert rung.promise is not None
    return rung.promise


def settled(case: Case) -> int:
    kinds = ("promise.rescheduled", "promise.released", "promise.kept", "step.done", "step.moved")
    return Entry.objects.filter(case=case, kind__in=kinds).count()


def only(promise: Promise) -> Case:
    """The case's step is this one."""
    Promise.objects.filter(case=promise.case).exclude(pk=promise.pk).update(due=promise.due + DAY)
    case = Case.objects.get(pk=promise.case_id)
    decide(case, LATER)
    assert NextStep.objects.get(case=case).promise_id == promise.pk
    return case


@pytest.mark.parametrize("put_off", PUT_OFF)
def test_a_laws_time_is_not_put_off_or_let_go_by_a_member_es7(cast: Cast, put_off: Callable[..., object]) -> None:
    law = final_response(cast)
    before = settled(law.case)
    with pytest.raises(PromiseError, match="A policy pack sets this time"):
        put_off(law, cast.bo)
    law.refresh_from_db()
    assert promises.is_owed(law)
    assert settled(law.case) == before


def test_a_step_of_a_law_does_not_wait_es7(cast: Cast) -> None:
    law = final_response(cast)
    case = only(law)
    with pytest.raises(StepError, match="A policy pack sets this time"):
        steps.not_now(case, law.due + DAY, "busy", by=cast.bo, now=LATER)
    law.refresh_from_db()
    assert promises.is_owed(law) and not Entry.objects.filter(case=case, kind="step.moved").exists()


@pytest.mark.parametrize(
    "settle",
    [*PUT_OFF, lambda promise, by: promising.keep(promise, by=by, now=LATER, evidence="done")],
)
def test_a_rungs_clock_is_kept_by_a_decision_alone_c3_1(seniors: Cast, settle: Callable[..., object]) -> None:
    rung = on_rung_two(seniors)
    before = settled(rung.case)
    with pytest.raises(PromiseError, match="Whoever joined says what they decided"):
        settle(clock(rung), seniors.bo)
    assert promises.is_owed(clock(rung))
    assert settled(rung.case) == before
    assert rung.member is not None
    escalating.decide_on(rung, "She gets her money back.", "call", by=rung.member, now=LATER)
    assert clock(rung).kept_at == LATER


def test_the_step_of_a_rung_is_neither_done_nor_put_off_c3_1(seniors: Cast) -> None:
    rung = on_rung_two(seniors)
    case = only(clock(rung))
    with pytest.raises(StepError, match="Whoever joined says"):
        steps.done(case, None, by=seniors.bo, now=LATER, how="done")
    with pytest.raises(StepError, match="Whoever joined says"):
        steps.not_now(case, LATER + DAY, "busy", by=seniors.bo, now=LATER)
    assert promises.is_owed(clock(rung))
    assert not Entry.objects.filter(case=case, kind__in=("step.done", "step.moved")).exists()


def test_a_rungs_clock_that_got_another_time_is_still_the_rungs_c3_1(seniors: Cast) -> None:
    """However it was moved, in an older version or by a script: when it runs out the next rung joins."""
    rung = on_rung_two(seniors)
    after = promises.move(clock(rung), due=LATER + HOUR, reason="busy", at=LATER, by=seniors.bo)
    assert clock(rung) == after
    tasks.break_promises(LATER + HOUR)
    while weighing.weigh_changed(LATER + HOUR):
        pass
    assert Entry.objects.filter(case=rung.case_id, kind="rung.missed", data__rung=2).count() == 1
    assert Escalation.objects.get(case=rung.case_id, rung=3).trigger == "clock_missed"


def test_c4_3_a_step_of_asking_a_partner_is_done_by_their_yes_alone(cast: Cast) -> None:
    case = complaint(cast)
    starting.write_up_call(case, "Sorry.", by=cast.delphine, now=TUESDAY + MINUTE)
    asked = partnering.Asked("Harrow", "exchange the shoes", TUESDAY + DAY, TUESDAY + HOUR)
    ours, theirs = partnering.ask(case, asked, by=cast.delphine, now=TUESDAY + 2 * MINUTE)
    assert NextStep.objects.get(case=case).promise_id == ours.pk
    with pytest.raises(StepError, match="when the partner says yes"):
        steps.done(case, None, by=cast.delphine, now=TUESDAY + 5 * MINUTE, how="x")
    assert not Entry.objects.filter(case=case, kind="step.done").exists()
    partnering.said_yes(theirs, "Gus will do it.", by=cast.delphine, now=TUESDAY + 6 * MINUTE)
    ours.refresh_from_db()
    assert ours.kept_at is not None
    assert promises.owed(case).filter(kind=Promise.Kind.TELL).count() == 1


def test_a_call_that_was_the_step_is_written_down_as_a_call_c4_2(cast: Cast) -> None:
    """Whichever way it is called kept, the timeline tells the same."""
    case = complaint(cast)
    starting.write_up_call(case, "Sorry.", by=cast.delphine, now=TUESDAY + MINUTE)
    word = promises.Word("ring you", LATER + HOUR, Promise.Kind.CALLBACK)
    promise = promising.give(case, word, promisor=cast.bo, by=cast.bo, now=TUESDAY + 2 * MINUTE)
    steps.done(only(promise), None, by=cast.bo, now=LATER, how="She is glad.", seconds=90)
    call = Entry.objects.filter(case=case, kind="contact.call").latest("pk")
    assert (call.data["seconds"], call.letter.new_text, call.member) == (90, "She is glad.", cast.bo)
    promise.refresh_from_db()
    assert promise.kept_at == LATER
