"""How cases stand with their customers, read from what happened on them (C5.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from amends.cases import outcome
from amends.cases.family import families
from amends.cases.models import Case, Entry
from amends.cases.outcome import Outcome
from amends.kit.prepared import prepared


class Happened(NamedTuple):
    """What is read of an entry."""

    pk: int
    kind: str
    at: datetime
    actor: str
    data: Any


def of(cases: Sequence[Case], now: datetime) -> dict[int, Outcome | None]:
    """Case id → its outcome so far, with what was taken in; None before anything was said. In two queries."""
    home = families(case.pk for case in cases)
    happened: dict[int, list[Happened]] = defaultdict(list)
    for case_id, pk, kind, at, actor, data in _happened(list(home)):
        happened[home[case_id]].append(Happened(pk, kind, at, actor, data))
    return {case.pk: outcome.of(happened[case.pk], now) for case in cases}


@prepared
def _happened(case_ids: Collection[int]) -> QuerySet[Entry, tuple[Any, ...]]:
    told = Entry.objects.filter(case__in=case_ids, kind__in=outcome.KINDS).order_by("at", "pk")
    return told.values_list("case", "pk", "kind", "at", "actor", "data")
