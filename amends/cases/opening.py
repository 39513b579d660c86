"""A case begins."""

from __future__ import annotations

from datetime import datetime

from amends.cases import search, timeline
from amends.cases.models import Case
from amends.people.models import Brand, Customer, Member


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
    case = Case.objects.create(
        brand=brand,
        customer=customer,
        title=title[:200],
        kind=kind,
        language=language[:12],
        opened_at=at,
        may_belong_to=may_belong_to,
        split_from=split_from,
        team=brand.teams.order_by("pk").first(),
    )
    timeline.record(case, "case.opened", at=at, by=by or customer, channel=channel, title=case.title)
    search.add_case(case)
    search.add_person(customer)
    return case
