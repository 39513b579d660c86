"""How a case weighs beside others: the triage score (C3.5), the risk of loss (C5.3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from amends.cases import timeline
from amends.cases.models import Case, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Alarm, Promise
from amends.flows import matter, scoring, starting, tasks
from amends.flows.decide import decide
from amends.flows.looking import Staff
from tests.cast import TUESDAY, Cast, complaint

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_c3_5_a_case_is_scored_when_it_is_decided_on(cast: Cast) -> None:
    case = complaint(cast)
    step = NextStep.objects.get(case=case)
    assert (step.score, step.score_turns_at) == (40, case.opened_at + DAY), "severity three, this very day"
    Case.objects.filter(pk=case.pk).update(severity=5, guard="vulnerable")
    decide(Case.objects.get(pk=case.pk), TUESDAY)
    assert NextStep.objects.get(case=case).score == 85


def test_c3_5_a_post_in_public_raises_the_score(cast: Cast) -> None:
    case = complaint(cast)
    before = NextStep.objects.get(case=case).score
    matter.change(case, matter.of(case), {**matter.of(case), "post": "a review"}, by=cast.delphine, now=TUESDAY)
    assert Entry.objects.filter(case=case, kind="case.matter_set").count() == 1
    assert NextStep.objects.get(case=case).score > before


def test_c3_5_whoever_waits_a_day_more_is_scored_anew_with_nobody_touching_the_case(cast: Cast) -> None:
    case = complaint(cast)
    assert scoring.weigh_anew(TUESDAY + DAY - timedelta(hours=1), 50) == 0
    assert scoring.weigh_anew(TUESDAY + DAY, 50) == 1
    assert scoring.weigh_anew(TUESDAY + DAY, 50) == 0
    assert NextStep.objects.get(case=case).score == 45
    scoring.weigh_anew(TUESDAY + 9 * DAY, 50)
    step = NextStep.objects.get(case=case)
    assert (step.score, step.score_turns_at) == (60, None), "four days are the most that count"


def test_c5_3_a_broken_promise_raises_the_risk_of_loss(cast: Cast) -> None:
    case = complaint(cast)
    assert NextStep.objects.get(case=case).risk == 68
    for _ in range(2):
        timeline.record(case, "promise.broken", at=TUESDAY, visible=True, source="person")
    timeline.record(case, "promise.broken", at=TUESDAY, visible=False, source="person")
    decide(case, TUESDAY)
    step = NextStep.objects.get(case=case)
    assert (step.risk, step.score) == (78, 55)
    case.loss = Decimal(220)
    decide(case, TUESDAY)
    assert NextStep.objects.get(case=case).risk == 91, "SC-2: 1 - max(0.19 - 0.10, 0.05)"


def test_two_dues_of_the_house_in_one_minute_are_due_at_once(cast: Cast) -> None:
    """The seconds in which two letters came decide nothing: the list is by the minute, then by the score (RO6)."""
    case = complaint(cast, TUESDAY + timedelta(seconds=41))
    promise = Promise.objects.get(case=case)
    assert promise.due == TUESDAY + timedelta(hours=4) == NextStep.objects.get(case=case).by


def test_what_the_ladder_has_written_stays_when_the_step_is_set_again(cast: Cast) -> None:
    case = complaint(cast)
    NextStep.objects.filter(case=case).update(rung=2, last_chance=True)
    after = decide(case, TUESDAY)
    kept = NextStep.objects.get(case=case)
    assert (kept.rung, kept.last_chance) == (2, True) == (after.rung, after.last_chance)


def test_a054_whoever_is_about_to_be_lost_is_worked_the_same_day(cast: Cast) -> None:
    case = complaint(cast)
    promise = Promise.objects.get(case=case)
    Promise.objects.filter(pk=promise.pk).update(due=TUESDAY + 9 * DAY)
    case.loss = Decimal(220)
    for _ in range(2):
        timeline.record(case, "promise.broken", at=TUESDAY, visible=True, source="person")
    step = decide(case, TUESDAY)
    assert step.by == TUESDAY.replace(hour=17, minute=30), "by closing time"
    assert Alarm.objects.get(code="lost").case == case
    made = Promise.objects.get(pk=step.promise_id or 0)
    assert (made.visible, made.source) == (False, "policy")
    Promise.objects.filter(pk=made.pk).update(kept_at=TUESDAY)
    assert decide(case, TUESDAY).promise_id == promise.pk, "once, not again at every decision"


def test_an_open_case_of_a_desk_that_was_upgraded_is_scored_reminded_of_and_told_of(cast: Cast) -> None:
    """SL4, SL9, C3.5, C5.3: as it was before there were any of these."""
    case = complaint(cast)
    promise = Promise.objects.get(case=case)
    other = complaint(cast, key="2", subject="The vase")
    starting.write_up_call(other, "We send new ones.", by=cast.delphine, now=TUESDAY)
    word = promises.Word("send new ones", TUESDAY + 20 * DAY, kind="send")
    promises.make(other, word, promisor=cast.delphine, at=TUESDAY, by=cast.delphine)
    decide(other, TUESDAY)
    Promise.objects.update(remind_at=None)
    NextStep.objects.update(tell_by=None, score=0, score_turns_at=None, risk=0)
    with time_machine.travel(TUESDAY, tick=False):
        for name in ("cases.migrations.0017_what_was_open_before", "clock.migrations.0008_promises_of_before"):
            import_module(f"amends.{name}").look_at(apps, None)
    for sweep in (tasks.remind_of_promises, tasks.weigh_steps, tasks.tell_how_it_stands):
        sweep(TUESDAY)
    promise.refresh_from_db()
    assert promise.remind_at == promise.made_at + (promise.due - promise.made_at) / 2
    step, waits = NextStep.objects.get(case=case), NextStep.objects.get(case=other)
    assert (step.score, step.risk, step.score_turns_at) == (40, 68, TUESDAY + DAY)
    assert waits.tell_by is not None and TUESDAY < waits.tell_by < TUESDAY + 4 * DAY
    assert not Alarm.objects.exists(), "nobody is told of what is not due yet"
    tasks.remind_of_promises(promise.remind_at)
    assert Alarm.objects.get().code == "promise.half"


def test_c5_3_a_case_whose_customer_is_nearer_to_leaving_is_decided_on_again(cast: Cast) -> None:
    case = complaint(cast)
    for _ in range(2):
        timeline.record(case, "promise.broken", at=TUESDAY, visible=True, source="person")
    assert scoring.weigh_anew(TUESDAY + DAY, 50) == 1
    step = NextStep.objects.get(case=case)
    assert (step.risk, step.score) == (78, 60)
    assert scoring.weigh_anew(TUESDAY + DAY, 50) == 0


def test_a_case_that_cannot_be_decided_on_again_waits_and_stops_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = complaint(cast), complaint(cast, key="2", subject="The vase")
    NextStep.objects.update(risk=1)

    def fails(case: Case, now: datetime, *, staff: Staff) -> NextStep:
        if case.pk == bad.pk:
            raise ValueError("a bad row")
        return decide(case, now, staff=staff)

    monkeypatch.setattr(scoring, "decide", fails)
    assert scoring.weigh_anew(TUESDAY + DAY, 50) == 2
    assert NextStep.objects.get(case=good).risk == 68
    assert NextStep.objects.get(case=bad).score_turns_at == TUESDAY + DAY + scoring.LATER
