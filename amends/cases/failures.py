"""What went wrong for a customer before (C3.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Count, QuerySet

from amends.cases.models import Case
from amends.kit.prepared import prepared


def troubles_of(customer_ids: Iterable[int], since: datetime) -> dict[int, int]:
    """Customer id → how many complaints they brought since then; one that was taken into another is none. One query."""
    return dict(_troubles(sorted(set(customer_ids)), since))


@prepared
def _troubles(customer_ids: Collection[int], since: datetime) -> QuerySet[Case, tuple[int, int]]:
    complaints = Case.objects.filter(
        customer__in=customer_ids, opened_at__gte=since, kind=Case.Kind.COMPLAINT, merged_into=None
    )
    return complaints.order_by().values_list("customer").annotate(Count("pk"))
