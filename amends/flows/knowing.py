"""We learn something about a person: it is written down, and found from then on (CV2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from amends.cases import search
from amends.people import customers, identities
from amends.people.models import Customer, Identity


def learn(customer: Customer, field: str, value: str) -> str:
    """Correct one of `customers.FIELDS`; gives back what stood there. Raises customers.CustomerError."""
    with transaction.atomic():
        before = customers.change(customer, field, value)
        search.add_person(customer)
    return before


def reach_also(customer: Customer, shown: str, now: datetime) -> Identity:
    """One more mail address or phone number. Raises identities.IdentityError."""
    with transaction.atomic():
        if "@" in shown:
            identity = identities.add_identity(customer, Identity.Kind.EMAIL, identities.check_email(shown), now)
        else:
            identity = identities.add_identity(customer, Identity.Kind.PHONE, shown, now)
        search.add_person(customer)
    return identity
