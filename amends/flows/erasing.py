"""Forget a person: their words, files and addresses go; that there was a case, and what we did, stays (GDPR 17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from amends.audit import log
from amends.cases import next_step, ownership, timeline, unneeded
from amends.cases.family import family
from amends.cases.models import Case, Closure, Entry, Hold, Participant
from amends.channels.models import Delivery
from amends.clock.models import Promise
from amends.flows import bytes_of, traces
from amends.flows.registry import TABLES, all_about, some_cases
from amends.kit import erasures
from amends.kit.personal import Subject, Table
from amends.people.models import Customer, ErasureOwed, Member, Role, Tombstone


class ErasingError(Exception):
    """The person or case may not be erased; the message says why and what to do."""


@dataclass(frozen=True)
class Erased:
    """What went."""

    cases: int
    letters: int
    files: int


def erase(
    customer: Customer, *, by: log.Somebody | log.Who, now: datetime, request: HttpRequest | None = None
) -> Erased:
    """Forget everything about `customer`, in one transaction. Raises ErasingError under a legal hold.

    Marks of their addresses are kept, so that a mailbox read anew or a restored backup brings nobody back. Bytes
    on disk are deleted by the worker right after, if nobody else has them.
    """
    with transaction.atomic():
        customer = Customer.objects.select_for_update().get(pk=customer.pk)
        if why := hindrance(customer):
            raise ErasingError(why)
        subject = all_about(customer)
        # Held: no part of one is told again in another case meanwhile.
        cases = list(
            Case.objects.select_for_update(no_key=True).filter(customer=customer, erased_at=None).order_by("pk")
        )
        marks = [erasures.mark("address", value) for value in subject.values]
        told = list(_told_under_theirs(customer))
        copies = traces.copies_of(subject)
        gone = _strip(subject, cases, now, reason="asked")
        traces.take_out(copies)
        for other in told:  # what a colleague wrote down for this address was said of them
            also = erase(other, by=by, now=now, request=request)
            gone = Erased(gone.cases + also.cases, gone.letters + also.letters, gone.files + also.files)
        unneeded.note(traces.cover(subject.values))
        Participant.objects.filter(customer=customer).delete()
        ErasureOwed.objects.filter(customer=customer).delete()
        for one in marks:
            Tombstone.objects.update_or_create(mark=one, defaults={"at": now})
        Customer.objects.filter(pk=customer.pk).update(erased_at=now)
        log.write("person.erased", by=by, subject=customer, request=request, **vars(gone))
        # Before the commit: after a crash in between, `forgotten.again` finishes what was begun.
        erasures.note(marks, now)
    return gone


def hindrance(customer: Customer) -> str:
    """Why this person may not be erased now, and what to do; empty when they may."""
    people = [customer, *_told_under_theirs(customer)]
    held = Hold.objects.filter(models.Q(customer__in=people) | models.Q(case__customer__in=people)).first()
    if held is None:
        return ""
    what = held.case.reference if held.case else str(held.customer)
    what = _("This person") if held.customer_id == customer.pk else what
    return _("%(what)s is under a legal hold. Take it off first.") % {"what": what}


def erase_case(case: Case, now: datetime) -> Erased:
    """Take the words out of one case that was kept long enough, and of all that was taken into it.

    Raises ErasingError under a legal hold.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        cases = family(case)
        people = [one.customer_id for one in cases]
        if Hold.objects.filter(models.Q(case__in=cases) | models.Q(customer__in=people)).exists():
            raise ErasingError(_("%(case)s is under a legal hold.") % {"case": case.reference})
        return _strip(some_cases(one.pk for one in cases), cases, now, reason="old")


def _told_under_theirs(customer: Customer) -> models.QuerySet[Customer]:
    """People for whom a colleague wrote down an address of this one's."""
    theirs = customer.identities.filter(told_for=0).values("value")
    return Customer.objects.filter(identities__told_for__gt=0, identities__value__in=theirs).distinct()


def _strip(subject: Subject, cases: list[Case], now: datetime, *, reason: str) -> Erased:
    files = bytes_of.digests_of(subject)
    letters = Entry.objects.filter(pk__in=subject.entries, letter__isnull=False).count()
    for case in cases:
        _end(case, now)
    waiting = Delivery.objects.filter(entry__in=subject.entries, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.FAILED, told=True)
    for table in reversed(TABLES):
        if table.rows is not None:
            _take_from(table, subject)
    for case in cases:
        timeline.record(case, "case.erased", at=now, reason=reason)
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(erased_at=now)
    Closure.objects.filter(case__in=cases).update(channel="")  # there is nothing left that a rule could remove
    unneeded.note(files)
    return Erased(len(cases), letters, len(files))


def _end(case: Case, now: datetime) -> None:
    """An open case is over: there is nobody left to whom anything could be owed."""
    if not ownership.is_open(case):
        return
    Promise.objects.filter(case=case, kept_at=None, released_at=None, moved_at=None).update(released_at=now)
    next_step.clear_step(case)
    closer = case.owner or Member.objects.filter(role=Role.ADMIN).order_by("-is_active", "pk").first()
    assert closer is not None
    Closure.objects.create(case=case, reason=Closure.Reason.ERASED, by=closer, at=now)
    timeline.record(case, "case.closed", at=now, reason=Closure.Reason.ERASED.value)


def _take_from(table: Table, subject: Subject) -> None:
    rows = list(table.of(subject))
    everything: models.QuerySet[Any] = models.QuerySet(table.model)
    if table.goes:
        everything.filter(pk__in=[row.pk for row in rows]).delete()
        return
    for row in rows:
        left = {name: about.fate(getattr(row, name)) for name, about in table.personal.items() if about.fate}
        everything.filter(pk=row.pk).update(**left)
