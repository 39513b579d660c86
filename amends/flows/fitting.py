"""Whether a message's sender fits: what it points at, and how far it is believed (reliability S4)."""

from __future__ import annotations

from typing import Any

from amends.cases.threading import Pointing, Trust, bare
from amends.channels import senders
from amends.channels.message import IncomingMessage
from amends.channels.models import Account, Kept
from amends.people.models import Member
from amends.triage.reading import names_a_matter

TEXT_LOOKED_AT = 200_000


def doubt(message: IncomingMessage, account: Account) -> str:
    """One of `senders.DOUBTS` when the sender is not confirmed, else an empty string.

    A colleague's address never makes a colleague: nobody acts in the desk by mail.
    """
    if account.kind == Account.Kind.WEBFORM:
        return ""
    if Member.objects.filter(email__iexact=message.sender.address).exists():
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


def facts(message: IncomingMessage, kept: Kept, doubted: str) -> dict[str, Any]:
    """What the entry says of it, empty when all is well."""
    found: dict[str, Any] = {"unconfirmed": doubted} if doubted else {}
    if _shares_its_id(message, kept):
        found["same_id"] = True
    return found


def _shares_its_id(message: IncomingMessage, kept: Kept) -> bool:
    """Another message came under the same Message-ID, and says something else."""
    if not kept.message_id or message.case_token:
        return False
    return Kept.objects.filter(account=kept.account_id, message_id=kept.message_id).exclude(pk=kept.pk).exists()
