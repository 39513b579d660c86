"""The local mailbox, as the registry wants it: mail is read like any mail, and said into a folder."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amends.channels.email.compose import compose
from amends.channels.email.read import read
from amends.channels.local import maildir
from amends.channels.message import AccountSettings, Finding, OutgoingMessage, Receipt

__all__ = ["has_sent", "probe", "read", "send"]


def send(account: AccountSettings, message: OutgoingMessage) -> Receipt:
    """Put one letter into the mailbox of each recipient. Raises ChannelError."""
    return maildir.send(account, compose(message), "" if message.is_auto_reply else account.address, message.readers)


def has_sent(account: AccountSettings, message_id: str) -> bool | None:
    """Nobody knows: but the same letter is put there once, however often it is tried."""
    return None


def probe(account: AccountSettings) -> list[Finding]:
    """Nothing to connect to: say where letters go."""
    folder = str(account.settings.get("folder", ""))
    if not folder:
        return [Finding("folder", False, _("No folder is set."), _("Name the folder that letters are put into."))]
    return [Finding("folder", True, _("Letters are put into %(folder)s.") % {"folder": folder})]
