"""What happens when messages come in: from the kept bytes to the next steps, in one transaction.

A batch is taken in as one: each stage asks its subject once, for all messages. One message is a batch of one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import opening, ownership, timeline, unneeded
from amends.cases.models import Case, Closure, Entry, Participant
from amends.cases.next_step import Said
from amends.cases.threading import Asked, Found, cases_for
from amends.channels import accounts, inbox, reading, senders
from amends.channels.email.limits import MESSAGE_BYTES
from amends.channels.guards import reason_to_ignore
from amends.channels.legible import is_legible
from amends.channels.message import IncomingMessage, Unreadable
from amends.channels.models import Account, Kept
from amends.flows import (
    acknowledging,
    bounce,
    closing,
    first_look,
    fitting,
    forgotten,
    not_right,
    page_links,
    quarantine,
)
from amends.flows.decide import decide_all
from amends.flows.first_look import FirstLook
from amends.flows.looking import Staff
from amends.kit import blobs
from amends.kit.html import sanitise
from amends.kit.rows import set_each
from amends.people import identities
from amends.people.identities import Writer
from amends.people.models import Customer, Identity


@dataclass(frozen=True)
class Read:
    """A kept message as it was read; its files are kept, its HTML is safe to show."""

    kept_id: int
    message: IncomingMessage
    html: str

    @cached_property
    def look(self) -> FirstLook:
        return first_look.of(self.message)


@dataclass(frozen=True)
class Mail:
    """A person's message, whose claim is ours, who wrote it, and what makes that doubtful."""

    kept: Kept
    read: Read
    customer: Customer
    doubt: str

    @property
    def message(self) -> IncomingMessage:
        return self.read.message


def take_in(kept_id: int, now: datetime) -> Entry | None:
    """Take a kept message in. None when another worker has it, or when no person's message is in it.

    Raises quarantine.UnreadableMessage when nobody could make anything of it.
    """
    kept = Kept.objects.filter(pk=kept_id, state=Kept.State.WAITING, entry=None).select_related("account").first()
    return take_in_all([read(kept)], now).get(kept_id) if kept else None


def read(kept: Kept) -> Read:
    """Read what was kept, outside of any transaction. Raises quarantine.UnreadableMessage."""
    ((_kept_id, found),) = read_all([kept])
    if isinstance(found, Exception):
        raise found
    return found


def read_all(kepts: Iterable[Kept]) -> Iterator[tuple[Kept, Read | Exception]]:
    """Each message as it was read, in order, or why it cannot be; while one batch is taken in, the next is read."""
    for one, found in reading.read_all(map(_raw, kepts)):
        kept, gone = one
        if gone is not None:
            yield kept, gone
        elif isinstance(found, Unreadable):
            yield kept, quarantine.UnreadableMessage(found.reason)
        else:
            html = found.html if found.html_is_safe else sanitise(found.html, hold=True)
            yield kept, Read(kept.pk, found, html)


def _raw(kept: Kept) -> tuple[tuple[Kept, Exception | None], str, bytes]:
    try:
        return (kept, None), kept.account.kind, blobs.get(kept.sha256)
    except (OSError, ValueError) as error:  # gone, or erased: one such row must not stop the mail behind it
        return (kept, error), kept.account.kind, b""


def take_in_all(messages: Sequence[Read], now: datetime, staff: Staff | None = None) -> dict[int, Entry]:
    """Take in many that have nothing to do with each other (`flows.apart`): kept id → entry, of those in which a
    person says something and that no other worker has. `staff` is who works here, where it was read a moment ago.

    All or nothing. Raises quarantine.UnreadableMessage when nobody could make anything of one of them.
    """
    entries: dict[int, Entry] = {}
    files = _contents(messages)
    blobs.put_all(list(files.values()))
    with transaction.atomic():
        blobs.hold(files)
        claimed = _claim([one.kept_id for one in messages], Kept.State.WAITING)
        ours = accounts.own_addresses()
        free = [one for one in messages if one.kept_id in claimed]
        said = [one for one in free if _is_a_persons(claimed[one.kept_id], one.message, ours, entries, now)]
        # Stored for nothing: nobody speaks in these, or another worker has them and holds what it needs.
        unneeded.note(files.keys() - _contents(said).keys())
        mails = _written([(claimed[one.kept_id], one) for one in said], now)
        return entries | _write_down(_once(mails), now, staff)


def take_in_anyway(kept_id: int, now: datetime) -> Entry | None:
    """Take in a message that the guards left outside, because a member says a person must read it.

    None when it does not lie outside any more. Raises quarantine.UnreadableMessage.
    """
    kept = Kept.objects.filter(pk=kept_id, state=Kept.State.IGNORED, entry=None).select_related("account").first()
    if kept is None:
        return None
    whole = read(kept)
    files = _contents([whole])
    blobs.put_all(list(files.values()))
    with transaction.atomic():
        blobs.hold(files)
        claimed = _claim([kept_id], Kept.State.IGNORED).get(kept_id)
        if claimed is None:
            unneeded.note(files)
            return None
        return _write_down(_written([(claimed, whole)], now), now)[kept_id]


def _contents(messages: Iterable[Read]) -> dict[str, bytes]:
    """What is attached to them, by its SHA-256."""
    return {file.sha256: file.content for one in messages for file in one.message.attachments}


def _claim(kept_ids: Sequence[int], state: str) -> dict[int, Kept]:
    """The rows that nobody has taken yet, ours until the transaction ends; a crash gives them back."""
    free = Kept.objects.select_for_update(of=("self",)).filter(pk__in=kept_ids, state=state, entry=None)
    return {kept.pk: kept for kept in free.prefetch_related("account__brand").order_by("pk")}


def _is_a_persons(
    kept: Kept, message: IncomingMessage, ours: frozenset[str], entries: dict[int, Entry], now: datetime
) -> bool:
    """Whether a person speaks; what a machine says is settled here, and may leave an entry too."""
    if message.bounces:
        if entry := bounce.take_bounce(kept, message, now):
            entries[kept.pk] = entry
        return False
    if forgotten.drop_if_old(kept, message):
        return False
    if ignored := reason_to_ignore(message, ours, senders.trusted_hosts(kept.account.settings)):
        _set_aside(kept, ignored)
        return False
    if not (kept.cut or is_legible(message)):
        raise quarantine.UnreadableMessage
    return True


def _written(said: Sequence[tuple[Kept, Read]], now: datetime) -> list[Mail]:
    """Who wrote each, held: two messages of one person are taken in one after the other, each seeing the other."""
    doubts = fitting.doubts([(one.message, kept.account) for kept, one in said])
    writers = _writers([(one.message, doubt) for (_, one), doubt in zip(said, doubts, strict=True)], now)
    ids = {writer.pk for writer in writers}
    held = Customer.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").in_bulk()
    return [
        Mail(kept, one, held[writer.pk], doubt)
        for (kept, one), writer, doubt in zip(said, writers, doubts, strict=True)
    ]


def _writers(messages: Sequence[tuple[IncomingMessage, str]], now: datetime) -> list[Customer]:
    """Without a usable sender a message still belongs to somebody, who has no address yet."""
    # Whoever forges an address does not name its owner.
    named = {one.sender.address: "" if doubt else one.sender.name for one, doubt in messages if _has_sender(one)}
    writers = [Writer(address, name) for address, name in named.items()]
    known = dict(zip(named, identities.recognise_all(Identity.Kind.EMAIL, writers, now), strict=True))
    return [
        known[message.sender.address] if _has_sender(message) else _somebody(message, now) for message, _ in messages
    ]


def _has_sender(message: IncomingMessage) -> bool:
    return not message.case_token and identities.is_one(Identity.Kind.EMAIL, message.sender.address)


def _somebody(message: IncomingMessage, now: datetime) -> Customer:
    if message.case_token:
        return page_links.open_case(message.case_token, now).customer
    return Customer.objects.create(name=message.sender.name[:200], created_at=now)


def _once(mails: Sequence[Mail]) -> list[Mail]:
    """CV11: one mail to two of our addresses is one message."""
    twins = inbox.twins([mail.kept for mail in mails])
    for mail in mails:
        if mail.kept.pk in twins:
            _set_aside(mail.kept, f"the same mail came to {twins[mail.kept.pk].account.address}")
    return [mail for mail in mails if mail.kept.pk not in twins]


def _set_aside(kept: Kept, reason: str) -> None:
    kept.state = Kept.State.IGNORED
    kept.reason = reason[:500]
    kept.save(update_fields=["state", "reason"])


def _write_down(mails: Sequence[Mail], now: datetime, staff: Staff | None = None) -> dict[int, Entry]:
    """Write each message on the timeline of its case, old or new, and decide on the cases."""
    if not mails:
        return {}
    cases, new = _cases(mails, now)
    same_ids = inbox.same_ids([mail.kept for mail in mails])
    entries = timeline.record_all([_event(mail, case, same_ids) for mail, case in zip(mails, cases, strict=True)])
    identities.works_again([mail.message.sender.address for mail in mails if _is_live(mail)])
    resting = _reopen(entries, now)
    for mail, entry in zip(mails, entries, strict=True):
        if mail.message.trouble:
            not_right.mark(entry.case, entry)
        if mail.kept.aside_id is not None:
            quarantine.read_after_all(mail.kept.aside_id, entry.case, now)
    inbox.taken({mail.kept.pk: entry.pk for mail, entry in zip(mails, entries, strict=True)})
    heard = {entry.pk: _said(mail) for mail, entry in zip(mails, entries, strict=True) if not mail.kept.cut}
    decide_all(
        [case for case in {case.pk: case for case in cases}.values() if case.pk not in resting],
        now,
        heard=heard,
        staff=staff,
    )
    begun = zip(mails, entries, strict=True)
    acknowledging.owe_all([(entry, mail.message, mail.kept) for mail, entry in begun if entry.case_id in new], now)
    return {mail.kept.pk: entry for mail, entry in zip(mails, entries, strict=True)}


def _said(mail: Mail) -> Said:
    return Said(mail.read.look.last_words, inbox.channel_of(mail.kept.account))


def _is_live(mail: Mail) -> bool:
    """Mail came from this address itself: so it lives."""
    return not mail.doubt and inbox.channel_of(mail.kept.account) == "email"


def _cases(mails: Sequence[Mail], now: datetime) -> tuple[list[Case], set[int]]:
    """The case that each message belongs to, held: one that is known, or a new one; and which are new."""
    found = _found(mails, now)
    known = ownership.hold_all({one.case.pk for one in found if one.case is not None})
    beginning = [(mail, one.may_belong_to) for mail, one in zip(mails, found, strict=True) if one.case is None]
    new = _begin(beginning, now)
    unused = iter(new)
    cases = [_still_there(known[one.case.pk]) if one.case is not None else next(unused) for one in found]
    for mail, case in zip(mails, cases, strict=True):
        if case.customer_id != mail.customer.pk:
            Participant.objects.get_or_create(case=case, customer=mail.customer, defaults={"since": now})
    return cases, {case.pk for case in new}


def _still_there(case: Case) -> Case:
    """The case, or the one that it was taken into a moment ago."""
    return case if case.merged_into_id is None else ownership.hold_home(case.merged_into_id)


def _found(mails: Sequence[Mail], now: datetime) -> list[Found]:
    asked = [_asked(mail) for mail in mails if not mail.message.case_token]
    found = iter(cases_for(asked, now))
    return [
        Found(page_links.open_case(mail.message.case_token, now))
        if mail.message.case_token
        else _by_its_channel(mail, next(found))
        for mail in mails
    ]


def _asked(mail: Mail) -> Asked:
    return Asked(mail.customer, fitting.pointing(mail.message, mail.doubt), [mail.kept.account.brand_id])


def _by_its_channel(mail: Mail, found: Found) -> Found:
    """Anybody can type anybody's address into a form (S4): it begins a case that may say where it belongs."""
    if mail.kept.account.kind == Account.Kind.WEBFORM:
        return Found(None, found.case or found.may_belong_to)
    return found


def _begin(mails: Sequence[tuple[Mail, Case | None]], now: datetime) -> list[Case]:
    spoken: dict[int, str] = {}
    beginnings = []
    for mail, may_belong_to in mails:
        look = mail.read.look
        if look.language and not mail.customer.language:
            mail.customer.language = look.language
            spoken[mail.customer.pk] = look.language
        beginnings.append(
            opening.Beginning(
                mail.kept.account.brand,
                mail.customer,
                look.title or _("A message without words"),
                now,
                kind=look.kind,
                language=look.language,
                may_belong_to=may_belong_to,
                channel=inbox.channel_of(mail.kept.account),
            )
        )
    set_each(Customer, "language", spoken)
    return opening.open_cases(beginnings)


def _reopen(entries: Sequence[Entry], now: datetime) -> set[int]:
    """Closed cases on which somebody speaks begin again; those given back stay closed, for they were only thanked (SL3)."""
    closed = set(Closure.objects.filter(case__in=[entry.case_id for entry in entries]).values_list("pk", flat=True))
    thanked = set()
    for entry in entries:
        if entry.case_id in closed and entry.data.get("thanks"):
            closing.thanked(entry.case, entry)
            thanked.add(entry.case_id)
        elif entry.case_id in closed:
            closing.reopen_if_closed(entry.case, entry, now)
    return thanked


def _event(mail: Mail, case: Case, same_ids: Collection[tuple[int, str]]) -> timeline.Event:
    message = mail.message
    facts: dict[str, Any] = {
        "account": mail.kept.account_id,
        "problems": list(message.problems),
        "sent_at": message.date.isoformat() if message.date else None,
        "cut": mail.kept.cut,
        **({"thanks": True} if mail.read.look.thanks and not mail.kept.cut else {}),
        **not_right.facts(message),
        **fitting.facts(message, mail.kept, mail.doubt, same_ids),
    }
    channel = inbox.channel_of(mail.kept.account)
    words, files = _words(mail), _files(message)
    return timeline.Event(case, "contact.in", mail.kept.kept_at, mail.customer, channel, words, files, facts)


def _words(mail: Mail) -> timeline.Words:
    message = mail.message
    return timeline.Words(
        new_text=_only_its_header(mail.kept) if mail.kept.cut else message.new_text,
        text=message.text,
        html=mail.read.html,
        subject=message.subject,
        sender=vars(message.sender),
        to=[vars(address) for address in message.to],
        cc=[vars(address) for address in message.cc],
        message_id=message.message_id[:255],
        in_reply_to=message.in_reply_to[:255],
        raw_sha256=mail.kept.sha256,
        folded=None if mail.kept.cut else mail.read.look.folded,
    )


def _only_its_header(kept: Kept) -> str:
    why = _("This message is %(size)d MB, more than the desk takes in.") % {"size": kept.size // 1_000_000}
    if kept.size <= MESSAGE_BYTES:
        why = _("The mail server did not give the desk the whole of this message.")
    where = _("It still lies unread in the mailbox %(address)s: read it there, and answer from here.")
    return f"{why} {where % {'address': kept.account.address}}"


def _files(message: IncomingMessage) -> list[timeline.Enclosure]:
    return [
        timeline.Enclosure(
            name=attachment.filename[:255],
            content_type=attachment.content_type[:120],
            size=attachment.size,
            sha256=attachment.sha256,
            inline=attachment.inline,
            content_id=attachment.content_id[:255],
        )
        for attachment in message.attachments
    ]
