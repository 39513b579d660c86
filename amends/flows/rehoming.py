"""Steps whose person cannot act: switched off, only reading now, out of the brand's teams (law 1), or away (RO5).

However it came about – settings, a script, a restored backup –, the step goes to whoever is right now.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q

from amends.cases import next_step, ownership
from amends.cases.models import Case, Closure, NextStep
from amends.cases.next_step import Said, Step
from amends.clock import calendars
from amends.flows import looking
from amends.flows.decide import decide
from amends.people.permissions import actors_of, can
from amends.triage.routing import NobodyAtAll, right_person

log = structlog.get_logger("amends.rehoming")


def rehome(now: datetime, most: int) -> int:
    """Decide again on at most `most` cases whose step lies with somebody who cannot act; how many moved."""
    return sum(_again(case_id, now) for case_id in _stranded(now, most))


def _stranded(now: datetime, most: int) -> list[int]:
    steps = NextStep.objects.order_by()
    pairs = list(steps.values_list("who_id", "brand_id").distinct())
    actors = actors_of({who_id for who_id, _ in pairs})
    away = calendars.away(actors, now)
    wrong = Q()
    for who_id, brand_id in pairs:
        if not can(actors[who_id], "case.reply", brand_id):
            wrong |= Q(who=who_id, brand=brand_id)
        elif who_id in away and looking.somebody_is_here(brand_id, now):  # else it would be passed around
            wrong |= Q(who=who_id, brand=brand_id, by__lt=away[who_id].ends)
    if not wrong:
        return []
    return list(steps.filter(wrong).order_by("by", "case_id").values_list("case_id", flat=True)[:most])


def _again(case_id: int, now: datetime) -> bool:
    with transaction.atomic():
        case = ownership.hold(case_id)
        step = NextStep.objects.filter(case=case).first()
        if step is None:
            return False
        closed = Closure.objects.filter(case=case).exists()
        try:
            after = _hand_on(case, step, now) if closed else decide(case, now)
        except NobodyAtAll:
            log.warning("nobody can have this case", case=case_id)
            return False
        return after.who_id != step.who_id


def _hand_on(case: Case, step: NextStep, now: datetime) -> NextStep:
    """A closed case owes nothing; its step, a letter that did not arrive, goes on to another as it is."""
    person = right_person(looking.wanted(case, now), looking.candidates(case, now))
    after = Step(
        who=looking.member(person.member_id),
        kind=step.kind,
        what=step.what,
        by=step.by,
        why=tuple(looking.reasons(person)),
    )
    return next_step.set_step(case, after, Said(step.said, step.said_channel), at=now)
