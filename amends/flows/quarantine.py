"""A message that cannot be taken in stays whole, and somebody gets a step for it (features §2.20)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from amends.cases import opening, ownership, timeline
from amends.cases.models import Case, Draft
from amends.channels import inbox
from amends.channels.models import Account, Kept
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.flows import merging
from amends.flows.decide import decide, person_for
from amends.flows.looking import Staff
from amends.kit import away
from amends.people.models import Customer

TRIES = 3
AGAIN_AFTER = timedelta(seconds=30)
READ_WITHIN = timedelta(hours=2)
PATIENCE = timedelta(days=1)
"""So long trouble of the machine (a full disk, a database that is away) is waited out and not counted."""


class UnreadableMessage(Exception):
    """Nobody could make anything of the message, however often it is tried; a person must look at it."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason or _("It has no sender, no subject, no words and no file that could be read."))


def failed(kept_id: int, error: Exception, now: datetime) -> None:
    """Taking in failed: try again twice where that may help, then set the message aside with a case of its own.

    Nothing happens when another process has taken it in meanwhile.
    """
    waiting = Kept.objects.filter(pk=kept_id, state=Kept.State.WAITING, entry=None)
    kept = waiting.first()
    if kept is None:
        return
    is_unreadable = isinstance(error, UnreadableMessage)
    waiting.update(
        tries=F("tries") if _passes(error, now - kept.kept_at) else Least(F("tries") + 1, TRIES),
        reason=(str(error) if is_unreadable else f"{type(error).__name__}: {error}")[:500],
        next_try_at=now + AGAIN_AFTER,
    )
    _set_aside(kept_id, now, after=1 if is_unreadable else TRIES)


def try_again(kept: Kept) -> None:
    """Read a set-aside message anew, after a mend. The worker takes it in; of one that was erased nothing is left."""
    inbox.outside().filter(pk=kept.pk).update(state=Kept.State.WAITING, tries=0, next_try_at=None)


def read_after_all(aside_id: int, case: Case, now: datetime) -> None:
    """The message stands on `case` now: the case that told of it goes along, unless somebody works there.

    The caller holds `case`, and decides.
    """
    aside = ownership.hold(aside_id)
    if not ownership.is_open(aside):
        return
    stays = Draft.objects.filter(case=aside).exists()
    for promise in promises.owed(aside).filter(source=Promise.Source.POLICY):
        if promise.kind == Promise.Kind.READ:
            promises.keep(promise, at=now, by=None, evidence=_("The message could be read after all."))
        elif not stays:
            promises.release(promise, at=now, by=None, reason=_("the message could be read after all"))
    if stays:
        decide(aside, now)
    else:
        merging.join(aside, case, by=None, now=now)


def _passes(error: Exception, waited: timedelta) -> bool:
    """Trouble of the machine and not of the message. Bytes that are gone stay gone."""
    ours = away.passes(error) or (isinstance(error, OSError) and not isinstance(error, FileNotFoundError))
    return ours and waited < PATIENCE


def _set_aside(kept_id: int, now: datetime, *, after: int) -> None:
    with transaction.atomic():
        tried = Kept.objects.filter(pk=kept_id, state=Kept.State.WAITING, entry=None, tries__gte=after)
        if not tried.update(state=Kept.State.UNREADABLE):
            return
        kept = Kept.objects.select_related("account__brand").get(pk=kept_id)
        if kept.aside_id is not None:  # somebody has been told: nothing new is known
            return
        kept.aside = _tell(kept, now)
        kept.save(update_fields=["aside"])


def _tell(kept: Kept, now: datetime) -> Case:
    customer = Customer.objects.create(name=_("Somebody"), created_at=now)
    title = _("A message to %(address)s could not be read") % {"address": kept.account.address}
    case = opening.open_case(kept.account.brand, customer, title, at=now, kind=Case.Kind.OTHER)
    timeline.record(
        case,
        "contact.in",
        at=kept.kept_at,
        by=customer,
        channel=inbox.channel_of(kept.account),
        words=timeline.Words(new_text=_what_to_do(_whole(kept).name, kept.reason), raw_sha256=kept.sha256),
        files=[_whole(kept)],
        account=kept.account_id,
        kept=kept.pk,
        unreadable=kept.reason,
    )
    _owe_reading(case, now)
    decide(case, now)
    return case


def _what_to_do(file: str, why: str) -> str:
    return _(
        "Download %(file)s below and look at it: the desk could not read it, but nothing of it is lost.\n\n"
        "If a customer wrote it, begin a case with their address and what they say, and close this one as not for us. "
        "If it is no customer’s, close this one as unwanted mail. An admin can have it read again after an update.\n\n"
        "Why it could not be read: %(why)s"
    ) % {"file": file, "why": why}


def _owe_reading(case: Case, now: datetime) -> None:
    reader, _why = person_for(case, Staff(now))
    word = promises.Word(
        act=case.title,
        due=calendars.of_case(case).add_open(now, READ_WITHIN),
        kind=Promise.Kind.READ,
        source=Promise.Source.POLICY,
        visible=False,
    )
    promises.make(case, word, promisor=reader, at=now, by=None)


def _whole(kept: Kept) -> timeline.Enclosure:
    if kept.account.kind == Account.Kind.WEBFORM:
        return timeline.Enclosure("form.json", "application/json", kept.size, kept.sha256)
    return timeline.Enclosure("message.eml", "message/rfc822", kept.size, kept.sha256)
