"""Time alone changes which case goes first and how near its customer is to leaving: nobody has to touch it (C3.5, C5.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from amends.cases import ownership
from amends.cases.models import NextStep
from amends.cases.next_step import Weight
from amends.clock.models import Promise
from amends.flows.decide import decide
from amends.flows.looking import Staff
from amends.flows.weights import weights
from amends.kit import away
from amends.kit.rows import set_each

log = structlog.get_logger("amends.scoring")

LATER = timedelta(hours=1)
"""So long a case waits that could not be decided on."""


def weigh_anew(now: datetime, most: int) -> int:
    """Score again what changed by itself; how many. Where the risk of loss changed, the case is decided on again.

    The steps are held meanwhile: whoever decides on one of them at the same time is read by this, or writes after it.
    """
    due = NextStep.objects.filter(score_turns_at__lte=now).order_by("score_turns_at")
    with transaction.atomic():
        held = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:most])
        steps = list(NextStep.objects.filter(pk__in=held).select_related("case__closure"))
        found = _weights(steps, now)
        turned = [step.pk for step in steps if _is_open(step) and step.risk != found[step.pk].risk]
        scored = {pk: weight for pk, weight in found.items() if pk not in turned}
        set_each(NextStep, "score", {pk: weight.score for pk, weight in scored.items()})
        set_each(NextStep, "score_turns_at", {pk: weight.score_turns_at for pk, weight in scored.items()})
    staff = Staff(now)
    for case_id in turned:
        _decide(case_id, staff)
    return len(steps)


def _weights(steps: Sequence[NextStep], now: datetime) -> Mapping[int, Weight]:
    promises = Promise.objects.in_bulk([step.promise_id for step in steps if step.promise_id])
    owed = {step.case_id: promises[step.promise_id] for step in steps if step.promise_id in promises}
    return weights([step.case for step in steps], owed, now)


def _is_open(step: NextStep) -> bool:
    return getattr(step.case, "closure", None) is None


def _decide(case_id: int, staff: Staff) -> None:
    try:
        with transaction.atomic():
            case = ownership.hold(case_id)
            if ownership.is_open(case):
                decide(case, staff.now, staff=staff)
    except Exception as error:
        if away.passes(error):
            raise  # the database's trouble, not the case's: it is due as before
        log.exception("a case could not be decided on", case=case_id)
        NextStep.objects.filter(case=case_id).update(score_turns_at=staff.now + LATER)
