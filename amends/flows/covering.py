"""What is due before its owner's next shift goes to somebody who is there (RO5): no customer waits for a shift to begin.

An hour before it is due, and only an answer that the house owes, of which nobody reads or writes just now. A word that
a colleague gave in person stays theirs: of that the duty manager is told (`on_duty.sees_to`). What is late already stays
where it is: a case that wanders with every shift sends its customer around.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.cases import drafts, ownership
from amends.cases.models import Draft, NextStep, Presence
from amends.cases.presence import GONE_AFTER
from amends.clock import alarms
from amends.flows import looking, new_name, rerouting
from amends.flows.alone import alone
from amends.people.models import Brand
from amends.triage.routing import Candidate, Reason, right_person

SOON = timedelta(hours=1)


def cover(now: datetime, most: int) -> int:
    """Move at most `most` such cases to colleagues on duty who have room, what is due first first; how many moved."""
    staff = looking.Staff(now)
    waiting = _waiting(staff)
    if waiting is None or not waiting.exists():
        return 0
    helped = [one for one in Brand.objects.values_list("pk", flat=True) if any(map(has_room, staff.for_brand(one)))]
    moved = 0
    for case_id in waiting.filter(brand__in=helped).order_by("by", "case_id").values_list("case_id", flat=True)[:most]:
        with alone("a case could not go to whoever is on duty", case=case_id):
            moved += _move(case_id, staff)
    return moved


def has_room(one: Candidate) -> bool:
    """Whether somebody is at work and can carry more."""
    return one.on_duty and not one.absent and one.load < 1


def _waiting(staff: looking.Staff) -> QuerySet[NextStep] | None:
    """Answers that will be missed because whoever owes them is off until after they are due; None: nobody is off."""
    off = staff.off_their_shift()
    missed = Q()
    for member_id, back in off.items():
        missed |= Q(who=member_id) if back is None else Q(who=member_id, by__lt=back)
    if not off:
        return None
    begun = Draft.objects.filter(drafts.BEGUN, case=OuterRef("case"))
    looking_on = Presence.objects.filter(case=OuterRef("case"), seen_at__gt=staff.now - GONE_AFTER)
    soon = NextStep.objects.filter(missed, by__gt=staff.now, by__lte=staff.now + SOON)
    return soon.filter(~Exists(begun), ~Exists(looking_on), kind=NextStep.Kind.ANSWER)


def _move(case_id: int, staff: looking.Staff) -> bool:
    with transaction.atomic():
        case = ownership.hold(case_id)
        waiting, before = _waiting(staff), case.owner
        if before is None or waiting is None or not waiting.filter(case=case, who=before).exists():
            return False  # somebody was faster: they answered, began to write, or handed it on
        free = [one for one in staff.candidates(case) if has_room(one)]
        if not free:
            return False
        asked = staff.asked_on([case]).get(case.pk, ())
        chosen = right_person(looking.wanted(rerouting.as_new(case), staff.now, asked=asked), free)
        why = (Reason("off_shift", {"name": before.name}), *chosen.why)
        step = rerouting.give_on(case, replace(chosen, why=why), staff)
        alarms.raise_alarm(step.who, "handed_over", staff.now, case, step=step.promise_id)
        new_name.tell_by_itself(case, staff.member(chosen.member_id), step, staff.now)
    return True
