"""Mail, as the registry wants it."""

from __future__ import annotations

from amends.channels.email import smtp
from amends.channels.email.compose import compose
from amends.channels.email.imap import fetching, listen
from amends.channels.email.probe import probe
from amends.channels.email.read import read
from amends.channels.email.sent import has_sent
from amends.channels.message import AccountSettings, OutgoingMessage, Receipt

__all__ = ["fetching", "has_sent", "listen", "probe", "read", "send"]


def send(account: AccountSettings, message: OutgoingMessage) -> Receipt:
    """Hand one letter to the account's SMTP server. Raises ChannelError.

    An automatic answer names no sender in its envelope, so that no machine can answer it (RFC 3834).
    """
    envelope_from = "" if message.is_auto_reply else account.address
    return smtp.send(account, compose(message), envelope_from, message.readers)
