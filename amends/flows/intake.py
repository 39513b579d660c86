"""What happens when a message comes in: from the kept bytes to the next step, in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import opening, ownership, timeline
from amends.cases.models import Case, Entry, Participant
from amends.cases.threading import Found, case_for, without_tag
from amends.channels import accounts, inbox, reading, senders
from amends.channels.guards import reason_to_ignore
from amends.channels.legible import is_legible
from amends.channels.message import IncomingMessage, Unreadable
from amends.channels.models import Account, Kept
from amends.flows import acknowledging, bounce, closing, fitting, forgotten, not_right, page_links, quarantine
from amends.flows.decide import decide
from amends.kit import blobs
from amends.kit.html import sanitise
from amends.people import identities
from amends.people.models import Customer, Identity
from amends.triage.reading import read as read_text
from amends.triage.reading import title


def take_in(kept_id: int, now: datetime) -> Entry | None:
    """Take a kept message in. None when another worker has it, or when no person's message is in it.

    Raises quarantine.UnreadableMessage when nobody could make anything of it.
    The claim is the conditional update: a second run finds nothing to claim, a crash gives it back.
    """
    with transaction.atomic():
        kept = _claim(kept_id, Kept.State.WAITING)
        if kept is None:
            return None
        return _take(kept, _read(kept), now)


def take_in_anyway(kept_id: int, now: datetime) -> Entry | None:
    """Take in a message that the guards left outside, because a member says a person must read it.

    None when it does not lie outside any more. Raises quarantine.UnreadableMessage.
    """
    with transaction.atomic():
        kept = _claim(kept_id, Kept.State.IGNORED)
        if kept is None:
            return None
        message = _read(kept)
        doubt = fitting.doubt(message, kept.account)
        return _write_down(kept, message, _writer(message, doubt, now), doubt, now)


def _claim(kept_id: int, state: str) -> Kept | None:
    if not Kept.objects.filter(pk=kept_id, state=state, entry=None).update(state=Kept.State.TAKEN):
        return None
    return Kept.objects.select_related("account__brand").get(pk=kept_id)


def _read(kept: Kept) -> IncomingMessage:
    found = reading.read(kept.account.kind, blobs.get(kept.sha256))
    if isinstance(found, Unreadable):
        raise quarantine.UnreadableMessage(found.reason)
    return found


def _take(kept: Kept, message: IncomingMessage, now: datetime) -> Entry | None:
    if message.bounces:
        return bounce.take_bounce(kept, message, now)
    if forgotten.drop_if_old(kept, message):
        return None
    ignored = reason_to_ignore(message, accounts.own_addresses(), senders.trusted_hosts(kept.account.settings))
    if ignored:
        _set_aside(kept, ignored)
        return None
    if not (kept.cut or is_legible(message)):
        raise quarantine.UnreadableMessage
    doubt = fitting.doubt(message, kept.account)
    customer = _writer(message, doubt, now)
    if twin := _seen_in_another_mailbox(kept, message):
        _set_aside(kept, twin)
        return None
    return _write_down(kept, message, customer, doubt, now)


def _writer(message: IncomingMessage, doubt: str, now: datetime) -> Customer:
    """Who wrote it, held: two messages of one person are taken in one after the other, each seeing the other."""
    customer = _recognise(message, doubt, now)
    return Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)


def _write_down(kept: Kept, message: IncomingMessage, customer: Customer, doubt: str, now: datetime) -> Entry:
    found = _case_for(customer, message, kept, doubt, now)
    if found.case is not None:
        case = _held(found.case)
    else:
        case = _open(customer, message, kept.account, found.may_belong_to, now)
    if case.customer_id != customer.pk:
        Participant.objects.get_or_create(case=case, customer=customer, defaults={"since": now})
    entry = heard(case, customer, message, kept, now, doubt=doubt)
    if found.case is None:
        acknowledging.owe(case, entry, message, kept, now)
    return entry


def _held(case: Case) -> Case:
    """The case, or the one that it was taken into a moment ago."""
    case = ownership.hold(case.pk)
    while case.merged_into_id is not None:
        case = ownership.hold(case.merged_into_id)
    return case


def heard(
    case: Case, customer: Customer, message: IncomingMessage, kept: Kept, now: datetime, *, doubt: str = ""
) -> Entry:
    """Write the message on the timeline of a case that the caller holds, and decide."""
    entry = timeline.record(
        case,
        "contact.in",
        at=kept.kept_at,
        by=customer,
        channel=inbox.channel_of(kept.account),
        words=_words(message, kept),
        files=_files(message),
        account=kept.account_id,
        problems=list(message.problems),
        sent_at=message.date.isoformat() if message.date else None,
        cut=kept.cut,
        **not_right.facts(message),
        **fitting.facts(message, kept, doubt),
    )
    kept.entry = entry
    kept.reason = ""
    kept.save(update_fields=["entry", "reason"])
    if not doubt:
        bounce.heard_from(entry)
    closing.reopen_if_closed(case, entry, now)
    if message.trouble:
        not_right.mark(case, entry)
    if kept.aside_id is not None:
        quarantine.read_after_all(kept.aside_id, case, now)
    decide(case, now)
    return entry


def _seen_in_another_mailbox(kept: Kept, message: IncomingMessage) -> str:
    """CV11: one mail to two of our addresses is one message."""
    twin = (
        Kept.objects.filter(message_id=message.message_id, canonical=kept.canonical, entry__isnull=False)
        .exclude(pk=kept.pk)
        .select_related("account")
        .first()
    )
    if not message.message_id or twin is None:
        return ""
    return f"the same mail came to {twin.account.address}"


def _set_aside(kept: Kept, reason: str) -> None:
    kept.state = Kept.State.IGNORED
    kept.reason = reason[:500]
    kept.save(update_fields=["state", "reason"])


def _recognise(message: IncomingMessage, doubt: str, now: datetime) -> Customer:
    """The writer; a message without a usable sender still belongs to somebody, who has no address yet."""
    if message.case_token:
        return page_links.open_case(message.case_token, now).customer
    name = "" if doubt else message.sender.name  # whoever forges an address does not name its owner
    try:
        return identities.recognise(Identity.Kind.EMAIL, message.sender.address, name, now)
    except identities.IdentityError:
        return Customer.objects.create(name=message.sender.name[:200], created_at=now)


def _case_for(customer: Customer, message: IncomingMessage, kept: Kept, doubt: str, now: datetime) -> Found:
    if message.case_token:
        return Found(page_links.open_case(message.case_token, now))
    found = case_for(customer, fitting.pointing(message, doubt), [kept.account.brand_id], now)
    if kept.account.kind == Account.Kind.WEBFORM:  # anybody can type anybody's address there (S4)
        return Found(None, found.case or found.may_belong_to)
    return found


def _open(
    customer: Customer, message: IncomingMessage, account: Account, may_belong_to: Case | None, now: datetime
) -> Case:
    text = message.new_text or message.text
    subject = without_tag(message.subject)
    reading = read_text(text, subject)
    case = opening.open_case(
        account.brand,
        customer,
        title(subject, text) or _("A message without words"),
        at=now,
        kind=reading.kind,
        language=reading.language,
        may_belong_to=may_belong_to,
        channel=inbox.channel_of(account),
    )
    if reading.language and not customer.language:
        customer.language = reading.language
        customer.save(update_fields=["language"])
    return case


def _words(message: IncomingMessage, kept: Kept) -> timeline.Words:
    return timeline.Words(
        new_text=_too_large(kept) if kept.cut else message.new_text,
        text=message.text,
        html=message.html if message.html_is_safe else sanitise(message.html),
        subject=message.subject,
        sender=vars(message.sender),
        to=[vars(address) for address in message.to],
        cc=[vars(address) for address in message.cc],
        message_id=message.message_id[:255],
        in_reply_to=message.in_reply_to[:255],
        raw_sha256=kept.sha256,
    )


def _too_large(kept: Kept) -> str:
    return _(
        "This message is %(size)d MB, more than the desk takes in. It still lies unread in the mailbox %(address)s: "
        "read it there, and answer from here."
    ) % {"size": kept.size // 1_000_000, "address": kept.account.address}


def _files(message: IncomingMessage) -> list[timeline.Enclosure]:
    return [
        timeline.Enclosure(
            name=attachment.filename[:255],
            content_type=attachment.content_type[:120],
            size=attachment.size,
            sha256=blobs.put(attachment.content),
            inline=attachment.inline,
            content_id=attachment.content_id[:255],
        )
        for attachment in message.attachments
    ]
