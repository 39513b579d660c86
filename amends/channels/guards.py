"""Which messages are no person's message: the line ends before they become one, with the reason kept.

Pure. A reason is stored with the raw message, so that nothing is lost and a member can take it in after all.
"""

from __future__ import annotations

import hmac
import re

from amends.channels.message import IncomingMessage
from amends.kit import tokens

OUR_LETTER = re.compile(r"<amends\.(?P<name>[a-z0-9-]+)\.(?P<mac>[a-z2-7]+)@[^<>@\s]+>\Z")
"""The shape of the Message-IDs that our letters carry; another desk at our provider's domain has it too."""

REASONS = {
    "loop": "it comes from one of our own addresses, is a letter of ours, or has travelled in a circle",
    "auto-reply": "a machine answered: out of office, or a note that a letter was received",
    "auto-generated": "a machine wrote it and said so",
    "receipt": "a confirmation that a letter of ours arrived or was opened",
    "list": "a mailing list passed it on",
    "bulk": "it went to many: a newsletter or an advertisement",
    "complaint-report": "a mail provider reports that somebody marked our mail as spam",
    "bounce": "a delivery report that names nobody",
}
"""Every reason that `reason_to_ignore` gives, and what it means."""


def reason_to_ignore(message: IncomingMessage, own_addresses: frozenset[str]) -> str | None:
    """A key of `REASONS`, or None for a person's message and for a delivery report that names recipients.

    `own_addresses` are our own, in lower case. Source: RFC 3834 and the desk's own rules against loops.
    """
    if message.bounces:
        return None
    if message.sender.address.lower() in own_addresses or _is_our_letter(message):
        return "loop"
    return message.automatic


def _is_our_letter(message: IncomingMessage) -> bool:
    found = OUR_LETTER.match(message.message_id)
    return found is not None and hmac.compare_digest(tokens.short_mac("message-id", found["name"]), found["mac"])
