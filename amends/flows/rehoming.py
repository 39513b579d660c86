"""Steps whose person cannot act: switched off, only reading now, out of the brand's teams (law 1), or away (RO5).

However it came about – settings, a script, a restored backup –, the step goes to whoever is right now.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q

from amends.cases import next_step, ownership
from amends.cases.models import Case, Closure, NextStep
from amends.cases.next_step import Said, Step
from amends.clock import alarms, calendars
from amends.flows import looking, on_duty, standing_in
from amends.flows.decide import decide, person_for
from amends.people.models import Brand, Member
from amends.people.permissions import actors_of, can
from amends.triage.routing import NobodyAtAll

SOON = timedelta(hours=1)
"""What is due within it cannot wait for somebody to come back by themselves."""

log = structlog.get_logger("amends.rehoming")


def rehome(now: datetime, most: int) -> int:
    """Decide again on at most `most` cases whose step lies with somebody who cannot act; how many moved."""
    return sum(_again(case_id, now) for case_id in _stranded(now, most))


def ring_for_nobody(now: datetime, most: int) -> int:
    """A case that nobody who is here can act on is an alarm for whoever is responsible now; how many were found."""
    wrong = _cannot_act(now, even_if_nobody_can=True)
    if not wrong:
        return 0
    steps = NextStep.objects.filter(wrong, by__lte=now + SOON).order_by(*next_step.ORDER).select_related("case__brand")
    found = list(steps[:most])
    for step in found:
        if manager := on_duty.duty_manager(step.case.brand, now):
            with transaction.atomic():
                case = ownership.hold(step.case_id)  # two workers look at once, and one alarm is enough
                alarms.raise_alarm(manager, "nobody", now, case, who=step.who_id)
    return len(found)


def _stranded(now: datetime, most: int) -> list[int]:
    wrong = _cannot_act(now)
    if not wrong:
        return []
    steps = NextStep.objects.filter(wrong).order_by("by", "case_id")
    return list(steps.values_list("case_id", flat=True)[:most])


def _cannot_act(now: datetime, *, even_if_nobody_can: bool = False) -> Q:
    """Steps of whoever may not answer for the brand or is away: members and brands are few, steps may be a million."""
    brand_ids = list(Brand.objects.values_list("pk", flat=True))
    actors = actors_of(Member.objects.values_list("pk", flat=True))
    away = calendars.away(actors, now)
    staff = looking.Staff(now)
    helped = [one for one in brand_ids if even_if_nobody_can or staff.somebody_is_here(one)]
    wrong = Q()
    for member_id, actor in actors.items():
        barred = [brand_id for brand_id in brand_ids if not can(actor, "case.reply", brand_id)]
        if barred:
            wrong |= Q(who=member_id, brand__in=barred)
        if member_id in away and helped:  # else it would be passed around
            wrong |= Q(who=member_id, brand__in=helped, by__lt=away[member_id].ends)
    return wrong


def _again(case_id: int, now: datetime) -> bool:
    with transaction.atomic():
        case = ownership.hold(case_id)
        step = NextStep.objects.filter(case=case).first()
        if step is None:
            return False
        closed = Closure.objects.filter(case=case).exists()
        before = case.owner_id
        try:
            after = _hand_on(case, step, now) if closed else decide(case, now)
        except NobodyAtAll:
            log.warning("nobody can have this case", case=case_id)
            return False
        if not closed and after.who_id != step.who_id and case.owner_id == before:
            standing_in.take_over(case, after, now, moved=False)
        return after.who_id != step.who_id


def _hand_on(case: Case, step: NextStep, now: datetime) -> NextStep:
    """A closed case owes nothing; its step, a letter that did not arrive, goes on to another as it is."""
    who, why = person_for(case, now)
    after = Step(who=who, kind=step.kind, what=step.what, by=step.by, why=tuple(why))
    return next_step.set_step(case, after, Said(step.said, step.said_channel), at=now)
