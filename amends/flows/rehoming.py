"""Steps whose person cannot act: switched off, only reading now, out of the brand's teams (law 1), or away (RO5).

However it came about – settings, a script, a restored backup –, the step goes to whoever is right now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from django.db import transaction
from django.db.models import BigIntegerField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from amends.cases import next_step, ownership
from amends.cases.models import Case, Closure, NextStep
from amends.cases.next_step import Said, Step
from amends.clock import alarms, calendars
from amends.clock.models import Alarm, Escalation, Follower
from amends.clock.rungs import RungError
from amends.flows import escalating, looking, on_duty, standing_in
from amends.flows.alone import alone
from amends.flows.decide import decide, person_for
from amends.people.models import Brand, Member
from amends.people.permissions import actors_of, can
from amends.triage.routing import NobodyAtAll

SOON = timedelta(hours=1)
"""What is due within it cannot wait for somebody to come back by themselves."""

T = TypeVar("T", bound=Model)

log = structlog.get_logger("amends.rehoming")


def rehome(now: datetime, most: int) -> int:
    """Decide again on at most `most` cases whose step lies with somebody who cannot act; how many moved.

    Those first that are due first; what cannot be moved stands in nobody's way, see `_each`.
    """
    staff = looking.Staff(now)
    wrong = _cannot_act(staff)
    if not wrong:
        return 0
    stranded = NextStep.objects.filter(wrong).order_by("by", "case_id")
    return _each("rehoming", stranded, lambda case_id: _again(case_id, staff), most)


def refill_rungs(now: datetime, most: int) -> int:
    """Rungs that whoever joined cannot decide on any more go to somebody who can (C3.1); how many went."""
    standing = Escalation.objects.filter(ended_at=None, decided_at=None, member__isnull=False)
    gone = _gone(set(standing.values_list("member", flat=True)), now)
    if not gone:
        return 0
    wrong = Q()
    for member_id, (barred, away_until) in gone.items():
        wrong |= Q(member=member_id, case__brand__in=barred)
        if away_until is not None:
            wrong |= Q(member=member_id, promise__due__lt=away_until)
    staff = looking.Staff(now)
    return _each("refilling", standing.filter(wrong).order_by("pk"), lambda pk: _refill(pk, staff), most)


def ring_for_nobody(now: datetime, most: int) -> int:
    """A case that nobody who is here can act on is an alarm for whoever is responsible now; how many rang."""
    staff = looking.Staff(now)
    wrong = _cannot_act(staff, even_if_nobody_can=True)
    if not wrong:
        return 0
    waiting = NextStep.objects.filter(wrong, by__lte=now + SOON).order_by(*next_step.ORDER)
    rung = 0
    for brand in Brand.objects.all():
        if manager := on_duty.duty_manager(brand, now, staff):
            for step in waiting.filter(brand=brand).exclude(_rung_for(manager))[: most - rung]:
                with (
                    alone("nobody could be told that a case lies with nobody", case=step.case_id),
                    transaction.atomic(),
                ):
                    case = ownership.hold(step.case_id)  # two workers look at once, and one alarm is enough
                    alarms.raise_alarm(manager, "nobody", now, case, who=step.who_id)
                    rung += 1
    return rung


def _rung_for(manager: Member) -> Exists:
    """Whether the manager was told of the step as it lies now."""
    told = Alarm.objects.filter(case=OuterRef("case"), code="nobody", member=manager)
    return Exists(told.alias(of=Cast(KT("params__who"), BigIntegerField())).filter(of=OuterRef("who")))


def _each(name: str, wrong: QuerySet[T], move: Callable[[int], bool], most: int) -> int:
    """Move at most `most` of these rows, in their order; how many moved.

    Where some cannot be moved, as many of the others are tried instead, by their ids and on from where the last such
    turn ended (the row `name`): else rows for which nobody can be found would keep all behind them waiting for good.
    """
    ids = wrong.values_list("pk", flat=True)
    first = list(ids[:most])
    moved = _tried(first, move, name)
    if moved == len(first) or len(first) < most:
        return moved
    turn, _new = Follower.objects.get_or_create(name=name)
    others = ids.exclude(pk__in=first).order_by("pk")
    next_ones = list(others.filter(pk__gt=turn.upto)[: most - moved]) or list(others[: most - moved])
    Follower.objects.filter(pk=turn.pk).update(upto=next_ones[-1] if next_ones else 0)
    return moved + _tried(next_ones, move, name)


def _tried(ids: Iterable[int], move: Callable[[int], bool], name: str) -> int:
    moved = 0
    for pk in ids:
        with alone("what lies with somebody who cannot act could not be moved", sweep=name, row=pk):
            moved += move(pk)
    return moved


def _refill(pk: int, staff: looking.Staff) -> bool:
    rung = Escalation.objects.select_related("case", "member", "promise").get(pk=pk)
    try:
        escalating.refill(rung, staff)
    except (RungError, NobodyAtAll):  # it was left in this moment, or nobody works here
        return False
    return True


def _cannot_act(staff: looking.Staff, *, even_if_nobody_can: bool = False) -> Q:
    """Steps of whoever may not answer for the brand or is away: members and brands are few, steps may be a million."""
    brand_ids = Brand.objects.values_list("pk", flat=True)
    helped = [one for one in brand_ids if even_if_nobody_can or staff.somebody_is_here(one)]
    wrong = Q()
    for member_id, (barred, away_until) in _gone(Member.objects.values_list("pk", flat=True), staff.now).items():
        if barred:
            wrong |= Q(who=member_id, brand__in=barred)
        if away_until is not None and helped:  # else it would be passed around
            wrong |= Q(who=member_id, brand__in=helped, by__lt=away_until)
    return wrong


def _gone(member_ids: Iterable[int], now: datetime) -> dict[int, tuple[list[int], datetime | None]]:
    """Member id → the brands for which they may not answer, and until when they are away; of those who can act, none."""
    brand_ids = list(Brand.objects.values_list("pk", flat=True))
    actors = actors_of(member_ids)
    away = calendars.away(actors, now)
    found: dict[int, tuple[list[int], datetime | None]] = {}
    for member_id, actor in actors.items():
        barred = [brand_id for brand_id in brand_ids if not can(actor, "case.reply", brand_id)]
        if barred or member_id in away:
            found[member_id] = (barred, away[member_id].ends if member_id in away else None)
    return found


def _again(case_id: int, staff: looking.Staff) -> bool:
    with transaction.atomic():
        case = ownership.hold(case_id)
        step = NextStep.objects.filter(case=case).first()
        if step is None:
            return False
        closed = Closure.objects.filter(case=case).exists()
        before = case.owner_id
        try:
            after = _hand_on(case, step, staff) if closed else decide(case, staff.now, staff=staff)
        except NobodyAtAll:
            log.warning("nobody can have this case", case=case_id)
            return False
        if not closed and after.who_id != step.who_id and case.owner_id == before:
            standing_in.take_over(case, after, staff, moved=False)
        return after.who_id != step.who_id


def _hand_on(case: Case, step: NextStep, staff: looking.Staff) -> NextStep:
    """A closed case owes nothing; its step, a letter that did not arrive, goes on to another as it is."""
    who, why = person_for(case, staff)
    after = Step(who=who, kind=step.kind, what=step.what, by=step.by, why=tuple(why))
    return next_step.set_step(case, after, Said(step.said, step.said_channel), at=staff.now)
