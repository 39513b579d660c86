"""The durable outbox: queue with the entry, claim, try, write down what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amends.cases import reply_tokens
from amends.cases.models import Draft, Entry
from amends.channels import accounts
from amends.channels.message import Address, Attachment, ChannelError, OutgoingMessage
from amends.channels.models import Account, Attempt, Delivery
from amends.channels.registry import adapter_of
from amends.kit import blobs, wake
from amends.kit.secrets import SecretError

log = structlog.get_logger("amends.outbox")

LEASE = timedelta(minutes=15)
"""How long a letter is one worker's: far longer than `channels.email.smtp.LONGEST` lets a conversation last."""
ACCOUNT_TROUBLE = {"settings", "host", "connect", "tls", "auth", "token", "protocol", "port", "disk"}
"""Codes that tell of our mailbox, not of the letter: it waits until the mailbox is mended."""
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 720, 1440)]
"""Between tries; after the last the letter counts as not to be delivered (about two days)."""
MENDED_SOON = timedelta(minutes=15)
"""The longest wait for our own mailbox: it may be mended any moment."""


def message_id(draft: Draft, address: str) -> str:
    """The one Message-ID of a letter, from its draft: a second try sends the same (§4.1)."""
    readers = [*draft.to, *draft.cc]
    return reply_tokens.message_id(str(draft.pk), draft.case_id, readers, address.rpartition("@")[2])


def queue(entry: Entry, account: Account, recipients: Sequence[str], *, now: datetime) -> Delivery:
    """Put the letter of `entry` into the outbox, in the transaction that wrote the entry."""
    delivery = Delivery.objects.create(
        entry=entry,
        case=entry.case,
        account=account,
        message_id=entry.letter.message_id,
        recipients=list(recipients),
        next_try_at=now,
    )
    wake.nudge()
    return delivery


def waiting(now: datetime, *, limit: int = 20) -> list[int]:
    """Ids of deliveries whose time has come and that nobody works on."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    ready = Delivery.objects.filter(free, state=Delivery.State.WAITING, next_try_at__lte=now)
    return list(ready.order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])


def claim(delivery_id: int, now: datetime) -> Delivery | None:
    """Take a delivery for `LEASE`; None when somebody else has it or it is done."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    won = Delivery.objects.filter(free, pk=delivery_id, state=Delivery.State.WAITING, next_try_at__lte=now).update(
        claimed_until=now + LEASE
    )
    if not won:
        return None
    return Delivery.objects.select_related("account", "case", "entry__letter").get(pk=delivery_id)


def to_tell(*, limit: int = 50) -> list[int]:
    """Ids of deliveries that failed for good and whose owner does not know yet."""
    failed = Delivery.objects.filter(state=Delivery.State.FAILED, told=False)
    return list(failed.order_by("pk").values_list("pk", flat=True)[:limit])


def undelivered(*, limit: int = 200) -> list[Delivery]:
    """Letters that failed, came back, or wait after a try that did not work; the newest first."""
    states = Delivery.State
    troubled = Q(state__in=[states.FAILED, states.BOUNCED]) | Q(state=states.WAITING, tries__gt=0)
    rows = Delivery.objects.filter(troubled).select_related("case__customer", "case__brand", "account")
    return list(rows.order_by("-pk")[:limit])


def try_again(delivery_id: int, now: datetime) -> bool:
    """Put a letter that did not leave or arrive back at the front. False when it is not one of these."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    states = Delivery.State
    again = Delivery.objects.filter(
        free, pk=delivery_id, state__in=[states.FAILED, states.BOUNCED, states.WAITING], tries__gt=0
    ).update(state=states.WAITING, tries=0, next_try_at=now, told=False, unknown=[])
    wake.nudge()
    return bool(again)


def attempt(delivery: Delivery, now: datetime) -> Delivery:
    """Try once to deliver a claimed delivery. No transaction is open while the network is waited for.

    Who has lost the claim meanwhile sends nothing, and leaves the row to whoever has it.
    """
    delivery.tries += 1
    if delivery.attempts.filter(ended_at=None).exists():
        delivery.in_doubt = True  # an earlier try ended without a word: it may have got through
    if not _mine(delivery).update(tries=delivery.tries, in_doubt=delivery.in_doubt):
        return delivery
    trying = Attempt.objects.create(delivery=delivery, started_at=now)
    try:
        adapter = adapter_of(delivery.account.kind)
        receipt = adapter.send(accounts.opened(delivery.account), message_of(delivery))
    except ChannelError as error:
        return _failed(delivery, trying, error, now)
    except SecretError as error:
        return _failed(delivery, trying, ChannelError(str(error), permanent=False, code="auth"), now)
    except Exception as error:
        log.exception("a letter could not be put together", delivery=delivery.pk)
        said = _("The desk could not put this letter together: %(error)s.") % {"error": type(error).__name__}
        return _failed(delivery, trying, ChannelError(said, permanent=False, code="unexpected"), now)
    return _sent(delivery, trying, receipt.detail, now)


def message_of(delivery: Delivery) -> OutgoingMessage:
    """The letter of a delivery in the shape that adapters send."""
    letter = delivery.entry.letter
    references = _references(delivery)
    return OutgoingMessage(
        sender=Address(letter.sender.get("name", ""), letter.sender.get("address", "")),
        to=tuple(Address(**item) for item in letter.to),
        cc=tuple(Address(**item) for item in letter.cc),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        message_id=letter.message_id,
        in_reply_to=letter.in_reply_to,
        references=references,
        date=delivery.entry.at,
        automatic=delivery.entry.data.get("human") is False,
        only=tuple(value for value in delivery.recipients if value not in delivery.got) if delivery.got else (),
        reply_to=accounts.answers_to(delivery.account, delivery.case_id, delivery.recipients),
        attachments=tuple(
            Attachment(file.name, file.content_type, blobs.get(file.sha256), file.sha256)
            for file in delivery.entry.files.all()
        ),
    )


def _references(delivery: Delivery) -> tuple[str, ...]:
    """The ids of the conversation, oldest first, the one answered last: what mail programs thread by."""
    earlier = (
        Entry.objects.filter(case=delivery.case, letter__isnull=False, pk__lt=delivery.entry_id)
        .exclude(letter__message_id="")
        .filter(kind__in=["contact.in", "contact.out"])
        .order_by("pk")
        .values_list("letter__message_id", flat=True)
    )
    ids = list(dict.fromkeys(earlier))
    answered = delivery.entry.letter.in_reply_to
    if answered:
        ids = [value for value in ids if value != answered] + [answered]
    return tuple(ids[:1] + ids[1:][-29:])


def _sent(delivery: Delivery, trying: Attempt, said: str, now: datetime) -> Delivery:
    with transaction.atomic():
        _end(trying, said, now, ok=True)
        # Not only `_mine`: a letter that was taken is sent, whoever has the row by now.
        waiting = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING)
        _write(delivery, waiting, state=Delivery.State.SENT, sent_at=now, claimed_until=None, said=said[:500])
        if accounts.spoke(delivery.account):
            _others(delivery).filter(held_up=True).update(next_try_at=now, held_up=False)
    return delivery


def _failed(delivery: Delivery, trying: Attempt, error: ChannelError, now: datetime) -> Delivery:
    ours = error.code in ACCOUNT_TROUBLE
    if ours:
        accounts.in_trouble(delivery.account, str(error), now, speaking=True)
        _hold_up_others(delivery, now)
    changes: dict[str, Any] = {"claimed_until": None, "said": str(error)[:500], "held_up": ours}
    if error.code == "in_doubt":
        changes["in_doubt"] = True
    if error.took or error.unknown:
        changes["got"] = [value for value in delivery.recipients if value in (*delivery.got, *error.took)]
        changes["unknown"] = [value for value in delivery.recipients if value in error.unknown]
    if (error.permanent and not ours) or _given_up(delivery, now, ours=ours):
        changes["state"] = Delivery.State.FAILED
    else:
        wait = WAITS[min(delivery.tries, len(WAITS)) - 1]
        changes["next_try_at"] = now + (min(wait, MENDED_SOON) if ours else wait)
    with transaction.atomic():
        _end(trying, str(error), now, ok=False)
        _write(delivery, _mine(delivery), **changes)
    return delivery


def _hold_up_others(delivery: Delivery, now: datetime) -> None:
    """One letter finds out whether the mailbox works; other mailboxes' letters do not wait for all of this one's."""
    soon = now + WAITS[0]
    _others(delivery).filter(next_try_at__lt=soon).update(next_try_at=soon, held_up=True)


def _others(delivery: Delivery) -> QuerySet[Delivery]:
    """Letters that wait for the same mailbox and that nobody works on."""
    waiting = Delivery.objects.filter(account=delivery.account_id, state=Delivery.State.WAITING, claimed_until=None)
    return waiting.exclude(pk=delivery.pk)


def _given_up(delivery: Delivery, now: datetime, *, ours: bool) -> bool:
    """Whether it was tried long enough. Our own mailbox's trouble is not the letter's, however long it lasts.

    Unless others leave from there all the while: then it is the letter that the server does not like.
    """
    if not ours:
        return delivery.tries > len(WAITS)
    began = list(delivery.attempts.order_by("-pk").values_list("started_at", flat=True)[: delivery.tries])[-1]
    others = Delivery.objects.filter(account=delivery.account_id, state=Delivery.State.SENT, sent_at__gt=began)
    return now - began > sum(WAITS, timedelta()) and others.exists()


def _mine(delivery: Delivery) -> QuerySet[Delivery]:
    """The row, as long as the claim on it is ours."""
    return Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING, claimed_until=delivery.claimed_until)


def _end(trying: Attempt, said: str, now: datetime, *, ok: bool) -> None:
    trying.ended_at, trying.ok, trying.said = now, ok, said[:500]
    trying.save(update_fields=["ended_at", "ok", "said"])


def _write(delivery: Delivery, row: QuerySet[Delivery], **changes: Any) -> None:
    if row.update(**changes):
        for name, value in changes.items():
            setattr(delivery, name, value)
    wake.nudge()
