"""What everybody carries is counted once for many cases: at a million of them a count takes its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases import next_step
from amends.cases.models import Case, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Absence, Escalation, PackInUse, Promise, Target
from amends.flows import clocks, lawful, recounting, rehoming, scoring, tasks, weighing
from amends.flows.decide import decide_all
from amends.people import inviting
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WORDS = "My roses came broken and I am very disappointed. My lawyer says so too."


@pytest.fixture
def cases(cast: Cast) -> list[Case]:
    for number in range(3):
        complaint(cast, text=WORDS, key=f"{number}", sender=f"guest{number}@example.com", subject=f"Vase {number}")
    return list(Case.objects.order_by("pk"))


@pytest.fixture
def counts(cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One item for each time that all steps are counted from now on."""
    counted: list[int] = []
    count = next_step.open_by_member

    def noted() -> dict[int, int]:
        counted.append(len(cases))
        return count()

    monkeypatch.setattr(next_step, "open_by_member", noted)
    return counted


def test_whoever_is_gone_is_followed_on_many_cases_by_one_count(cast: Cast, counts: list[int]) -> None:
    NextStep.objects.update(who=cast.bo)
    Case.objects.update(owner=cast.bo)
    inviting.switch_off(cast.bo)
    assert rehoming.rehome(TUESDAY, 50) == 3
    assert len(counts) == 1


def test_many_cases_come_to_a_rung_by_one_count(cast: Cast, counts: list[int]) -> None:
    Member.objects.filter(pk__in=(cast.ines.pk, cast.marguerite.pk)).update(rung=3)
    weighing.weigh_changed(TUESDAY + HOUR)
    assert Escalation.objects.count() == 3
    assert len(counts) == 1


def test_whoever_is_gone_leaves_many_rungs_by_one_count(cast: Cast, counts: list[int]) -> None:
    Member.objects.filter(pk__in=(cast.ines.pk, cast.marguerite.pk)).update(rung=3)
    weighing.weigh_changed(TUESDAY + HOUR)
    gone = Escalation.objects.latest("pk").member
    assert gone is not None
    left = Escalation.objects.filter(member=gone).count()
    Absence.objects.create(member=gone, starts=TUESDAY, ends=TUESDAY + 5 * DAY)
    counts.clear()
    assert rehoming.refill_rungs(TUESDAY + 2 * HOUR, 50) == left > 1
    assert Entry.objects.filter(kind="deescalated").count() == left
    assert len(counts) == 1


def test_many_cases_whose_risk_has_turned_are_decided_on_by_one_count(counts: list[int]) -> None:
    NextStep.objects.update(risk=99, score_turns_at=TUESDAY)
    assert scoring.weigh_anew(TUESDAY + HOUR, 50) == 3
    assert not NextStep.objects.filter(risk=99).exists()
    assert len(counts) == 1


def test_a_clock_that_ran_ahead_is_set_right_on_many_cases_by_one_count(cases: list[Case], counts: list[int]) -> None:
    Promise.objects.update(made_at=TUESDAY + 400 * DAY, due=TUESDAY + 800 * DAY)
    clocks.set_right(TUESDAY)
    assert Entry.objects.filter(kind="promise.released").count() == len(cases)
    assert not Promise.objects.filter(released_at=None, due__gt=TUESDAY + 30 * DAY).exists()
    assert len(counts) == 1


def test_nothing_is_counted_when_nobody_must_be_found(cast: Cast, counts: list[int]) -> None:
    tasks.tell_how_it_stands(TUESDAY)
    assert rehoming.rehome(TUESDAY, 50) == 0
    assert not counts


def test_a_pack_binds_many_cases_by_one_count(cast: Cast, counts: list[int]) -> None:
    PackInUse.objects.create(brand=cast.thimble, pack="us-dot-259-7", since=TUESDAY - DAY)
    assert lawful.bind_waiting(TUESDAY + HOUR) == 3
    assert Promise.objects.filter(rule="us-dot-259-7/final").count() == 3
    assert len(counts) == 1


def test_the_clocks_of_many_cases_are_counted_anew_by_one_count(cast: Cast, counts: list[int]) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=60, next_reply=60)
    by = cast.marguerite
    assert recounting.recount_brand(cast.thimble, why="the targets changed", by=by, now=TUESDAY).cases == 3
    assert Entry.objects.filter(kind="promise.recounted").count() == 3
    assert len(counts) == 1


def test_whose_word_a_step_keeps_takes_as_many_queries_for_many_cases_as_for_one(cast: Cast, cases: list[Case]) -> None:
    for case in cases:
        colleague = next(one for one in (cast.bo, cast.delphine) if one != case.owner)
        word = promises.Word("ring about the roses", TUESDAY + HOUR, kind=Promise.Kind.CALLBACK)
        promises.make(case, word, promisor=colleague, at=TUESDAY, by=colleague)
    decide_all(cases, TUESDAY)
    asked = []
    for some in (cases[:1], cases):
        with CaptureQueriesContext(connection) as queries:
            steps = decide_all(some, TUESDAY)
        assert all(step.who != step.case.owner for step in steps)
        asked.append(len(queries))
    assert asked[0] == asked[1]
