"""What people decide about letters that did not arrive, or may have; and the alarm when nobody does."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import next_step, ownership, timeline
from amends.cases.models import Case, Closure, Entry, NextStep
from amends.cases.next_step import Step
from amends.channels import outbox
from amends.channels import undelivered as rows
from amends.channels.models import Delivery
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.flows import looking
from amends.flows.decide import decide
from amends.people.models import Member

log = structlog.get_logger("amends.undelivered")

REACH_WITHIN = timedelta(hours=2)
"""Open hours in which the owner finds another way, or decides; then the leads hear of it."""


def soon(case: Case, now: datetime) -> datetime:
    """By when somebody must have seen to a letter that did not arrive."""
    return calendars.of_case(case).add_open(now, REACH_WITHIN)


def ask(delivery: Delivery, now: datetime) -> Entry:
    """The letter may have arrived, and the mailbox is set to ask: its owner decides. In the caller's transaction."""
    case = ownership.hold(delivery.case_id)
    to = list(delivery.recipients)
    entry = timeline.record(
        case, "contact.doubtful", at=now, letter=delivery.entry_id, recipients=to, why=delivery.said[:500]
    )
    due = soon(case, now)
    Delivery.objects.filter(pk=delivery.pk).update(alarm_at=due, alarmed=False, settled_at=None, settled_by=None)
    owner = case.owner or delivery.entry.member
    act = _("decide about the letter that may have arrived")
    if owner is None:
        return entry
    if Closure.objects.filter(case=case).exists():
        next_step.set_step(case, Step(who=owner, kind="promise", what=act, by=due), looking.said(case), at=now)
        return entry
    word = promises.Word(act=act, due=due, kind=Promise.Kind.STEP, source=Promise.Source.POLICY, visible=False)
    promises.make(case, word, promisor=owner, at=now, by=None, made_in=entry)
    decide(case, now)
    return entry


def send_again(delivery: Delivery, *, by: Member, now: datetime) -> bool:
    """Put the letter on its way again, under the same Message-ID. False when it is being delivered just now."""
    with transaction.atomic():
        case = ownership.hold(delivery.case_id)
        doubted = delivery.state == Delivery.State.DOUBT
        if not outbox.try_again(delivery.pk, now):
            return False
        timeline.record(case, "contact.settled", at=now, by=by, letter=delivery.entry_id, how="again")
        if doubted:
            answered(case, delivery, now, by=by)
            _go_on(case, now, by)
    return True


def leave(delivery: Delivery, *, by: Member, now: datetime) -> bool:
    """Leave it at that: it may have arrived, or nothing more can be done. False when somebody was faster."""
    with transaction.atomic():
        case = ownership.hold(delivery.case_id)
        if not rows.settle(delivery.pk, by=by, now=now):
            return False
        timeline.record(case, "contact.settled", at=now, by=by, letter=delivery.entry_id, how="left")
        answered(case, delivery, now, by=by)
        if not rows.in_trouble().filter(case=case).exclude(state=Delivery.State.DOUBT).exists():
            for promise in promises.owed(case).filter(kind=Promise.Kind.REACH):
                promises.release(promise, at=now, by=by, reason=_("the letter was left as it is"))
        _go_on(case, now, by)
    return True


def answered(case: Case, delivery: Delivery, now: datetime, *, by: Member | None = None) -> None:
    """The question about this letter is answered, by a person or by what became of it."""
    asked = Entry.objects.filter(case=case, kind="contact.doubtful", data__letter=delivery.entry_id)
    promises.keep_all(
        promises.owed(case).filter(made_in__in=asked), at=now, by=by, evidence=_("somebody decided about the letter")
    )


def ring(now: datetime) -> int:
    """Tell the log, and by it the leads' pages, what nobody has seen to in time. How much there was to tell."""
    told = 0
    for delivery in rows.in_trouble().filter(told=True, alarmed=False).select_related("case")[:200]:
        if _seen_to(delivery):
            rows.settle(delivery.pk, by=None, now=now)
        elif delivery.alarm_at is not None and delivery.alarm_at <= now and rows.ring(delivery):
            told += 1
            log.error("nobody has seen to a letter that did not arrive", case=delivery.case_id, delivery=delivery.pk)
    for account in rows.broken_mailboxes(now):
        if rows.ring_for_mailbox(account):
            told += 1
            log.error(
                "a mailbox is broken", account=account.address, since=str(account.trouble_since), why=account.trouble
            )
    return told


def _seen_to(delivery: Delivery) -> bool:
    """Somebody reached the customer another way: nothing is owed for this letter any more."""
    if delivery.state == Delivery.State.DOUBT or delivery.alarm_at is None:
        return False
    if Closure.objects.filter(case=delivery.case_id).exists():
        return not NextStep.objects.filter(case=delivery.case_id, kind=NextStep.Kind.REACH).exists()
    return not promises.owed(delivery.case).filter(kind=Promise.Kind.REACH).exists()


def _go_on(case: Case, now: datetime, by: Member) -> None:
    """A closed case owes nothing more for the letter; an open one goes on to what it owes next."""
    if ownership.is_open(case):
        decide(case, now, by=by)
    elif not rows.in_trouble().filter(case=case).exists():
        NextStep.objects.filter(case=case).delete()
