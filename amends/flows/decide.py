"""The heart: an open case has exactly one next step, `NextStep(who, what, by)`.

The right person, the right thing, the right time. Everything that happens to a case ends here.
"""

from __future__ import annotations

from datetime import datetime

from amends.cases import next_step, ownership
from amends.cases.models import Case, NextStep
from amends.cases.next_step import Step
from amends.coach.thing import right_thing
from amends.flows import looking
from amends.flows.owing import right_time
from amends.people.models import Member
from amends.triage.routing import right_person


def decide(case: Case, now: datetime, *, by: Member | None = None) -> NextStep:
    """Give the case its owner and its one next step, in the caller's transaction.

    Raises triage.routing.NobodyAtAll when nobody works here yet.
    """
    person = right_person(looking.wanted(case, now), looking.candidates(case, now))
    owner = looking.member(person.member_id)
    ownership.give_to(case, owner, at=now, by=by, why=looking.reasons(person))

    promise = right_time(case, owner, now)
    thing = right_thing(looking.facts(case, promise))
    step = Step(
        who=looking.doer(case, promise, owner, now),
        kind=thing.kind,
        what=thing.about,
        by=promise.due,
        promise_id=promise.pk,
        why=tuple(looking.reasons(person)),
    )
    return next_step.set_step(case, step, looking.said(case), at=now, by=by)
