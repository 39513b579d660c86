"""The durable outbox: queue with the entry, claim, try, write down what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from amends.cases import reply_tokens
from amends.cases.models import Draft, Entry
from amends.channels import accounts, doubt, patience
from amends.channels.message import Address, Attachment, ChannelError, OutgoingMessage
from amends.channels.models import Account, Attempt, Delivery
from amends.channels.patience import Fate
from amends.channels.registry import adapter_of
from amends.kit import away, blobs, drift, wake
from amends.kit.secrets import SecretError

log = structlog.get_logger("amends.outbox")

LEASE = timedelta(minutes=15)
"""How long a letter is one worker's: far longer than `channels.email.smtp.LONGEST` lets a conversation last."""
MOST_TRIES = 1000
"""Counted so far: a mailbox may fail for a year, and the column ends at 32,767."""
BRIEFLY = 60.0
"""Seconds for which a letter waits for the database before it has begun to leave: far shorter than `LEASE`."""


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
    """Ids of deliveries whose time has come, that nobody works on, and whose mailbox does not make them wait."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    ready = Delivery.objects.filter(free, state=Delivery.State.WAITING, next_try_at__lte=now)
    ready = ready.exclude(accounts.put_off(now))
    return list(ready.order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])


def claim(delivery_id: int, now: datetime) -> Delivery | None:
    """Take a delivery for `LEASE`; None when somebody else has it, it is done, or its mailbox makes it wait."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    won = Delivery.objects.filter(free, pk=delivery_id, state=Delivery.State.WAITING, next_try_at__lte=now).update(
        claimed_until=now + LEASE
    )
    if not won:
        return None
    delivery = Delivery.objects.select_related("account", "case", "entry__letter").get(pk=delivery_id)
    if not accounts.may_try(delivery.account, now, LEASE):
        _mine(delivery).update(claimed_until=None)
        return None
    return delivery


def set_right(now: datetime) -> int:
    """Letters that wait for a time that a clock ahead of ours has written."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    return (
        drift.bring_back(waiting, "claimed_until", now, LEASE)
        + drift.bring_back(waiting.filter(tries=0), "next_try_at", now)
        + drift.bring_back(waiting, "next_try_at", now, patience.LONGEST)
    )


def to_tell(*, limit: int = 50) -> list[int]:
    """Ids of deliveries that failed for good, or may have arrived, and whose owner does not know yet."""
    failed = Delivery.objects.filter(state__in=[Delivery.State.FAILED, Delivery.State.DOUBT], told=False)
    return list(failed.order_by("pk").values_list("pk", flat=True)[:limit])


def try_again(delivery_id: int, now: datetime) -> bool:
    """Put a letter that did not leave or arrive back at the front. False when it is not one of these."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    states = Delivery.State
    rows = Delivery.objects.filter(free, pk=delivery_id, tries__gt=0)
    changes: dict[str, Any] = {"state": states.WAITING, "tries": 0, "next_try_at": now, "told": False, "unknown": []}
    changes |= {"alarm_at": None, "alarmed": False, "settled_at": None, "settled_by": None}
    decided = rows.filter(state=states.DOUBT).update(**changes, resend=True)
    again = decided or rows.filter(state__in=[states.FAILED, states.BOUNCED, states.WAITING]).update(**changes)
    if again:
        accounts.try_now(Account.objects.get(deliveries=delivery_id), now)
    return bool(again)


def attempt(delivery: Delivery, now: datetime) -> Delivery:
    """Try once to deliver a claimed delivery. No transaction is open while the network is waited for.

    Who has lost the claim meanwhile sends nothing, and leaves the row to whoever has it. A letter that may have got
    through is asked after first (`channels.doubt`); it is sent again only when nobody knows.
    """
    if not away.patiently(lambda: _begun(delivery), BRIEFLY):
        return delivery
    adapter = adapter_of(delivery.account.kind)
    if delivery.in_doubt and not delivery.resend:
        if doubt.has_left(delivery, adapter):
            return _found(delivery, now)
        if delivery.account.ask_in_doubt:
            return _asks(delivery, now)
    trying = away.patiently(lambda: Attempt.objects.create(delivery=delivery, started_at=now), BRIEFLY)
    try:
        receipt = adapter.send(accounts.opened(delivery.account), message_of(delivery))
    except Exception as error:
        said = _why(error, delivery)
        return away.patiently(lambda: _failed(delivery, trying, said, now), LEASE.total_seconds())
    # What the server said must not be lost because the database is away: else the letter would be in doubt.
    return away.patiently(lambda: _sent(delivery, trying, receipt.detail, now), LEASE.total_seconds())


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


def _why(error: Exception, delivery: Delivery) -> ChannelError:
    """Every failure as the adapter would tell it."""
    if isinstance(error, ChannelError):
        return error
    if isinstance(error, SecretError):
        return ChannelError(str(error), permanent=False, code="auth")
    log.exception("a letter could not be put together", delivery=delivery.pk, exc_info=error)
    said = _("The desk could not put this letter together: %(error)s.") % {"error": type(error).__name__}
    return ChannelError(said, permanent=False, code="unexpected")


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


def _begun(delivery: Delivery) -> bool:
    """Count the try. An earlier one that ended without a word may have got through, whatever a person said before it.

    False when the claim is somebody else's by now.
    """
    silent = delivery.attempts.filter(ended_at=None)
    if silent.exists():
        delivery.in_doubt, delivery.resend = True, False
    tries = min(delivery.tries + 1, MOST_TRIES)
    changes = {"tries": tries, "in_doubt": delivery.in_doubt, "resend": delivery.resend}
    if not _mine(delivery).update(**changes):
        return False
    delivery.tries = tries
    silent.update(ended_at=F("started_at"), said=_("It was cut off: nobody knows how far it came."))
    return True


def _sent(delivery: Delivery, trying: Attempt, said: str, now: datetime) -> Delivery:
    with transaction.atomic():
        _end(trying, said, now, ok=True)
        # Not only `_mine`: a letter that was taken is sent, whoever has the row by now.
        waiting = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING)
        _write(delivery, waiting, state=Delivery.State.SENT, sent_at=now, claimed_until=None, said=said[:500])
        _speaks_again(delivery, now)
    return delivery


def _found(delivery: Delivery, now: datetime) -> Delivery:
    """The first copy did leave: there is no second one, and no doubt."""
    said = _("Its copy lies in the mailbox’s folder of sent letters.")
    _give_turn_back(delivery, now)
    changes = {"state": Delivery.State.SENT, "in_doubt": False, "sent_at": now, "claimed_until": None, "said": said}
    _write(delivery, _mine(delivery), **changes)
    return delivery


def _asks(delivery: Delivery, now: datetime) -> Delivery:
    """The mailbox's setting: a person decides whether it is sent again."""
    _give_turn_back(delivery, now)
    _write(delivery, _mine(delivery), state=Delivery.State.DOUBT, told=False, claimed_until=None)
    return delivery


def _failed(delivery: Delivery, trying: Attempt, error: ChannelError, now: datetime) -> Delivery:
    fate = patience.fate(error)
    until = _mailbox_after(delivery, fate, error, now)
    ours = fate is Fate.OURS
    changes: dict[str, Any] = {"claimed_until": None, "said": str(error)[:500], "held_up": ours}
    if fate is Fate.DOUBT:
        changes |= {"in_doubt": True, "resend": False}
    if error.took or error.unknown:
        changes["got"] = [value for value in delivery.recipients if value in (*delivery.got, *error.took)]
        changes["unknown"] = [value for value in delivery.recipients if value in error.unknown]
    if fate is Fate.REFUSED or _given_up(delivery, now, ours=ours):
        changes["state"] = Delivery.State.FAILED
    else:
        changes["next_try_at"] = until or now + patience.wait_after(delivery.tries, delivery.message_id, ours=ours)
    with transaction.atomic():
        _end(trying, str(error), now, ok=False)
        _write(delivery, _mine(delivery), **changes)
    return delivery


def _mailbox_after(delivery: Delivery, fate: Fate, error: ChannelError, now: datetime) -> datetime | None:
    """What the try says of the mailbox; until when its letters wait because of that."""
    if fate in (Fate.OURS, Fate.DOUBT):
        after = accounts.could_not_speak(delivery.account, str(error), now, sure=error.code in patience.SURE)
        return after.until if fate is Fate.OURS else None
    if error.code in patience.SERVER_SPOKE:
        _speaks_again(delivery, now)
    else:
        _give_turn_back(delivery, now)
    return None


def _speaks_again(delivery: Delivery, now: datetime) -> None:
    if accounts.spoke(delivery.account):
        waiting = Delivery.objects.filter(account=delivery.account_id, state=Delivery.State.WAITING, claimed_until=None)
        waiting.filter(held_up=True).exclude(pk=delivery.pk).update(next_try_at=now, held_up=False)


def _give_turn_back(delivery: Delivery, now: datetime) -> None:
    """A letter that was the mailbox's probe and never came as far as its server."""
    if delivery.account.speak_after is not None and delivery.account.speak_after == delivery.claimed_until:
        accounts.let_the_next_try(delivery.account, now)


def _given_up(delivery: Delivery, now: datetime, *, ours: bool) -> bool:
    """Whether it was tried long enough. Our own mailbox's trouble is not the letter's, however long it lasts.

    Unless others leave from there all the while: then it is the letter that the server does not like.
    """
    if not ours:
        return delivery.tries > len(patience.WAITS)
    began = list(delivery.attempts.order_by("-pk").values_list("started_at", flat=True)[: delivery.tries])[-1]
    others = Delivery.objects.filter(account=delivery.account_id, state=Delivery.State.SENT, sent_at__gt=began)
    return now - began > sum(patience.WAITS, timedelta()) and others.exists()


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
