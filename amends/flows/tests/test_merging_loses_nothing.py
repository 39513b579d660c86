"""However cases are joined and parted, guarded, paused and sent up: nothing is seen by more people, or forgotten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from amends.cases.family import homes
from amends.cases.models import Case, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Escalation, Promise, Weighing
from amends.clock.rungs import RungError
from amends.flows import abuse, escalating, guarded, matter, merging, weighing
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint
from tests.effort import examples

pytestmark = [pytest.mark.django_db, pytest.mark.long]
REFUSALS = (merging.MergeError, abuse.AbuseError, RungError, promises.PromiseError)


class Undo(Exception):
    """Leaves the database as it was."""


@dataclass
class World:
    """Some cases of Rosalind, and what must never be lost of them."""

    cast: Cast
    now: datetime = TUESDAY
    guarded: set[int] = field(default_factory=set)
    words: set[int] = field(default_factory=set)

    def case(self, number: int) -> Case:
        living = Case.objects.filter(merged_into=None).order_by("pk")
        return living[number % living.count()]


def guard(world: World, one: Case, other: Case) -> None:
    after = {**matter.of(one), "guard": "vulnerable"}
    matter.change(one, matter.of(one), after, by=world.cast.delphine, now=world.now)
    world.guarded.add(one.pk)


def join(world: World, one: Case, other: Case) -> None:
    merging.merge(one, other, by=world.cast.delphine, now=world.now)


def part(world: World, one: Case, other: Case) -> None:
    letters = list(Entry.objects.filter(case=one, kind="contact.in")[:1])
    made = merging.split(one, letters, "Its own matter", by=world.cast.delphine, now=world.now)
    if homes(world.guarded) and one.pk in homes(world.guarded).values():
        world.guarded.add(made.pk)


def pause(world: World, one: Case, other: Case) -> None:
    abuse.act(one, abuse.WARN, "swears", until=None, by=world.cast.delphine, now=world.now)
    abuse.act(one, abuse.PAUSE, "swears", until=world.now + timedelta(days=3), by=world.cast.delphine, now=world.now)


def backup(world: World, one: Case, other: Case) -> None:
    escalating.ask_for_backup(one, "help", by=world.cast.delphine, now=world.now)


def decision(world: World, one: Case, other: Case) -> None:
    rung = Escalation.objects.filter(case=one, ended_at=None, decided_at=None, member__isnull=False).first()
    if rung is not None and rung.member is not None:
        escalating.decide_on(rung, "new roses", escalating.CALLED, by=rung.member, now=world.now)


def word(world: World, one: Case, other: Case) -> None:
    given = promises.Word("ring her", world.now + timedelta(days=4), Promise.Kind.OTHER)
    world.words.add(promises.make(one, given, promisor=world.cast.bo, at=world.now, by=world.cast.bo).pk)


def weigh(world: World, one: Case, other: Case) -> None:
    weighing.weigh([one.pk, other.pk], world.now)


DEEDS: list[Callable[[World, Case, Case], None]] = [guard, join, join, part, pause, backup, decision, word, weigh]


@example([(guard, 0, 0), (join, 0, 1), (part, 0, 0)])
@example([(backup, 0, 0), (backup, 1, 1), (word, 0, 0), (join, 0, 1), (weigh, 0, 1)])
@example([(pause, 0, 0), (join, 1, 0), (part, 0, 0), (guard, 1, 1), (join, 1, 0)])
@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.integers(0, 2)), min_size=8, max_size=12))
def test_what_was_guarded_promised_or_sent_up_stays_so(
    cast: Cast, deeds: list[tuple[Callable[[World, Case, Case], None], int, int]]
) -> None:
    """CV10, ES8, C3.1, A077."""
    with suppress(Undo), transaction.atomic():
        for member, rung in ((cast.ines, 2), (cast.marguerite, 3)):
            Member.objects.filter(pk=member.pk).update(rung=rung)
        world = World(cast)
        for key in ("1", "2", "3"):
            complaint(cast, key=key, subject=f"Matter {key}")
        for deed, one, other in deeds:
            world.now += timedelta(minutes=7)
            with suppress(*REFUSALS), transaction.atomic():
                deed(world, world.case(one), world.case(other))
            look(world)
        raise Undo


def look(world: World) -> None:
    living = {case.pk: case for case in Case.objects.filter(merged_into=None)}
    home = homes(Case.objects.values_list("pk", flat=True))
    for case_id in world.guarded:
        case = living[home[case_id]]
        assert case.guard and case.severity == Case.Severity.SAFETY, "a guard never gets lost"
        assert case.quiet_until is None, "nobody in need is left without an answer"
        if case.owner_id != world.cast.bo.pk and case.next_step.who_id != world.cast.bo.pk:
            assert case_id in guarded.hidden_from(world.cast.bo)
    owed = list(Promise.objects.filter(**promises.OWED))
    assert {one.case_id for one in owed} <= set(living), "nothing is owed on a case that is gone"
    assert world.words <= {one.pk for one in owed}, "a word that was given is still owed"
    rungs = list(Escalation.objects.filter(ended_at=None))
    assert {one.case_id for one in rungs} <= set(living)
    waiting = {one.promise_id for one in rungs if one.member_id and not one.decided_at}
    assert {one.pk for one in owed if one.kind == Promise.Kind.RUNG} == waiting, "a clock runs where somebody decides"
    for case in living.values():
        highest = max((one.rung for one in rungs if one.case_id == case.pk), default=0)
        assert NextStep.objects.get(case=case).rung == highest
        if abuse.is_paused(case, world.now):
            answers = [one for one in owed if one.case_id == case.pk and one.kind in promises.REPLIES]
            assert not [one for one in answers if abuse.is_paused(case, one.due)], "nobody must answer while it pauses"
    assert set(Weighing.objects.values_list("case", flat=True)) <= set(living)
