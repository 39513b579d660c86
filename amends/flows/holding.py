"""A legal hold on a case or a person: nothing of it is erased until it is taken off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from amends.audit import log
from amends.cases.models import Case, Hold
from amends.people.models import Customer, Member


def hold(
    thing: Case | Customer, why: str, *, by: Member | log.Who, now: datetime, request: HttpRequest | None = None
) -> None:
    """Put a hold on; one that is there stays as it is."""
    on = {"case": thing} if isinstance(thing, Case) else {"customer": thing}
    made_by = by if isinstance(by, Member) else None
    with transaction.atomic():
        _hold, new = Hold.objects.get_or_create(**on, defaults={"why": why[:300], "by": made_by, "at": now})
        if new:
            log.write("case.held" if isinstance(thing, Case) else "person.held", by=by, subject=thing, request=request)


def let_go(thing: Case | Customer, *, by: Member | log.Who, request: HttpRequest | None = None) -> None:
    """Take it off."""
    held = Hold.objects.filter(case=thing) if isinstance(thing, Case) else Hold.objects.filter(customer=thing)
    with transaction.atomic():
        if held.delete()[0]:
            verb = "case.let_go" if isinstance(thing, Case) else "person.let_go"
            log.write(verb, by=by, subject=thing, request=request)
