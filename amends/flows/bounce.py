"""A letter of ours came back or did not leave: its owner gets a next step, always (CH6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from amends.cases import next_step, timeline
from amends.cases.models import Case, Closure, Entry
from amends.cases.next_step import Said, Step
from amends.channels.message import Bounce, IncomingMessage
from amends.channels.models import Delivery, Kept
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.flows import looking
from amends.flows.decide import decide
from amends.people.models import Customer, Identity, Member

REACH_WITHIN = timedelta(hours=2)
"""Open hours in which the owner finds another way."""


def take_bounce(kept: Kept, message: IncomingMessage, now: datetime) -> Entry | None:
    """A delivery report: believed only when it names a letter of ours by its signed Message-ID."""
    named = {bounce.original_message_id for bounce in message.bounces if bounce.original_message_id}
    delivery = Delivery.objects.select_related("case", "entry").filter(message_id__in=named).first()
    if delivery is None:
        _aside(kept, "a delivery report about no letter of ours")
        return None
    permanent = [bounce for bounce in message.bounces if bounce.permanent]
    if not permanent:
        _aside(kept, f"late, still on its way: {message.bounces[0].reason}")
        return None
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.BOUNCED, said=permanent[0].reason[:500])
    entry = did_not_arrive(delivery, _why(permanent), [b.recipient for b in permanent], now)
    # A full mailbox (4.2.2) did not take this letter; the address itself may be good tomorrow.
    dead = [b.recipient for b in permanent if not b.status.startswith("4")]
    _mark_addresses(delivery.case, dead, _why(permanent), now)
    kept.entry = entry
    kept.save(update_fields=["entry"])
    return entry


def could_not_deliver(delivery_id: int, now: datetime) -> Entry | None:
    """The other side refused the letter for good, or for too long. None when the owner knows already."""
    with transaction.atomic():
        if not Delivery.objects.filter(pk=delivery_id, told=False).update(told=True):
            return None
        delivery = Delivery.objects.select_related("case", "entry__member").get(pk=delivery_id)
        entry = did_not_arrive(delivery, delivery.said, delivery.recipients, now)
        _mark_addresses(delivery.case, delivery.recipients, delivery.said, now)
        return entry


def did_not_arrive(delivery: Delivery, why: str, recipients: Sequence[str], now: datetime) -> Entry:
    """Write it down and give the owner a next step. A closed case stays closed."""
    case = delivery.case
    entry = timeline.record(
        case,
        "contact.failed",
        at=now,
        letter=delivery.entry_id,
        recipients=list(recipients),
        why=why[:500],
    )
    owner = case.owner or delivery.entry.member
    if Closure.objects.filter(case=case).exists():
        assert owner is not None
        _step_on_closed(case, owner, now)
        return entry
    for promise in promises.owed(case).filter(kind=Promise.Kind.HEAR):
        promises.release(promise, at=now, by=None, reason="the letter did not arrive")
    if owner is not None and not promises.owed(case).filter(kind=Promise.Kind.REACH).exists():
        word = promises.Word(
            act=case.title,
            due=_soon(case, now),
            kind=Promise.Kind.REACH,
            source=Promise.Source.POLICY,
            visible=False,
        )
        promises.make(case, word, promisor=owner, at=now, by=None)
    decide(case, now)
    return entry


def _step_on_closed(case: Case, owner: Member, now: datetime) -> None:
    step = Step(who=owner, kind="reach", what=case.title, by=_soon(case, now))
    said: Said = looking.said(case)
    next_step.set_step(case, step, said, at=now)


def _soon(case: Case, now: datetime) -> datetime:
    return calendars.of_brand(case.brand).add_open(now, REACH_WITHIN)


def _mark_addresses(case: Case, recipients: Sequence[str], why: str, now: datetime) -> None:
    wanted = [recipient.lower() for recipient in recipients]
    customers: list[Customer] = [
        case.customer,
        *(p.customer for p in case.participants.select_related("customer")),
    ]
    Identity.objects.filter(customer__in=customers, kind=Identity.Kind.EMAIL, value__in=wanted).update(
        undeliverable_at=now, undeliverable_why=why[:300]
    )


def _why(bounces: Sequence[Bounce]) -> str:
    return "; ".join(dict.fromkeys(f"{bounce.status} {bounce.reason}".strip() for bounce in bounces))


def _aside(kept: Kept, reason: str) -> None:
    kept.state = Kept.State.IGNORED
    kept.reason = reason[:500]
    kept.save(update_fields=["state", "reason"])
