"""Who joins on a rung: whoever may decide there, is here, and is somebody else (C3.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from amends.cases.models import Case, Entry
from amends.clock import calendars, rungs
from amends.clock.models import Escalation
from amends.flows import looking
from amends.flows.on_duty import duty_manager
from amends.people.models import Member, Rung


def holder_of(
    case: Case, rung: int, now: datetime, *, not_who_answered: bool, knows: Member | None = None
) -> Member | None:
    """Who joins: on duty before off duty, from the lowest rung that may decide it, with the fewest cases joined.

    Before them all whoever `knows` it. Never the owner, whom the case has already; with `not_who_answered` nobody who
    spoke to the customer here.
    """
    barred = {case.owner_id} | {one.member_id for one in rungs.open_on(case)}
    if not_who_answered:
        barred |= _spoke(case)
    able = [one for one in looking.brand_members(case.brand) if one.rung >= rung and one.pk not in barred]
    duty = calendars.duties(able, now)
    here = [one for one in able if not duty[one.pk].absent]
    carried = _joined(here)
    return min(
        here,
        key=lambda one: (one != knows, not duty[one.pk].on, one.rung, carried[one.pk], one.pk),
        default=None,
    )


def second_person(case: Case, but: Member, now: datetime) -> Member | None:
    """Somebody else than `but` for a second pair of eyes, on duty before off duty; None: nobody else is here.

    Of a guarded case only somebody who sees it anyway: a part in it is no reason to be shown one.
    """
    least = Rung.MANAGER if case.guard else Rung.FIRST
    for found in (holder_of(case, least, now, not_who_answered=False), duty_manager(case.brand, now)):
        if found is not None and found.pk != but.pk:
            return found
    return None


def _spoke(case: Case) -> set[int | None]:
    """Whose answer it was that failed: everybody here who spoke to the customer."""
    spoke = Entry.objects.filter(case=case, kind__in=("contact.out", "contact.call"), member__isnull=False)
    return set(spoke.values_list("member", flat=True))


def _joined(members: Collection[Member]) -> Counter[int | None]:
    joined = Escalation.objects.filter(member__in=members, ended_at=None)
    return Counter(joined.values_list("member_id", flat=True))
