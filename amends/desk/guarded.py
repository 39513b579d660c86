"""Cases of vulnerable people and of danger are seen only by those who need them (ES8).

By the owner, whoever does what comes next, whoever joined, and the seniors of the brand; for anybody else they do not
exist: not on their page, nor in lists, in search, among files, or in live news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from amends.cases.models import Case
from amends.clock.models import Escalation
from amends.kit.prepared import prepared
from amends.people.models import Member, Rung
from amends.people.permissions import LEADS


def sees_all(member: Member) -> bool:
    """Whether the member needs every guarded case of their brands: leads, admins, and from the second rung on."""
    return member.role in LEADS or member.rung >= Rung.MANAGER


def hidden_from(member: Member) -> frozenset[int]:
    """The guarded cases that the member has no part in; read from an index of the few there are."""
    return frozenset[int]() if sees_all(member) else frozenset(_others(member.pk))


def who_needs(case_ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Guarded case → the members who have a part in it; a case that is not guarded is left out."""
    ids = list(case_ids)
    rows = list(_guarded(ids)) if ids else []
    if not rows:
        return {}
    needs = {pk: {owner, who} for pk, owner, who in rows}
    joined = Escalation.objects.filter(case__in=list(needs), ended_at=None, member__isnull=False)
    for case_id, member_id in joined.values_list("case", "member"):
        needs[case_id].add(member_id)
    return {pk: frozenset(one for one in members if one is not None) for pk, members in needs.items()}


@prepared
def _others(member_id: int) -> QuerySet[Case, int]:
    mine = Q(owner=member_id) | Q(next_step__who=member_id)
    joined = Escalation.objects.filter(member=member_id, ended_at=None).values("case")
    guarded = Case.objects.filter(~Q(guard="")).exclude(mine).exclude(pk__in=joined)
    return guarded.order_by().values_list("pk", flat=True)


def _guarded(case_ids: list[int]) -> QuerySet[Case, tuple[int, int | None, int | None]]:
    return Case.objects.filter(~Q(guard=""), pk__in=case_ids).values_list("pk", "owner", "next_step__who")
