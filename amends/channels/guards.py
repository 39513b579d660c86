"""Which messages are no person's message: the line ends before they become one, with the reason kept.

Pure. A reason is stored with the raw message, so that nothing is lost and a member can take it in after all.
"""

from __future__ import annotations

from collections.abc import Container

from django.utils.translation import gettext_lazy as _

from amends.cases import reply_tokens
from amends.channels import senders
from amends.channels.message import IncomingMessage

REASONS = {
    "loop": _("it comes from one of our own addresses, is a letter of ours, or has travelled in a circle"),
    "auto-reply": _("a machine answered: out of office, or a note that a letter was received"),
    "auto-generated": _("a machine wrote it and said so"),
    "receipt": _("a confirmation that a letter of ours arrived or was opened"),
    "list": _("a mailing list passed it on"),
    "bulk": _("it went to many: a newsletter or an advertisement"),
    "complaint-report": _("a mail provider reports that somebody marked our mail as spam"),
    "bounce": _("a delivery report that names nobody"),
    "spam": _("your mail server marked it as spam"),
}
"""Every reason that `reason_to_ignore` gives, and what it means."""


def reason_to_ignore(
    message: IncomingMessage, own_addresses: frozenset[str], hosts: frozenset[str] = frozenset()
) -> str | None:
    """A key of `REASONS`, or None for a person's message and for a delivery report that names recipients.

    `own_addresses` are our own, in lower case; `hosts` those whose word counts (`senders`). Source: RFC 3834 and the
    desk's own rules against loops.
    """
    if message.bounces:
        return None
    ours = reply_tokens.in_message_id(message.message_id) is not None
    if ours or is_own(message.sender.address, own_addresses):
        return "loop"
    return senders.SPAM if senders.is_spam(message, hosts) else message.automatic


def is_own(address: str, own: Container[str]) -> bool:
    """Whether an address is one of `own` (lower case), with a plus-address's mark or without."""
    local, _at, domain = address.lower().rpartition("@")
    return address.lower() in own or f"{local.partition('+')[0]}@{domain}" in own
