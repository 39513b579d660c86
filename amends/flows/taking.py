"""Take mail in that did not come over IMAP: from an MTA's pipe, or from files."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from amends.channels import accounts, inbox
from amends.channels.email import files
from amends.channels.email.read import read
from amends.channels.models import Account

TEMPORARY, NO_ADDRESS, TOO_LARGE = 75, 67, 69
_DELIVERED = re.compile(rb"^(?:delivered-to|x-original-to|envelope-to):[ \t]*<?([^\s<>]+)>?", re.I | re.M)


class TakingError(Exception):
    """The mail was not kept; `status` is what the mail server understands."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def take_pipe(raw: bytes, to: str | None) -> None:
    """Keep one mail from a pipe. When this returns it is durable. Raises TakingError."""
    if not raw.strip():
        raise TakingError(_("Nothing came through the pipe."), TEMPORARY)
    if len(raw) > settings.MAX_MESSAGE_BYTES:
        most = settings.MAX_MESSAGE_BYTES // 1024 // 1024
        raise TakingError(_("This mail is larger than %(most)s MB. It was not taken in.") % {"most": most}, TOO_LARGE)
    inbox.keep(_account(raw, to), raw, source="pipe", now=timezone.now())


def take_path(path: Path, to: str | None) -> int:
    """Keep every mail of a file or folder, and return how many. Raises TakingError or ValueError."""
    count = 0
    for raw in files.messages_in(path):
        inbox.keep(_account(raw, to), raw, source="import", now=timezone.now())
        count += 1
    return count


def _account(raw: bytes, to: str | None) -> Account:
    """The account that the mail came to: as told, as the mail server noted, as the header says."""
    candidates = [to] if to else [found.decode("ascii", "replace") for found in _DELIVERED.findall(raw[:65536])]
    if not to:
        # Read here, in the mail server's process, so the header only: no body can make that long or large.
        message = read(inbox.header_of(raw))
        candidates += [address.address for address in (*message.to, *message.cc)]
    for address in candidates:
        account = accounts.account_for(address)
        if account is not None:
            return account
    only = list(Account.objects.filter(kind__in=accounts.SPEAKING, active=True)[:2])
    if len(only) == 1 and not to:
        return only[0]
    known = ", ".join(Account.objects.filter(kind__in=accounts.SPEAKING).values_list("address", flat=True))
    raise TakingError(
        _("No mailbox here takes mail for %(address)s. Known: %(known)s. Use --to.")
        % {"address": to or _("this mail"), "known": known or _("none")},
        NO_ADDRESS,
    )
