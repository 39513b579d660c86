"""Nobody who was erased comes back: not by a mailbox that is read anew, and not by a backup that is restored."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from amends.audit import log as audit
from amends.cases import unneeded
from amends.channels.message import IncomingMessage
from amends.channels.models import Kept
from amends.flows import erasing
from amends.kit import erasures
from amends.people.models import Customer, Identity, Tombstone

log = structlog.get_logger("amends.forgotten")

REASON = "written before its sender was erased"
CLOCKS_DIFFER = timedelta(minutes=10)


def drop_if_old(kept: Kept, message: IncomingMessage) -> bool:
    """Is this an old mail of somebody who was erased since? Then its bytes go, and True is returned.

    A mail without a date is new: whoever writes anew is a new person.
    """
    if not erasures.any_yet() or message.date is None:
        return False
    mark = erasures.mark("address", message.sender.address.strip().lower())
    stone = Tombstone.objects.filter(mark=mark).first()
    if stone is None or message.date > stone.at + CLOCKS_DIFFER:
        return False
    unneeded.note([kept.sha256])
    kept.sha256 = kept.source = ""
    kept.state, kept.reason = Kept.State.IGNORED, REASON
    kept.save(update_fields=["sha256", "source", "state", "reason"])
    return True


def again(now: datetime) -> int:
    """Erase whoever a restored backup has brought back; the number of people erased.

    The ledger beside the keys knows of erasures that the database does not, and the other way round.
    """
    known = dict(Tombstone.objects.values_list("mark", "at"))
    noted = erasures.noted()
    for mark, at in _newer(known, noted).items():
        erasures.note([mark], at)
    due = _newer(noted, known)
    return _erase_all(due, now) if due else 0


def _newer(these: dict[str, datetime], those: dict[str, datetime]) -> dict[str, datetime]:
    """What `those` lack, or know only from an earlier time: who wrote anew may be erased anew."""
    return {mark: at for mark, at in these.items() if mark not in those or those[mark] < at}


def _erase_all(due: dict[str, datetime], now: datetime) -> int:
    count = 0
    for customer_id in _back_again(due):
        try:
            erasing.erase(Customer.objects.get(pk=customer_id), by=audit.THE_DESK, now=now)
            count += 1
        except erasing.ErasingError as error:
            log.warning("somebody who was erased is back, and held", person=customer_id, why=str(error))
    with transaction.atomic():
        for mark, at in due.items():
            Tombstone.objects.get_or_create(mark=mark, defaults={"at": at})
            Tombstone.objects.filter(mark=mark, at__lt=at).update(at=at)
    return count


def _back_again(due: dict[str, datetime]) -> set[int]:
    """People known under an address that was erased after they were first seen."""
    found = set()
    for value, seen, customer_id in Identity.objects.values_list("value", "first_seen_at", "customer").iterator():
        at = due.get(erasures.mark("address", value))
        if at is not None and seen <= at:
            found.add(customer_id)
    return found
