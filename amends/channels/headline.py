"""Who wrote a kept message and what about, from its header alone: cheap, and safe for what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from amends.channels import senders
from amends.channels.email import headers, ids, sender_checks
from amends.channels.email.limits import Problems, with_line_feeds
from amends.channels.models import Account, Kept
from amends.channels.webform import adapter as webform
from amends.kit import blobs

MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Headline:
    """Both may be empty."""

    sender: str
    subject: str


def headline(kept: Kept) -> Headline:
    """The sender and subject of a kept message; neither when its bytes are lost, which must hide no other message."""
    try:
        return _headline(kept)
    except FileNotFoundError:
        return Headline("", "")


def _headline(kept: Kept) -> Headline:
    if kept.account.kind == Account.Kind.WEBFORM:
        message = webform.read(blobs.get(kept.sha256))
        return Headline(message.sender.name or message.sender.address, message.subject)
    found = _header(kept)
    return Headline(found.text("from")[:200], found.text("subject")[:200])


def checked_by(account: Account) -> str:
    """The host that checked most of the newest mails of a mailbox; empty when none did."""
    newest = Kept.objects.filter(account=account.pk).exclude(sha256="").order_by("-pk")[: senders.LOOKED_AT]
    return senders.guess(sender_checks.read(_header(kept)) for kept in newest)


def passed_on_at(kept: Kept) -> datetime | None:
    """When the last server on a mail's way had it, by its own clock; None when it does not say."""
    if kept.account.kind == Account.Kind.WEBFORM:
        return None
    return ids.date(_header(kept).get("received").rpartition(";")[2])


def _header(kept: Kept) -> headers.Headers:
    with blobs.path_of(kept.sha256).open("rb") as file:
        start = with_line_feeds(file.read(MOST_BYTES))
    return headers.split(start, 0, len(start), Problems())[0]
