"""We learn something about a person: it is written down, and found from then on (CV2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from amends.audit import log
from amends.cases import search
from amends.people import customers, identities
from amends.people.models import Customer, Identity, Member


def learn(customer: Customer, field: str, value: str, *, by: Member, request: HttpRequest | None = None) -> str:
    """Correct one of `customers.FIELDS`; gives back what stood there. Raises customers.CustomerError."""
    with transaction.atomic():
        before = customers.change(customer, field, value)
        search.add_person(customer)
        if before != getattr(customer, field):
            log.write("person.changed", by=by, subject=customer, request=request, fields=[field])
    return before


def reach_also(
    customer: Customer, shown: str, now: datetime, *, by: Member, request: HttpRequest | None = None
) -> Identity:
    """One more mail address or phone number. Raises identities.IdentityError."""
    with transaction.atomic():
        known = set(customer.identities.values_list("pk", flat=True))
        if "@" in shown:
            identity = identities.add_identity(customer, Identity.Kind.EMAIL, identities.check_email(shown), now)
        else:
            identity = identities.add_identity(customer, Identity.Kind.PHONE, shown, now)
        search.add_person(customer)
        if identity.pk not in known:
            log.write("person.reached_also", by=by, subject=customer, request=request, kind=identity.kind)
    return identity
