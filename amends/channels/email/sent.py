"""Did a letter leave? The mailbox's own folder of sent letters may know."""

from __future__ import annotations

from imap_tools import FolderInfo

from amends.channels.email.imap import Mailbox, mailbox, spoken
from amends.channels.email.settings import MailSettings
from amends.channels.message import AccountSettings

USUAL = ("sent", "sent items", "sent mail", "sent messages", "gesendet", "gesendete elemente", "enviados")
"""Names of that folder at servers that do not mark it (RFC 6154), lower case."""


def has_sent(account: AccountSettings, message_id: str) -> bool | None:
    """Whether the folder of sent letters holds this Message-ID; None when the mailbox has no such folder.

    Raises ChannelError, as `imap.fetch` does.
    """
    settings = MailSettings.of(account)
    with mailbox(settings) as box, spoken(settings):
        folder = _folder(box)
        if folder is None:
            return None
        box.folder.set(folder, readonly=True)
        return bool(box.uids(f'HEADER Message-ID "{message_id}"', charset=None))


def _folder(box: Mailbox) -> str | None:
    folders = box.folder.list()
    marked = (folder.name for folder in folders if "\\Sent" in folder.flags)
    usual = (folder.name for folder in folders if _last_part(folder) in USUAL)
    return next(marked, None) or next(usual, None)


def _last_part(folder: FolderInfo) -> str:
    name: str = folder.name
    return (name.rpartition(folder.delim)[2] if folder.delim else name).lower()
