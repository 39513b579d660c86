"""Cases of vulnerable people and of danger are seen only by those who need them (ES8).

By the owner, whoever does what comes next, whoever joined, and the seniors of the brand; for anybody else they do not
exist: not on their page, nor in lists, in search, among files, in live news, or among what a member is told. A case
that was taken into another is seen as that one is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from amends.cases.family import families, homes
from amends.cases.models import Case
from amends.clock.models import Escalation
from amends.kit.prepared import prepared
from amends.people.models import Member, Rung
from amends.people.permissions import LEADS


def sees_all(member: Member) -> bool:
    """Whether the member needs every guarded case of their brands: leads, admins, and from the second rung on."""
    return member.role in LEADS or member.rung >= Rung.MANAGER


def hidden_from(member: Member) -> frozenset[int]:
    """The guarded cases that the member has no part in, with all that was taken into them; from an index of the few."""
    if sees_all(member):
        return frozenset()
    others = list(_others(member.pk))
    return frozenset(families(others)) if others else frozenset()


def may_see(member: Member, case: Case) -> bool:
    """Whether it is not guarded, or the member has a part in it; of the brand they are anyway. `case` is no taken one."""
    return not case.guard or sees_all(member) or member.pk in who_needs([case.pk]).get(case.pk, {member.pk})


def who_needs(case_ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Guarded case → the members who have a part in it; a case that is not guarded is left out."""
    ids = set(case_ids)
    rows = list(_guarded_or_taken_in(list(ids))) if ids else []
    taken = {pk for pk, _guard, into, _owner, _who in rows if into is not None}
    home = {pk: pk for pk in ids} | (homes(taken) if taken else {})
    if beyond := {home[pk] for pk in taken} - ids:
        rows += list(_guarded_or_taken_in(list(beyond)))
    needs = {pk: {owner, who} for pk, guard, into, owner, who in rows if guard and into is None}
    if not needs:
        return {}
    joined = Escalation.objects.filter(case__in=list(needs), ended_at=None, member__isnull=False)
    for case_id, member_id in joined.values_list("case", "member"):
        needs[case_id].add(member_id)
    return {pk: frozenset(one for one in needs[home[pk]] if one is not None) for pk in ids if home[pk] in needs}


@prepared
def _others(member_id: int) -> QuerySet[Case, int]:
    mine = Q(owner=member_id) | Q(next_step__who=member_id)
    joined = Escalation.objects.filter(member=member_id, ended_at=None).values("case")
    guarded = Case.objects.filter(~Q(guard=""), merged_into=None).exclude(mine).exclude(pk__in=joined)
    return guarded.order_by().values_list("pk", flat=True)


def _guarded_or_taken_in(case_ids: list[int]) -> QuerySet[Case, tuple[int, str, int | None, int | None, int | None]]:
    odd = Case.objects.filter(~Q(guard="") | Q(merged_into__isnull=False), pk__in=case_ids)
    return odd.values_list("pk", "guard", "merged_into", "owner", "next_step__who")
