"""Whoever stands in takes what is owed, words given in person with it; record, owner and customer are told (RO5)."""

from __future__ import annotations

from datetime import datetime

from amends.cases import timeline
from amends.cases.models import Case, Entry, NextStep
from amends.clock import alarms, promises
from amends.clock.models import Promise
from amends.flows import new_name
from amends.flows.looking import Staff
from amends.people.models import Member


def take_over(case: Case, step: NextStep, staff: Staff, *, moved: bool) -> None:
    """After a decision by which the case has `moved`, or a word of somebody who is away goes to `step.who`.

    The caller holds the case. Once for each hand-over: who has it keeps it.
    """
    now = staff.now
    owed = promises.owed(case).exclude(kind=Promise.Kind.RUNG)  # only whoever may decide there takes a rung's clock
    taken = [one for one in owed.select_related("promisor") if not staff.can_act(one.promisor_id, case.brand_id)]
    entries = [_taken(case, promise, step.who, now) for promise in taken if promise.promisor_id != step.who_id]
    if not moved and not (entries and any(promise.visible for promise in taken)):
        return
    alarms.raise_alarm(step.who, "handed_over", now, case, step=step.promise_id)
    new_name.tell_by_itself(case, step.who, step, now)


def _taken(case: Case, promise: Promise, to: Member, now: datetime) -> Entry:
    before = promise.promisor
    Promise.objects.filter(pk=promise.pk).update(promisor=to)
    return timeline.record(
        case,
        "promise.taken_over",
        at=now,
        promise=promise.pk,
        act=promise.act,
        due=promise.due.isoformat(),
        before=before.pk,
        before_name=before.name,
        to=to.pk,
        to_name=to.name,
        visible=promise.visible,
    )
