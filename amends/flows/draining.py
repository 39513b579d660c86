"""Whoever has more than they can carry gives what waits longest to whoever has room (RO2): nothing lies forgotten.

Only what nobody has spoken on or writes on yet: whoever has begun with a customer goes on with them (RO4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from amends.cases import drafts, ownership
from amends.cases.models import Draft, NextStep
from amends.clock import promises
from amends.clock.models import Follower, Promise
from amends.flows import looking, new_name, rerouting
from amends.flows.alone import alone
from amends.flows.covering import has_room
from amends.people.models import Brand
from amends.triage.routing import Candidate, right_person

NAME = "draining"


def drain(now: datetime, most: int) -> int:
    """Move at most `most` cases of brands where somebody has room, the oldest first; how many moved.

    What could not be moved is passed over until all the others were tried.
    """
    staff = looking.Staff(now)
    overfull = [one for one in staff.everybody() if one.open_steps > one.capacity]
    brands = [one for one in Brand.objects.values_list("pk", flat=True) if any(map(has_room, staff.for_brand(one)))]
    if not overfull or not brands:
        return 0
    tried, _new = Follower.objects.get_or_create(name=NAME)
    waiting = _untouched(overfull, brands, tried.upto, most) or _untouched(overfull, brands, 0, most)
    Follower.objects.filter(pk=tried.pk).update(upto=waiting[-1] if waiting else 0)
    moved = 0
    for case_id in waiting:
        with alone("a case could not go to whoever has room", case=case_id):
            moved += _move(case_id, staff, now)
    return moved


def _untouched(overfull: Iterable[Candidate], brands: Collection[int], upto: int, most: int) -> list[int]:
    """The oldest untouched cases after `upto`, of each member as many as they have too much."""
    found: list[int] = []
    for one in overfull:
        theirs = _waiting_for(one.member_id).filter(brand__in=brands, case_id__gt=upto).order_by("case_id")
        found += theirs.values_list("case_id", flat=True)[: min(most, one.open_steps - one.capacity)]
    return sorted(found)[:most]


def _waiting_for(member_id: int) -> QuerySet[NextStep]:
    """Steps of a member in cases on which no person has spoken or begun to write."""
    first = Promise.objects.filter(promisor=member_id, kind=Promise.Kind.FIRST_REPLY, **promises.OWED)
    begun = Draft.objects.filter(drafts.BEGUN, case=OuterRef("case"))
    return NextStep.objects.filter(~Exists(begun), who=member_id, case__in=first.values("case"))


def _move(case_id: int, staff: looking.Staff, now: datetime) -> bool:
    with transaction.atomic():
        case = ownership.hold(case_id)
        before = case.owner
        if before is None or not _waiting_for(before.pk).filter(case=case).exists():
            return False  # somebody was faster: they began to write, answered, closed it or handed it on
        free = [one for one in staff.candidates(case) if has_room(one) and one.member_id != before.pk]
        if not free:
            return False
        asked = staff.asked_on([case]).get(case.pk, ())
        chosen = right_person(looking.wanted(rerouting.as_new(case), now, asked=asked), free)
        step = rerouting.give_on(case, chosen, staff)
        new_name.tell_by_itself(case, staff.member(chosen.member_id), step, now)
    return True
