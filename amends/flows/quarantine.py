"""A message that cannot be taken in stays whole, and somebody gets a step for it (features §2.20)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import opening, timeline
from amends.cases.models import Case
from amends.channels.models import Kept
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.flows import looking, merging
from amends.flows.decide import decide
from amends.people.models import Customer
from amends.triage.routing import right_person

TRIES = 3
AGAIN_AFTER = timedelta(seconds=30)
READ_WITHIN = timedelta(hours=2)


class UnreadableMessage(Exception):
    """Nobody could make anything of the message, however often it is tried; a person must look at it."""

    def __str__(self) -> str:
        return _("It has no sender, no subject, no words and no file that could be read.")


def failed(kept_id: int, error: Exception, now: datetime) -> None:
    """Taking in failed: try again twice where that may help, then set the message aside with a case of its own."""
    kept = Kept.objects.select_related("account__brand", "aside").get(pk=kept_id)
    is_unreadable = isinstance(error, UnreadableMessage)
    kept.tries += 1
    kept.reason = str(error) if is_unreadable else f"{type(error).__name__}: {error}"[:500]
    kept.next_try_at = now + AGAIN_AFTER
    kept.save(update_fields=["tries", "reason", "next_try_at"])
    if is_unreadable or kept.tries >= TRIES:
        _set_aside(kept, now)


def try_again(kept: Kept) -> None:
    """Read a set-aside message anew, after a mend. The worker takes it in."""
    Kept.objects.filter(pk=kept.pk, entry=None).exclude(state=Kept.State.TAKEN).update(
        state=Kept.State.WAITING, tries=0, next_try_at=None
    )


def read_at_last(kept: Kept, case: Case, now: datetime) -> None:
    """A message that was set aside belongs to `case`: its step is done, and what was said about it goes along.

    While a colleague writes on the case that was made for it, that case stays theirs.
    """
    aside = kept.aside
    if aside is None or aside.merged_into_id is not None:
        return
    reading = promises.owed(aside).filter(kind=Promise.Kind.READ)
    promises.keep_all(reading, at=now, by=None, evidence=_("The message could be read after all."))
    try:
        merging.join(aside, case, by=None, now=now)
    except merging.MergeError:
        decide(aside, now)


def _set_aside(kept: Kept, now: datetime) -> None:
    """The second time it fails, its case is there already: open with its step, or closed by somebody who looked."""
    with transaction.atomic():
        kept.state = Kept.State.UNREADABLE
        if kept.aside is None:
            kept.aside = _open(kept, now)
        kept.save(update_fields=["state", "aside"])


def _open(kept: Kept, now: datetime) -> Case:
    customer = Customer.objects.create(name=_("Somebody"), created_at=now)
    title = _("A message to %(address)s could not be read") % {"address": kept.account.address}
    case = opening.open_case(kept.account.brand, customer, title, at=now, kind=Case.Kind.OTHER)
    timeline.record(
        case,
        "contact.in",
        at=kept.kept_at,
        by=customer,
        channel="email",
        words=timeline.Words(new_text=_what_to_do(), raw_sha256=kept.sha256),
        files=[timeline.Enclosure("message.eml", "message/rfc822", kept.size, kept.sha256)],
        account=kept.account_id,
        kept=kept.pk,
        unreadable=kept.reason,
    )
    _owe_reading(case, now)
    decide(case, now)
    return case


def _what_to_do() -> str:
    return _(
        "Download message.eml below and look at it: the desk could not read it, but nothing of it is lost.\n\n"
        "If a customer wrote it, begin a case with their address and what they say, and close this one as not for us. "
        "If it is no customer’s, close this one as unwanted mail. An admin can have it read again after an update."
    )


def _owe_reading(case: Case, now: datetime) -> None:
    person = right_person(looking.wanted(case, now), looking.candidates(case, now))
    word = promises.Word(
        act=case.title,
        due=calendars.of_brand(case.brand).add_open(now, READ_WITHIN),
        kind=Promise.Kind.READ,
        source=Promise.Source.POLICY,
        visible=False,
    )
    promises.make(case, word, promisor=looking.member(person.member_id), at=now, by=None)
