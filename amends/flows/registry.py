"""Every table of the house as a person sees it, and one person's or case's part of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from amends.audit import personal as audit
from amends.cases import personal as cases
from amends.cases.models import Case, Entry
from amends.channels import personal as channels
from amends.clock import personal as clock
from amends.coach import personal as coach
from amends.kit import personal as kit
from amends.kit.personal import Subject, Table
from amends.people import personal as people
from amends.people.models import Customer

TABLES: list[Table] = [
    *kit.TABLES,
    *audit.TABLES,
    *people.TABLES,
    *cases.TABLES,
    *coach.TABLES,
    *clock.TABLES,
    *channels.TABLES,
]
"""From below upward: what points at something stands after it."""


def all_about(customer: Customer) -> Subject:
    """Everything that must go with a person: their cases whole, and what they wrote on others'."""
    own = Case.objects.filter(customer=customer)
    entries = Entry.objects.filter(Q(case__in=own) | Q(customer=customer))
    return _subject(customer, own, entries)


def theirs_to_read(customer: Customer) -> Subject:
    """What a person may have a copy of: the same without what other customers wrote on their cases (S32)."""
    own = Case.objects.filter(customer=customer)
    entries = Entry.objects.filter(Q(case__in=own, customer=None) | Q(customer=customer))
    return _subject(customer, own, entries)


def some_cases(case_ids: Iterable[int]) -> Subject:
    """All of these cases, whoever's they are."""
    cases = Case.objects.filter(pk__in=list(case_ids)).values("pk")
    return Subject(None, cases, Entry.objects.filter(case__in=cases).values("pk"))


def _subject(customer: Customer, cases: object, entries: object) -> Subject:
    values = tuple(customer.identities.filter(told_for=0).values_list("value", flat=True))
    return Subject(customer.pk, cases.values("pk"), entries.values("pk"), values)  # type: ignore[attr-defined]
