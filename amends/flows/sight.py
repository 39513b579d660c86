"""Whom a member may know: people with a case of the brands that the member serves (S7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amends.cases.models import Case, Entry
from amends.flows.guarded import hidden_from
from amends.people import identities
from amends.people.identities import IdentityError
from amends.people.models import Customer, Member
from amends.people.permissions import actor_of


def brands_of(member: Member) -> frozenset[int] | None:
    """The brands that the member serves; None means all."""
    return actor_of(member).brands_seen


def in_sight(brand_ids: Collection[int] | None, hidden: Collection[int] = ()) -> QuerySet[Customer]:
    """Customers with a case in the brands that is not hidden; with all brands, everybody."""
    everybody = Customer.objects.all()
    if brand_ids is None:
        return everybody
    seen = Case.objects.filter(brand__in=brand_ids).exclude(pk__in=hidden)
    return everybody.filter(pk__in=seen.values("customer"))


def who_has(kind: str, value: str, brand_ids: Collection[int] | None, hidden: Collection[int] = ()) -> Customer | None:
    """Whoever in sight has this normalised address or number: its owner, else somebody for whom it was told."""
    people = identities.everybody_with(kind, value)
    return next((one for one in people if _knows(one, brand_ids, hidden)), None)


def recognise(kind: str, shown: str, name: str, now: datetime, *, by: Member) -> Customer:
    """The customer behind an address that `by` writes down. Raises identities.IdentityError.

    Not its owner, when `by` may know none of their cases: naming an address proves nothing, and would show all that is
    known there. Then it is told for a new person, who shares the address and nothing else.
    """
    value = identities.normalise(kind, shown)
    if (known := who_has(kind, value, brands_of(by), hidden_from(by))) is not None:
        return known
    if identities.find(kind, value) is None:
        return identities.recognise(kind, shown, name, now)
    return identities.tell(kind, shown, name, now)


def refusal(problem: IdentityError, owner: Customer | None, by: Member) -> str:
    """Why an address is refused; its owner is not named to a member who may know none of their cases."""
    if owner is None or in_sight(brands_of(by), hidden_from(by)).filter(pk=owner.pk).exists():
        return str(problem)
    return _("This belongs to somebody whom your brands do not know. Ask an admin to look.")


def _knows(customer: Customer, brand_ids: Collection[int] | None, hidden: Collection[int]) -> bool:
    """Whether they have a case of these brands, or wrote on one themselves."""
    if in_sight(brand_ids, hidden).filter(pk=customer.pk).exists():
        return True
    wrote = Entry.objects.filter(customer=customer, kind="contact.in", case__brand__in=brand_ids or ())
    return wrote.exclude(case__in=hidden).exists()
