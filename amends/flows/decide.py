"""The heart: an open case has exactly one next step, `NextStep(who, what, by)`.

The right person, the right thing, the right time. Everything that happens to a case ends here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from amends.cases import next_step, ownership
from amends.cases.models import Case, NextStep
from amends.cases.next_step import Said, Step
from amends.clock import promises
from amends.coach.thing import right_thing
from amends.flows import looking, saving, standing_in, weights
from amends.flows.owing import right_times
from amends.people.models import Member
from amends.triage.routing import right_person

OURS = ("promise", "retime", "decide")
"""Steps while which the customer waits for a deed of ours, and may wonder how it stands (SL9)."""


def decide(case: Case, now: datetime, *, by: Member | None = None, staff: looking.Staff | None = None) -> NextStep:
    """Give the case its owner and its one next step, in the caller's transaction.

    `staff`: who works here, where many cases are decided on. Raises triage.routing.NobodyAtAll when nobody works here
    yet.
    """
    (step,) = decide_all([case], now, by=by, staff=staff)
    return step


def decide_all(
    cases: Sequence[Case],
    now: datetime,
    *,
    by: Member | None = None,
    heard: Mapping[int, Said] = MappingProxyType({}),
    staff: looking.Staff | None = None,
) -> list[NextStep]:
    """Decide on many cases, in as many statements as on one; the first takes the room of the next.

    `heard`: entry id → the customer's words in it; `staff`: who works here; both where they are known already.
    """
    staff = staff or looking.Staff(now)
    before = {case.pk: case.owner_id for case in cases}
    owned = _with_owners(cases, staff, by)
    owed = right_times([(case, owner) for case, owner, _ in owned], now)
    said = looking.said_on([case.pk for case in cases], heard)
    weigh = weights.weights(cases, owed, now)
    owed = saving.same_day([(case, owner) for case, owner, _ in owned], owed, weigh, now)
    steps = []
    for case, owner, why in owned:
        promise = owed[case.pk]
        thing = right_thing(looking.facts(case, promise, now))
        who = looking.doer(case, promise, owner, staff)
        ours = thing.kind in OURS
        by_when = promises.counts_to(promise, now)
        step = Step(who, thing.kind, thing.about, by_when, promise.pk, tuple(why), ours, weigh[case.pk])
        steps.append((case, step, said[case.pk]))
    after = next_step.set_steps(steps, at=now, by=by)
    for case, row in zip(cases, after, strict=True):
        if before[case.pk] not in (None, case.owner_id):
            standing_in.take_over(case, row, staff, moved=True)
    return after


def person_for(case: Case, staff: looking.Staff) -> tuple[Member, list[Any]]:
    """The right person for a case, and the reasons; nothing is changed. Raises triage.routing.NobodyAtAll."""
    ((_, member, why),) = _right_people([case], staff)
    return member, why


def _with_owners(
    cases: Sequence[Case], staff: looking.Staff, by: Member | None
) -> list[tuple[Case, Member, list[Any]]]:
    given = _right_people(cases, staff)
    ownership.give_all(given, at=staff.now, by=by)
    return given


def _right_people(cases: Sequence[Case], staff: looking.Staff) -> list[tuple[Case, Member, list[Any]]]:
    ownerless = [case for case in cases if not staff.here(case.owner_id)]
    knows, asked = looking.who_knows(ownerless), staff.asked_on(ownerless)
    found = []
    for case in cases:
        wanted = looking.wanted(case, staff.now, knows.get(case.pk), asked.get(case.pk, ()))
        person = right_person(wanted, staff.candidates(case))
        if person.member_id != case.owner_id:
            staff.takes(person.member_id, case.owner_id)
        found.append((case, staff.member(person.member_id), looking.reasons(person)))
    return found
