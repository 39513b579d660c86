"""Steps whose person cannot act any more: switched off, only reading now, or out of the brand's teams (law 1).

However it came about – settings, a script, a restored backup –, the step goes to whoever is right now.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q

from amends.cases import ownership
from amends.cases.models import NextStep
from amends.flows.decide import decide
from amends.people.permissions import actors_of, can
from amends.triage.routing import NobodyAtAll

log = structlog.get_logger("amends.rehoming")


def rehome(now: datetime, most: int) -> int:
    """Decide again on at most `most` cases whose step lies with somebody who cannot act; how many moved."""
    return sum(_again(case_id, now) for case_id in _stranded(most))


def _stranded(most: int) -> list[int]:
    steps = NextStep.objects.order_by()
    pairs = list(steps.values_list("who_id", "brand_id").distinct())
    actors = actors_of({who_id for who_id, _ in pairs})
    lost = [pair for pair in pairs if not can(actors[pair[0]], "case.reply", pair[1])]
    if not lost:
        return []
    wrong = Q()
    for who_id, brand_id in lost:
        wrong |= Q(who=who_id, brand=brand_id)
    return list(steps.filter(wrong).order_by("by", "case_id").values_list("case_id", flat=True)[:most])


def _again(case_id: int, now: datetime) -> bool:
    with transaction.atomic():
        case = ownership.hold(case_id)
        step = NextStep.objects.filter(case=case).first()
        if step is None:
            return False
        try:
            return decide(case, now).who_id != step.who_id
        except NobodyAtAll:
            log.warning("nobody can have this case", case=case_id)
            return False
