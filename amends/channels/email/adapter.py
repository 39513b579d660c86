"""Mail, as the registry wants it."""

from __future__ import annotations

from amends.channels.email import smtp
from amends.channels.email.compose import compose
from amends.channels.email.imap import fetch, listen
from amends.channels.email.probe import probe
from amends.channels.email.read import read
from amends.channels.message import AccountSettings, OutgoingMessage, Receipt

__all__ = ["fetch", "listen", "probe", "read", "send"]


def send(account: AccountSettings, message: OutgoingMessage) -> Receipt:
    """Hand one letter to the account's SMTP server. Raises ChannelError."""
    return smtp.send(account, compose(message), account.address, message.readers)
