"""Cases that became one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from amends.cases.models import Case
from amends.kit.prepared import prepared


def family(case: Case) -> list[Case]:
    """The cases whose timelines stand on this one's page: itself and all that were merged into it."""
    found, new = [case], [case]
    while new:
        new = list(Case.objects.filter(merged_into__in=new))
        found += new
    return found


def families(case_ids: Iterable[int]) -> dict[int, int]:
    """Case id → the one of `case_ids` whose timeline it stands on: itself, or what was taken into it, however far."""
    home = {pk: pk for pk in case_ids}
    new = list(home)
    while new:
        taken = dict(_taken_into(new))
        home |= {pk: home[into] for pk, into in taken.items() if into is not None}
        new = list(taken)
    return home


def homes(case_ids: Iterable[int]) -> dict[int, int]:
    """Case id → the case on which it goes on: itself, or the one that it was taken into, however far."""
    into = {pk: pk for pk in case_ids}
    new = set(into)
    while new:
        taken = dict(_gone_on(new))
        into = {pk: taken.get(home) or home for pk, home in into.items()}
        new = {pk for pk in taken.values() if pk is not None}
    return into


@prepared
def _taken_into(case_ids: Collection[int]) -> QuerySet[Case, tuple[int, int | None]]:
    return Case.objects.filter(merged_into__in=case_ids).values_list("pk", "merged_into")


@prepared
def _gone_on(case_ids: Collection[int]) -> QuerySet[Case, tuple[int, int | None]]:
    return Case.objects.filter(pk__in=case_ids, merged_into__isnull=False).values_list("pk", "merged_into")
