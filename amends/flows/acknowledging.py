"""Told at once: who has it, and by when they hear (SL10). Automatic, so it stops no clock and answers no machine.

Intake only writes down that it is owed; the worker says it, so that a flood of mail is taken in as fast as ever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from amends.cases import ownership, reply_tokens, threading, timeline
from amends.cases.models import Case, Entry
from amends.channels import accounts, outbox
from amends.channels.guards import is_own
from amends.channels.message import IncomingMessage
from amends.channels.models import Account, Acknowledgement, Kept
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import acknowledgement, letters, page_links
from amends.kit import tallies
from amends.kit.rows import insert

log = structlog.get_logger("amends.acknowledging")

FRESH = timedelta(days=1)
"""Older mail is a backlog: nobody who wrote it waits for a note."""
A_SENDER = 1
"""Notes to one address in `A_DAY`."""
A_DOMAIN = 10
"""Notes to one domain in `AN_HOUR`: whatever writes under ever new names gets no more."""
A_DAY, AN_HOUR = timedelta(hours=24), timedelta(hours=1)
LOOP_AFTER = 4
"""New cases from one address in `A_DAY` after which it looks like a machine that answers machines."""
NO_REPLY = re.compile(
    r"(?:(?:\A|[._+-])(?:(?:no|do[._-]?not|not?[._-]?to[._-]?be)[._-]?(?:reply|respond|answer)(?:ed)?|mailer-?daemon|postmaster|"
    r"bounces?|auto(?:mailer|responder|reply)?|notifications?|alerts?|newsletter|listserv|majordomo|owner)|"
    r"[a-z0-9]-(?:request|owner|bounces))(?:\Z|[._+=-])",
    re.IGNORECASE,
)
"""The local part of an address at which nobody reads."""


def owe_all(begun: Sequence[tuple[Entry, IncomingMessage, Kept]], now: datetime) -> None:
    """Write down that the customers of these new cases are told, unless there is a reason not to. One query at most."""
    owed = [
        Acknowledgement(case=entry.case, entry=entry, account=kept.account, address=message.sender.address, made_at=now)
        for entry, message, kept in begun
        if not reason_not(entry, message, kept, now)
    ]
    if owed:
        insert(owed)


def reason_not(entry: Entry, message: IncomingMessage, kept: Kept, now: datetime) -> str:
    """Why this message gets no note, in a word; empty when it gets one. Asks no database."""
    written = message.date or kept.kept_at
    reasons = {
        "off": not kept.account.brand.acknowledge,
        "form": kept.account.kind not in accounts.SPEAKING,
        "automatic": message.automatic is not None or bool(message.bounces),
        "unconfirmed": bool(entry.data.get("unconfirmed")),
        "nameless": not (message.sender.address and message.message_id),
        "no-reply": NO_REPLY.search(message.sender.address.rpartition("@")[0]) is not None,
        "old": min(written, kept.kept_at) < now - FRESH or kept.source == "import",
    }
    return next((reason for reason, applies in reasons.items() if applies), "")


def waiting(*, limit: int = 50) -> list[int]:
    """The cases whose customers are still to be told."""
    owed = Acknowledgement.objects.filter(state=Acknowledgement.State.WAITING)
    return list(owed.order_by("pk").values_list("pk", flat=True)[:limit])


def settle(case_id: int, own: frozenset[str], now: datetime) -> bool:
    """Say what is owed, or why it is not said. False when another worker did. `own`: every address that is ours."""
    with transaction.atomic():
        waiting = Acknowledgement.objects.filter(pk=case_id, state=Acknowledgement.State.WAITING)
        if not waiting.update(state=Acknowledgement.State.SAID):
            return False
        case = ownership.hold(case_id)
        owed = Acknowledgement.objects.select_related("entry__letter", "account").get(pk=case_id)
        promise = promises.owed(case).filter(kind=Promise.Kind.FIRST_REPLY).first()
        why = _too_late(case, owed, promise, own, now) or _too_many(case, owed.address, now)
        if why:
            Acknowledgement.objects.filter(pk=case_id).update(state=Acknowledgement.State.HELD, why=why)
        elif promise is not None:
            _say(case, owed, promise, now)
        return True


def _too_late(case: Case, owed: Acknowledgement, promise: Promise | None, own: frozenset[str], now: datetime) -> str:
    """Something happened since: nobody must be told by machine what a person has told, or what is not true any more."""
    if is_own(owed.address, own):
        return "own"
    if case.owner is None or promise is None or promise.due <= now or owed.made_at < now - FRESH:
        return "late"
    if not ownership.is_open(case):
        return "ended"
    return "" if owed.account.active else "off"


def _too_many(case: Case, address: str, now: datetime) -> str:
    """The circuit against loops: counted over all processes, and told on the case when it opens."""
    domain = address.rpartition("@")[2]
    by_sender = tallies.add("acknowledged", address, now, lasts=A_DAY)
    if by_sender > A_SENDER:
        return _hold(case, address, now, loop=by_sender >= LOOP_AFTER)
    if tallies.add("acknowledged-domain", domain, now, lasts=AN_HOUR) > A_DOMAIN:
        return _hold(case, f"@{domain}", now, loop=True)
    return ""


def _hold(case: Case, who: str, now: datetime, *, loop: bool) -> str:
    timeline.record(case, "contact.held", at=now, who=who, loop=loop)
    if loop:
        log.warning("two machines may be writing to each other; no note is sent", case=case.pk)
    return "loop" if loop else "often"


def _say(case: Case, owed: Acknowledgement, promise: Promise, now: datetime) -> None:
    owner, heard = case.owner, owed.entry.letter
    assert owner is not None
    text = acknowledgement.text(case, owner, promise.due, page_links.link_for(case, now))
    entry = timeline.record(
        case,
        "contact.out",
        at=now,
        channel="email",
        words=timeline.Words(
            new_text=text,
            text=f"{text}\n\n{reply_tokens.foot(case.pk, [owed.address])}\n",
            subject=threading.tag(acknowledgement.subject(letters.subject(case, heard)), case),
            sender={"name": f"{owner.name}, {case.brand.name}", "address": owed.account.address},
            to=[{"name": heard.sender.get("name", ""), "address": owed.address}],
            message_id=_message_id(case, owed.address, owed.account),
            in_reply_to=heard.message_id,
        ),
        human=False,
        in_the_name_of=owner.name,
        account=owed.account.pk,
    )
    outbox.queue(entry, owed.account, [owed.address], now=now)


def _message_id(case: Case, address: str, account: Account) -> str:
    """Once per case: a second one would be refused by the outbox."""
    return reply_tokens.message_id("told", case.pk, [address], account.address.rpartition("@")[2])
