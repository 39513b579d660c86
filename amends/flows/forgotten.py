"""Nobody who was erased comes back: not by a mailbox that is read anew, and not by a backup that is restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Min

from amends.audit import log as audit
from amends.cases import unneeded
from amends.channels import headline
from amends.channels.message import IncomingMessage
from amends.channels.models import Kept
from amends.flows import erasing
from amends.kit import erasures
from amends.people.models import Customer, ErasureOwed, Identity, Tombstone

log = structlog.get_logger("amends.forgotten")

REASON = "written before its sender was erased"
CLOCKS_DIFFER = timedelta(minutes=10)


def drop_if_old(kept: Kept, message: IncomingMessage) -> bool:
    """Is this an old mail of somebody who was erased since? Then its bytes go, and True is returned.

    A mail without a date is new: whoever writes anew is a new person. So is one that a server passed on since, whatever
    the clock of its sender says.
    """
    if not erasures.any_yet() or message.date is None:
        return False
    mark = erasures.mark("address", message.sender.address.strip().lower())
    stone = Tombstone.objects.filter(mark=mark).first()
    if stone is None or message.date > stone.at + CLOCKS_DIFFER:
        return False
    passed_on = headline.passed_on_at(kept)
    if passed_on is not None and passed_on > stone.at + CLOCKS_DIFFER:
        return False
    unneeded.note([kept.sha256])
    kept.sha256 = kept.source = ""
    kept.state, kept.reason = Kept.State.IGNORED, REASON
    kept.save(update_fields=["sha256", "source", "state", "reason"])
    return True


def again(now: datetime) -> int:
    """Erase whoever a restored backup has brought back; the number of people erased.

    The ledger beside the keys knows of erasures that the database does not, and the other way round. Who is under a
    legal hold stays owed, and is erased by the first call after it is taken off.
    """
    known = dict(Tombstone.objects.values_list("mark", "at"))
    noted = erasures.noted()
    for mark, at in _newer(known, noted).items():
        erasures.note([mark], at)
    paid = _pay(now)
    waiting = set(ErasureOwed.objects.values_list("mark", flat=True))
    due = {mark: at for mark, at in _newer(noted, known).items() if mark not in waiting}
    return paid + (_erase_all(due, now) if due else 0)


def _newer(these: dict[str, datetime], those: dict[str, datetime]) -> dict[str, datetime]:
    """What `those` lack, or know only from an earlier time: who wrote anew may be erased anew."""
    return {mark: at for mark, at in these.items() if mark not in those or those[mark] < at}


@dataclass(frozen=True)
class Owed:
    """Whose erasure is owed, since when they are to be gone, and what hinders it now."""

    customer: Customer
    at: datetime
    why: str


def owed(customer: Customer | None = None) -> list[Owed]:
    """Every erasure that is owed, or that of one person; the oldest first."""
    rows = ErasureOwed.objects.all() if customer is None else ErasureOwed.objects.filter(customer=customer)
    people = Customer.objects.filter(pk__in=rows.values("customer"))
    since = people.annotate(since=Min("erasures_owed__at")).order_by("since", "pk")
    return [Owed(one, one.since, erasing.hindrance(one)) for one in since]


def _pay(now: datetime) -> int:
    """Erase those whose hold was taken off; how many."""
    return sum(_erased(one.customer, now) == "" for one in owed() if not one.why)


def _erase_all(due: dict[str, datetime], now: datetime) -> int:
    count = 0
    done = dict(due)
    for customer, marks in _back_again(due):
        why = _erased(customer, now)
        if why:
            _owe(customer, {mark: done.pop(mark) for mark in marks}, why)
        count += not why
    with transaction.atomic():
        for mark, at in done.items():
            Tombstone.objects.get_or_create(mark=mark, defaults={"at": at})
            Tombstone.objects.filter(mark=mark, at__lt=at).update(at=at)
    return count


def _erased(customer: Customer, now: datetime) -> str:
    """Erase them; else why not."""
    try:
        erasing.erase(customer, by=audit.THE_DESK, now=now)
    except erasing.ErasingError as error:
        return str(error)
    return ""


def _owe(customer: Customer, marks: dict[str, datetime], why: str) -> None:
    log.warning("somebody who was erased is back, and held", person=customer.pk, why=why)
    with transaction.atomic():
        for mark, at in marks.items():
            ErasureOwed.objects.get_or_create(mark=mark, defaults={"customer": customer, "at": at})
        audit.write("person.erasure_owed", by=audit.THE_DESK, subject=customer)


def _back_again(due: dict[str, datetime]) -> list[tuple[Customer, list[str]]]:
    """People known under addresses that were erased after they were first seen, each with the marks of those."""
    found: dict[int, list[str]] = {}
    own = Identity.objects.filter(told_for=0).values_list("value", "first_seen_at", "customer")
    for value, seen, customer_id in own.iterator():
        mark = erasures.mark("address", value)
        if mark in due and seen <= due[mark]:
            found.setdefault(customer_id, []).append(mark)
    people = Customer.objects.in_bulk(found)
    return [(people[customer_id], marks) for customer_id, marks in found.items()]
