"""A letter of ours came back or did not leave: its owner gets a next step, always (CH6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import next_step, ownership, reply_tokens, timeline
from amends.cases.models import Case, Closure, Entry, NextStep
from amends.cases.next_step import Said, Step
from amends.channels import inbox
from amends.channels import undelivered as rows
from amends.channels.email import outgoing_headers as out
from amends.channels.message import Bounce, IncomingMessage, nobody_there
from amends.channels.models import Delivery, Kept
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import looking, undelivered
from amends.flows.decide import decide
from amends.people import identities
from amends.people.models import Customer, Identity, Member


def take_bounce(kept: Kept, message: IncomingMessage, now: datetime) -> Entry | None:
    """A delivery report: believed only when it names a letter of ours by its signed Message-ID."""
    named = {bounce.original_message_id for bounce in message.bounces}
    named = {message_id for message_id in named if reply_tokens.in_message_id(message_id) is not None}
    delivery = Delivery.objects.select_related("case", "entry").filter(message_id__in=named).first()
    if delivery is None:
        _aside(kept, "a delivery report about no letter of ours")
        return None
    permanent = [bounce for bounce in message.bounces if bounce.permanent]
    if not permanent:
        _aside(kept, f"late, still on its way: {message.bounces[0].reason}")
        return None
    lost = _lost(delivery, permanent)
    _came_back(delivery, lost, permanent[0].reason)
    entry = did_not_arrive(delivery, _why(permanent), lost, now)
    dead = [bounce for bounce in permanent if nobody_there(bounce.status)]
    _mark_addresses(delivery.case, _named(delivery, dead), _why(permanent), now)
    inbox.taken({kept.pk: entry.pk})
    return entry


def could_not_deliver(delivery_id: int, now: datetime) -> Entry | None:
    """The other side refused the letter for good, or for too long, or nobody knows. None when the owner knows it."""
    with transaction.atomic():
        if not Delivery.objects.filter(pk=delivery_id, told=False).update(told=True):
            return None
        delivery = Delivery.objects.select_related("case", "entry__member").get(pk=delivery_id)
        lost = [value for value in delivery.recipients if value not in delivery.got]
        if delivery.state == Delivery.State.DOUBT:
            return undelivered.ask(delivery, now)
        entry = did_not_arrive(delivery, delivery.said, lost, now)
        _mark_addresses(delivery.case, delivery.unknown, delivery.said, now)
        return entry


def left(delivery: Delivery, now: datetime) -> None:
    """A server took the letter: nothing is said against its addresses, and no other way is looked for on its account."""
    identities.works_again(delivery.recipients)
    failed = Entry.objects.filter(case=delivery.case_id, kind="contact.failed", data__letter=delivery.entry_id)
    if failed.exists():
        with transaction.atomic():
            _reached(ownership.hold(delivery.case_id), delivery, now)


def did_not_arrive(delivery: Delivery, why: str, recipients: Sequence[str], now: datetime) -> Entry:
    """Write it down and give the owner a next step. A closed case stays closed."""
    case = ownership.hold(delivery.case_id)
    entry = timeline.record(
        case,
        "contact.failed",
        at=now,
        letter=delivery.entry_id,
        recipients=list(recipients),
        why=why[:500],
    )
    owner = case.owner or delivery.entry.member
    Delivery.objects.filter(pk=delivery.pk).update(
        alarm_at=_soon(case, now), alarmed=False, settled_at=None, settled_by=None
    )
    undelivered.answered(case, delivery, now)
    if delivery.entry.data.get("human") is False:
        _quietly(delivery, now)
        return entry
    if Closure.objects.filter(case=case).exists():
        assert owner is not None
        _step_on_closed(case, owner, now)
        return entry
    for promise in promises.owed(case).filter(kind=Promise.Kind.HEAR):
        promises.release(promise, at=now, by=None, reason=_("the letter did not arrive"))
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


def _quietly(delivery: Delivery, now: datetime) -> None:
    """A letter that the desk wrote by itself: the owner owes their own answer anyway, and nobody looks for this one."""
    rows.settle(delivery.pk, by=None, now=now)


def _lost(delivery: Delivery, permanent: Sequence[Bounce]) -> list[str]:
    """Which recipients a report is about; an address that it was passed on to may stand for any of them.

    Whoever was still to be tried is among them: no further try is made, and the owner must know for whom.
    """
    named = _named(delivery, permanent) or list(delivery.recipients)
    tried = delivery.got if delivery.state == Delivery.State.WAITING else delivery.recipients
    return [value for value in delivery.recipients if value in named or value not in tried]


def _named(delivery: Delivery, bounces: Sequence[Bounce]) -> list[str]:
    """Only those whom the letter went to: whoever has it can write a report that names anybody."""
    named = {out.plain_domain(bounce.recipient).lower() for bounce in bounces}
    return [value for value in delivery.recipients if out.plain_domain(value).lower() in named]


def _came_back(delivery: Delivery, lost: Sequence[str], said: str) -> None:
    had = delivery.recipients if delivery.state == Delivery.State.SENT else delivery.got
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.BOUNCED, said=said[:500], told=True, got=[value for value in had if value not in lost]
    )


def _reached(case: Case, delivery: Delivery, now: datetime) -> None:
    """Nobody need find another way, unless another letter of the case has not arrived."""
    states = [Delivery.State.FAILED, Delivery.State.BOUNCED]
    if Delivery.objects.filter(case=case, state__in=states, settled_at=None).exists():
        return
    if Closure.objects.filter(case=case).exists():
        NextStep.objects.filter(case=case, kind=NextStep.Kind.REACH).delete()
        return
    owed = list(promises.owed(case).filter(kind=Promise.Kind.REACH))
    promises.keep_all(
        owed, at=now, by=None, evidence=_("letter %(number)d left after all") % {"number": delivery.entry_id}
    )
    if owed:
        decide(case, now)


def _step_on_closed(case: Case, owner: Member, now: datetime) -> None:
    step = Step(who=owner, kind="reach", what=case.title, by=_soon(case, now))
    said: Said = looking.said(case)
    next_step.set_step(case, step, said, at=now)


def _soon(case: Case, now: datetime) -> datetime:
    return undelivered.soon(case, now)


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
