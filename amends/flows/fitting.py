"""Whether a message's sender fits: what it points at, and how far it is believed (reliability S4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models.functions import Lower

from amends.cases.subjects import bare
from amends.cases.threading import Pointing, Trust
from amends.channels import senders
from amends.channels.message import IncomingMessage
from amends.channels.models import Account, Kept
from amends.people.models import Member
from amends.triage.reading import names_a_matter

TEXT_LOOKED_AT = 200_000


def doubts(messages: Sequence[tuple[IncomingMessage, Account]]) -> list[str]:
    """For each one of `senders.DOUBTS` when its sender is not confirmed, else an empty string.

    A colleague's address never makes a colleague: nobody acts in the desk by mail.
    """
    addresses = {message.sender.address.lower() for message, _ in messages}
    emails = Member.objects.annotate(lower=Lower("email")).filter(lower__in=addresses)
    colleagues = set(emails.values_list("lower", flat=True))
    return [_doubt(message, account, colleagues) for message, account in messages]


def _doubt(message: IncomingMessage, account: Account, colleagues: Collection[str]) -> str:
    if account.kind == Account.Kind.WEBFORM:
        return ""
    if message.sender.address.lower() in colleagues:
        return "colleague"
    return senders.doubt(message, senders.trusted_hosts(account.settings))


def pointing(message: IncomingMessage, doubted: str) -> Pointing:
    """Everything in the message that may name a case."""
    trust = {"": Trust.FAIR, "colleague": Trust.NONE}.get(doubted, Trust.DOUBTED)
    return Pointing(
        references=(*message.references, message.in_reply_to),
        subject=message.subject,
        addressed=[one.address for one in (*message.to, *message.cc)],
        text=message.text[:TEXT_LOOKED_AT],
        telling=names_a_matter(bare(message.subject)),
        trust=trust,
    )


def facts(message: IncomingMessage, kept: Kept, doubted: str, same_ids: Collection[tuple[int, str]]) -> dict[str, Any]:
    """What the entry says of it, empty when all is well.

    `same_ids` has the message's own when another came under the same Message-ID, and says something else.
    """
    found: dict[str, Any] = {"unconfirmed": doubted} if doubted else {}
    if not message.case_token and (kept.account_id, kept.message_id) in same_ids:
        found["same_id"] = True
    return found
