"""Whoever is off their shift when an answer is due gives it to somebody who is there (RO5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry, NextStep, Presence
from amends.clock import promises
from amends.clock.models import Alarm, Period, Promise
from amends.flows import covering, promising, tasks
from amends.people.models import Member
from amends.triage.routing import Reason, explain
from tests.cast import TUESDAY, Cast, complaint

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ONE = TUESDAY + 3 * HOUR
"""At one Delphine goes home; at two the answer is due."""


@pytest.fixture
def case(cast: Cast) -> Case:
    shift(cast.delphine, 9, 13)
    made = complaint(cast)
    assert made.owner == cast.delphine
    return made


def shift(member: Member, opens: int, closes: int) -> None:
    for weekday in range(5):
        Period.objects.create(member=member, weekday=weekday, opens=time(opens), closes=time(closes))


def owner(case: Case) -> Member | None:
    return Case.objects.select_related("owner").get(pk=case.pk).owner


def new_names(case: Case) -> list[int]:
    told = Entry.objects.filter(case=case, kind="contact.out", data__has_key="new_name")
    return list(told.values_list("data__new_name", flat=True))


def test_ro5_an_answer_that_is_due_before_the_next_shift_goes_to_who_is_there_and_the_customer_hears_who(
    cast: Cast, case: Case
) -> None:
    tasks.drain_backlog(ONE - MINUTE)
    assert owner(case) == cast.delphine, "she is still here"
    tasks.drain_backlog(ONE)
    step = NextStep.objects.get(case=case)
    assert owner(case) == step.who == cast.bo
    assert {one.promisor for one in promises.owed(case)} == {cast.bo}
    why = [Reason(**one) for one in Entry.objects.filter(case=case, kind="owner.set").latest("pk").data["why"]]
    assert explain(why).startswith("Delphine Marsh, who looked after it, is off until after it is due.")
    assert Alarm.objects.get(case=case, code="handed_over").member == cast.bo
    assert new_names(case) == [cast.bo.pk]
    tasks.drain_backlog(ONE + MINUTE)
    assert new_names(case) == [cast.bo.pk], "once"


def late(cast: Cast, case: Case) -> datetime:
    return ONE + HOUR + MINUTE


def writing(cast: Cast, case: Case) -> datetime:
    drafts.save(case, Draft.Kind.LETTER, drafts.Written(text="Dear Rosalind,"), by=cast.delphine, now=TUESDAY)
    return ONE


def reading(cast: Cast, case: Case) -> datetime:
    Presence.objects.create(case=case, member=cast.delphine, seen_at=ONE - timedelta(seconds=5))
    return ONE


def alone_at_work(cast: Cast, case: Case) -> datetime:
    for member in (cast.bo, cast.ines, cast.marguerite):
        shift(member, 9, 12)
    return ONE


def full(cast: Cast, case: Case) -> datetime:
    Member.objects.exclude(pk=cast.delphine.pk).update(capacity=0)
    return ONE


def back_in_time(cast: Cast, case: Case) -> datetime:
    Period.objects.create(member=cast.delphine, weekday=1, opens=time(13, 30), closes=time(17))
    return ONE + 10 * MINUTE


@pytest.mark.parametrize("happened", [late, writing, reading, alone_at_work, full, back_in_time])
def test_ro4_else_whoever_has_the_case_keeps_it(
    cast: Cast, case: Case, happened: Callable[[Cast, Case], datetime]
) -> None:
    tasks.drain_backlog(happened(cast, case))
    assert owner(case) == cast.delphine
    assert new_names(case) == []


def test_a_word_given_in_person_stays_with_who_gave_it(cast: Cast, case: Case) -> None:
    word = promises.Word("ring you", ONE + 30 * MINUTE, Promise.Kind.CALLBACK)
    promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)
    tasks.drain_backlog(ONE)
    assert NextStep.objects.get(case=case).who == owner(case) == cast.delphine
    tasks.remind_of_promises(ONE + 15 * MINUTE)
    assert Alarm.objects.filter(case=case, member=cast.ines, code="promise.last").exists(), "she is told"


def test_where_nobody_is_off_it_costs_what_the_shifts_cost(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    complaint(cast)
    with django_assert_max_num_queries(5):
        covering.cover(TUESDAY, 50)
