"""A case begins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from amends.cases import search, timeline
from amends.cases.models import Case
from amends.kit.prepared import prepared
from amends.kit.rows import insert
from amends.people.models import Brand, Customer, Member, Team


@dataclass(frozen=True)
class Beginning:
    """What a case begins with. `by` None means that the customer began it."""

    brand: Brand
    customer: Customer
    title: str
    at: datetime
    by: Member | None = None
    kind: str = Case.Kind.OTHER
    language: str = ""
    may_belong_to: Case | None = None
    split_from: Case | None = None
    channel: str = ""


def open_case(  # noqa: PLR0913
    brand: Brand,
    customer: Customer,
    title: str,
    *,
    at: datetime,
    by: Member | None = None,
    kind: str = Case.Kind.OTHER,
    language: str = "",
    may_belong_to: Case | None = None,
    split_from: Case | None = None,
    channel: str = "",
) -> Case:
    """Open a case and record it. It has no next step yet: the caller decides in the same transaction."""
    beginning = Beginning(brand, customer, title, at, by, kind, language, may_belong_to, split_from, channel)
    (case,) = open_cases([beginning])
    return case


def open_cases(beginnings: Sequence[Beginning]) -> list[Case]:
    """Open many, in this order, in as many statements as one takes."""
    teams = _teams({beginning.brand.pk for beginning in beginnings})
    cases = insert(
        Case(
            brand=beginning.brand,
            customer=beginning.customer,
            title=beginning.title[:200],
            kind=beginning.kind,
            language=beginning.language[:12],
            opened_at=beginning.at,
            may_belong_to=beginning.may_belong_to,
            split_from=beginning.split_from,
            team=teams.get(beginning.brand.pk),
        )
        for beginning in beginnings
    )
    timeline.record_all(
        [
            timeline.Event(
                case,
                "case.opened",
                beginning.at,
                beginning.by or beginning.customer,
                beginning.channel,
                data={"title": case.title},
            )
            for case, beginning in zip(cases, beginnings, strict=True)
        ]
    )
    search.add_cases(cases)
    return cases


def _teams(brand_ids: Iterable[int]) -> dict[int, Team]:
    """Brand id → the team that serves it, of several the first."""
    return {row.brand_id: row.team for row in _serving(list(brand_ids))}


@prepared
def _serving(brand_ids: Collection[int]) -> QuerySet[Any]:
    serving = Team.brands.through.objects.filter(brand__in=brand_ids).select_related("team__lead")
    return serving.order_by("-team")
