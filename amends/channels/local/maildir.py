"""Saying mail into a folder: one Maildir for each address, readable by any mail program."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext as _

from amends.channels.message import AccountSettings, ChannelError, Receipt
from amends.kit.disk import sync

LONGEST_NAME = 200
PARTS = ("tmp", "new", "cur")


def send(account: AccountSettings, raw: bytes, envelope_from: str, recipients: list[str]) -> Receipt:
    """Puts the mail into the Maildir of every recipient under the account's ``folder``.

    Durable once it returns. The same bytes for the same recipient are kept once, so trying again is safe.
    Raises ChannelError: ``settings``, ``address`` (permanent), ``disk`` (not permanent).
    """
    folder = _folder(account)
    if not recipients:
        raise ChannelError(_("This mail has no recipient."), permanent=True, code="address")
    boxes = [_maildir(folder, address) for address in dict.fromkeys(recipients)]
    try:
        for box in boxes:
            _put(box, raw)
    except OSError as error:
        sentence = _("The mail could not be written to %(folder)s: %(reason)s.")
        what = {"folder": folder, "reason": error.strerror or type(error).__name__}
        raise ChannelError(sentence % what, permanent=False, code="disk") from error
    return Receipt(detail=_("Put into the local mailbox."))


def letters_for(folder: Path | str, address: str) -> list[bytes]:
    """The letters to one address, newest first; none for an address that never got one."""
    box = _maildir(Path(folder), address)
    found = [path for part in ("new", "cur") for path in _files(box / part)]
    return [path.read_bytes() for path in sorted(found, key=lambda path: path.name, reverse=True)]


def _folder(account: AccountSettings) -> Path:
    folder = str(account.settings.get("folder") or "")
    if not folder:
        raise ChannelError(_("The folder of this local mailbox is not set."), permanent=True, code="settings")
    return Path(folder)


def _maildir(folder: Path, address: str) -> Path:
    """The address as a folder's name: no separator, no `..`, never two addresses in one."""
    name = quote(address.lower(), safe="@+._-=")
    user, at, domain = name.rpartition("@")
    if not (user and at and domain) or len(name) > LONGEST_NAME:
        sentence = _("“%(address)s” is not a mail address.") % {"address": address[:LONGEST_NAME]}
        raise ChannelError(sentence, permanent=True, code="address")
    return folder / name


def _put(box: Path, raw: bytes) -> None:
    for part in PARTS:
        (box / part).mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(raw).hexdigest()
    if any(digest in path.name for part in ("new", "cur") for path in _files(box / part)):
        return
    # Nineteen digits of nanoseconds: names sort by time until the year 2286.
    name = f"{time.time_ns()}.{digest}.amends"
    draft = box / "tmp" / name
    with draft.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(box / "new" / name)
    sync(box / "new")  # the name, too, must survive a power cut


def _files(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
