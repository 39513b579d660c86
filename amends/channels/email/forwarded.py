"""A mailbox that is not fetched: the mail server hands its mail over (`amends mail take`); letters leave by SMTP."""

from __future__ import annotations

from amends.channels.email import adapter
from amends.channels.email.probe import probe as probe_mailbox
from amends.channels.email.read import read
from amends.channels.message import AccountSettings, Finding, OutgoingMessage, Receipt

__all__ = ["has_sent", "probe", "read", "send"]


def send(account: AccountSettings, message: OutgoingMessage) -> Receipt:
    """Hand one letter to the account's SMTP server. Raises ChannelError."""
    return adapter.send(_sending(account), message)


def has_sent(account: AccountSettings, message_id: str) -> bool | None:
    """Nobody knows: a server that only takes letters keeps none to look at."""
    return None


def probe(account: AccountSettings) -> list[Finding]:
    """Tries the SMTP server; whether the mail server hands mail over can only be seen when it does."""
    return probe_mailbox(_sending(account), receiving=False)


def _sending(account: AccountSettings) -> AccountSettings:
    """The fields that mail settings want of every mailbox, filled from those for sending."""
    settings = {**account.settings, "auth": "password", "imap_host": account.settings.get("smtp_host")}
    settings["smtp_user"] = account.settings.get("smtp_user") or account.address
    settings["imap_user"] = settings["smtp_user"]
    # A relay that asks for no sign-in needs no password; one that asks refuses this one.
    password = account.secret.get("smtp_password") or "none"
    secret = {**account.secret, "password": password, "smtp_password": password}
    return AccountSettings(account.address, account.name, settings, secret)
