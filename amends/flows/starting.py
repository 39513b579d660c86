"""A member begins a case: somebody rang, wrote a letter, or was found hurt by us."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import opening, ownership, timeline
from amends.cases.models import Case
from amends.clock import promises
from amends.clock.evidence import SPOKEN_TO
from amends.clock.models import Promise
from amends.flows import call_list, calling, closing, knowing, lawful, promising, sight
from amends.flows.decide import decide
from amends.people import identities
from amends.people.models import Brand, Customer, Member

KEPT_BY_CALL = (*promises.REPLIES, Promise.Kind.REACH, Promise.Kind.HEAR)


class EmptyCall(Exception):
    """Nothing was written down of the call."""


@dataclass(frozen=True)
class Beginning:
    """What the form of a new case holds; one of `address` and `phone` may be empty, not both."""

    brand: Brand
    name: str
    title: str
    words: str
    address: str = ""
    phone: str = ""
    channel: str = "phone"
    kind: str = Case.Kind.OTHER


def start(beginning: Beginning, *, by: Member, now: datetime) -> Case:
    """Open the case with the customer's own words as its first entry. Raises identities.IdentityError."""
    with transaction.atomic():
        customer = _customer(beginning, by, now)
        case = opening.open_case(
            beginning.brand,
            customer,
            beginning.title,
            at=now,
            by=by,
            kind=beginning.kind,
            channel=beginning.channel,
        )
        if beginning.words.strip():
            timeline.record(
                case,
                "contact.in",
                at=now,
                by=customer,
                channel=beginning.channel,
                words=timeline.Words(
                    new_text=beginning.words.strip(), text=beginning.words, sender={"name": str(customer)}
                ),
                written_up_by=by.pk,
                written_up_by_name=by.name,
            )
        decide(case, now, by=by)
    return case


def write_up_call(
    case: Case,
    text: str,
    *,
    by: Member,
    now: datetime,
    seconds: int = SPOKEN_TO,
    besides: Promise | None = None,
    ticked: Collection[str] = (),
) -> None:
    """A call was held: what was said, in short. It counts as our answer, and keeps the call that was promised for now.

    `seconds`: how long they were spoken to; `besides`: a promise that the call was about, and did not keep; `ticked`: lines of
    the list for a call that were done (C7.5), beside those that its notes show. Raises EmptyCall.
    """
    if not text.strip():
        raise EmptyCall(_("Write two lines: what they said, what you promised."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        timeline.record(
            case,
            "contact.call",
            at=now,
            by=by,
            channel="phone",
            words=timeline.Words(new_text=text.strip(), sender={"name": by.name}),
            human=True,
            seconds=seconds,
            ticks=call_list.done(case, text, ticked, by=by, now=now),
        )
        owed = list(promises.owed(case).select_related("promisor", "case__brand"))
        kept = [promise for promise in owed if promise != besides and _kept_by(promise, seconds, now)]
        promises.keep_all(kept, at=now, by=by, evidence=_("a call"))
        lawful.kept_by_call(owed, by=by, now=now)
        if ownership.is_open(case):
            promising.tell_in_public(case, kept, by=by, now=now)
            decide(case, now, by=by)


def _kept_by(promise: Promise, seconds: int, now: datetime) -> bool:
    """A call that was promised is kept by one in its window or later; a call next week is still to come."""
    if promise.kind == Promise.Kind.CALLBACK:
        return promise.depends_on_id is None and calling.opens(promise) <= now and seconds >= SPOKEN_TO
    told = promise.kind == Promise.Kind.TELL and promise.source == Promise.Source.POLICY
    return told or promise.kind in KEPT_BY_CALL


@dataclass(frozen=True)
class Rang:
    """A customer rang: their words; for whom they asked; how often they were put through, and told it again."""

    words: str
    wanted: Member | None = None
    transfers: int = 0
    repeats: int = 0
    door: str = ""
    """The number that they rang."""


def hear_call(case: Case, rang: Rang, *, by: Member, now: datetime) -> None:
    """Write up what a customer said on the phone: heard, not answered yet. Raises EmptyCall."""
    if not rang.words.strip():
        raise EmptyCall(_("Write down what they said, in their own words."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        told: dict[str, Any] = {"transfers": rang.transfers, "repeats": rang.repeats, "door": rang.door}
        if rang.wanted is not None:
            told |= {"for_rung": rang.wanted.rung, "for_name": rang.wanted.name}
        entry = timeline.record(
            case,
            "contact.in",
            at=now,
            by=case.customer,
            channel="phone",
            words=timeline.Words(new_text=rang.words.strip(), text=rang.words, sender={"name": str(case.customer)}),
            written_up_by=by.pk,
            written_up_by_name=by.name,
            **{name: value for name, value in told.items() if value},
        )
        closing.reopen_if_closed(case, entry, now)
        decide(case, now, by=by)


def _customer(beginning: Beginning, by: Member, now: datetime) -> Customer:
    if beginning.address:
        address = identities.check_email(beginning.address)
        customer = sight.recognise("email", address, beginning.name, now, by=by)
        if beginning.phone:
            knowing.reach_also(customer, beginning.phone, now, by=by)
        return customer
    if not beginning.phone:
        raise identities.IdentityError(_("Give a mail address or a phone number, so that we can answer."))
    return sight.recognise("phone", beginning.phone, beginning.name, now, by=by)
