"""Hearing mail over IMAP: fetch what is new, mark it only when told to, wait for more."""

from __future__ import annotations

import contextlib
import functools
import imaplib
import re
import threading
import time
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError
from imap_tools.utils import encode_folder

from amends.channels.email.connect import TIMEOUT, WireError, dropped, plain, refused_password, words
from amends.channels.email.imap_connection import Connection
from amends.channels.email.limits import MESSAGE_BYTES
from amends.channels.email.oauth import access_token, forget, refused_token, xoauth2
from amends.channels.email.settings import MailSettings
from amends.channels.message import AccountSettings, ChannelError

HEADER_BYTES = 256 * 1024
IDLE_SECONDS = 29 * 60
SWEEP_SECONDS = 5 * 60
POLL_SECONDS = 30
SIZES_AT_ONCE = 100
MOST_REFUSED = 20
BUSY = r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]|too many|not connected"
"""How servers say that it is not the account's fault (RFC 5530, and two providers' own words)."""


@dataclass(frozen=True)
class Fetched:
    """One mail as the server gave it."""

    uid: str
    uidvalidity: str
    raw: bytes | None
    """None when it is larger than allowed, or the server would not give it: it stays there, unseen."""
    size: int
    """Bytes, as the server counts them."""
    header: bytes
    _acknowledge: Callable[[], None] = field(repr=False, compare=False)

    @property
    def key(self) -> str:
        """Names this mail in its folder for as long as the server keeps its numbering."""
        return f"{self.uidvalidity}/{self.uid}"

    def acknowledge(self) -> None:
        """Marks the mail as seen, or moves it. Call it only once the raw bytes are stored durably.

        Works until `fetching` ends. Mail without raw bytes is never marked. Raises
        ChannelError; the mail is then offered again.
        """
        if self.raw is not None:
            self._acknowledge()


@contextlib.contextmanager
def fetching(
    account: AccountSettings, *, max_bytes: int = MESSAGE_BYTES, skip: Container[str] = frozenset()
) -> Iterator[Iterator[Fetched]]:
    """The mails not yet taken, oldest first (CH1; reliability 3.3 IMAP), to be acknowledged until the block ends.

    Not yet taken: unseen ones, or with ``after="move"`` all that lie in the folder. `skip` holds the `key` of
    mails not to be offered again: those that were too large.

    Raises ChannelError; its codes: ``settings host connect tls auth token folder protocol``, and ``refused`` when the
    block ends, if the server would not give a mail: the others were offered all the same.
    """
    settings = MailSettings.of(account)
    refused: list[str] = []
    with mailbox(settings) as box:
        yield _new(box, settings, max_bytes, skip, refused)
    if refused:
        raise _not_given(settings, refused)


def _new(
    box: Mailbox, settings: MailSettings, max_bytes: int, skip: Container[str], refused: list[str]
) -> Iterator[Fetched]:
    with spoken(settings):
        uidvalidity = open_folder(box, settings)
        uids = box.uids("UNSEEN" if settings.after == "seen" else "UNDELETED", charset=None)
    wanted = [uid for uid in sorted(uids, key=int) if f"{uidvalidity}/{uid}" not in skip]
    for start in range(0, len(wanted), SIZES_AT_ONCE):
        with spoken(settings):
            sizes = _sizes(box, wanted[start : start + SIZES_AT_ONCE])
        for uid, size in sizes.items():
            with spoken(settings):
                parts = _given(box, uid, size, max_bytes, refused)
            if parts is not None:
                mark = functools.partial(_take_off, box, settings, uid)
                yield Fetched(uid, uidvalidity, parts[1], size, parts[0], mark)


def listen(
    account: AccountSettings,
    stop: threading.Event,
    on_new: Callable[[], None],
    *,
    idle_seconds: float = IDLE_SECONDS,
    sweep_seconds: float = SWEEP_SECONDS,
    poll_seconds: float = POLL_SECONDS,
) -> None:
    """Calls `on_new` at the start, whenever the server tells of new mail, and at least each `sweep_seconds`.

    Returns within about a second once `stop` is set. Without IDLE it asks every `poll_seconds`. Raises
    ChannelError when the connection fails: the caller comes back later. What `on_new` raises goes through.
    """
    settings = MailSettings.of(account)
    with mailbox(settings) as box:
        with spoken(settings):
            box.folder.set(settings.folder, readonly=True)
        on_new()
        while not stop.is_set():
            with spoken(settings):
                _wait(box, stop, min(idle_seconds, sweep_seconds), poll_seconds)
            if not stop.is_set():
                on_new()


class Mailbox(BaseMailBox):
    """imap-tools' mailbox over our own connection."""

    client: Connection

    def __init__(self, settings: MailSettings, timeout: float) -> None:
        self.settings, self.timeout = settings, timeout
        super().__init__()

    def _get_mailbox_client(self) -> Connection:
        return Connection(self.settings.imap, self.timeout)


@contextlib.contextmanager
def mailbox(settings: MailSettings, timeout: float = TIMEOUT) -> Iterator[Mailbox]:
    """A connection that is signed in; no folder is open yet."""
    with spoken(settings):
        box = Mailbox(settings, timeout)
    try:
        sign_in(box, settings)
        yield box
    finally:
        with contextlib.suppress(Exception):
            box.client.leave()


def sign_in(box: Mailbox, settings: MailSettings) -> None:
    """Raises ChannelError with code ``auth`` or ``token`` when the server refuses."""
    server = settings.imap
    bearer = xoauth2(server.user, access_token(settings)) if settings.auth != "password" else b""
    with spoken(settings):
        try:
            if bearer:
                box.client.sign_in_with(bearer)
            elif (server.user + server.password).isascii():
                box.login(server.user, server.password, initial_folder=None)
            else:
                box.login_utf8(server.user, server.password, initial_folder=None)
            box.client.learn_capabilities()
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            if isinstance(error, imaplib.IMAP4.abort):
                raise
            raise _refused(settings, str(error)) from None


@contextlib.contextmanager
def spoken(settings: MailSettings) -> Iterator[None]:
    """Turns whatever imap-tools, imaplib, TLS or the socket raise into ChannelError."""
    server = settings.imap
    try:
        yield
    except imaplib.IMAP4.readonly:
        sentence = _("The folder “%(folder)s” on %(host)s may only be read.")
        raise _folder(sentence, settings, settings.folder) from None
    except imaplib.IMAP4.abort as error:
        # imaplib has one error for a lost connection and for an answer that it cannot read.
        raise (_not_imap(settings) if "unexpected" in str(error) else dropped(server)) from None
    except MailboxFolderSelectError as error:
        if re.search(BUSY, str(error), re.IGNORECASE):
            raise _busy(settings) from None
        sentence = _("There is no folder “%(folder)s” on %(host)s.")
        raise _folder(sentence, settings, settings.folder) from None
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        said = words(str(error), settings.secrets)
        sentence = _("%(place)s did not do what was asked. It said: “%(said)s”.")
        what = {"place": server.place, "said": said}
        raise ChannelError(sentence % what, permanent=False, code="protocol") from None
    except (OSError, UnicodeEncodeError) as error:
        raise plain(error, server) from None
    except (ValueError, IndexError):
        raise _not_imap(settings) from None


def open_folder(box: Mailbox, settings: MailSettings) -> str:
    """Selects the account's folder; gives its UIDVALIDITY. Raises what `spoken` understands."""
    box.folder.set(settings.folder)
    validity = box.client.response("UIDVALIDITY")[1]
    if settings.after == "move" and not box.folder.exists(settings.move_to):
        sentence = _("There is no folder “%(folder)s” on %(host)s.")
        raise _folder(sentence, settings, settings.move_to)
    return bytes(validity[0]).decode() if validity and validity[0] else ""


def newest_headers(box: Mailbox, most: int, field: str) -> list[bytes]:
    """One header field of the newest mails in the open folder; raises what `spoken` understands."""
    there = box.client.untagged_responses.get("EXISTS", [])
    count = next((int(number) for number in reversed(there) if isinstance(number, bytes)), 0)
    if not count:
        return []
    numbers = f"{max(1, count - most + 1)}:{count}"
    typ, data = box.client.fetch(numbers, f"(BODY.PEEK[HEADER.FIELDS ({field})])")
    return [bytes(item[1]) for item in data if isinstance(item, tuple)] if typ == "OK" else []


def _sizes(box: Mailbox, uids: list[str]) -> dict[str, int]:
    """UID → bytes, in the order asked; a mail deleted meanwhile is absent."""
    found: dict[str, int] = {}
    for item in box.client.fetch_parts(uids, "RFC822.SIZE"):
        uid, size = re.search(rb"UID (\d+)", item), re.search(rb"RFC822\.SIZE (\d+)", item)
        if uid and size:
            found[uid[1].decode()] = int(size[1])
    return {uid: found[uid] for uid in uids if uid in found}


def _given(box: Mailbox, uid: str, size: int, most: int, refused: list[str]) -> tuple[bytes, bytes | None] | None:
    """As `_download`; what the server says when it refuses this mail goes into `refused`."""
    try:
        return _download(box, uid, size, most)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        # One damaged mail must not keep back all that came after it; a server that refuses many is in trouble itself.
        refused.append(str(error))
        if len(refused) > MOST_REFUSED:
            raise
        return None


def _download(box: Mailbox, uid: str, size: int, max_bytes: int) -> tuple[bytes, bytes | None] | None:
    """Header and raw mail; raw is None when it stays on the server. None when the mail is gone."""
    if size <= max_bytes:
        # One byte more than allowed: a wrong RFC822.SIZE shows itself, yet never fills the memory.
        raw = box.client.fetch_literal(uid, f"BODY.PEEK[]<0.{max_bytes + 1}>", max_bytes + 1)
        if raw is None:
            return None
        if (raw or size == 0) and len(raw) <= max_bytes:
            return _header_of(raw), raw
    header = box.client.fetch_literal(uid, f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>", HEADER_BYTES)
    return None if header is None else (header, None)


def _header_of(raw: bytes) -> bytes:
    end = re.search(rb"\r?\n\r?\n", raw)
    return raw[: end.end()] if end else raw


def _take_off(box: Mailbox, settings: MailSettings, uid: str) -> None:
    # Not imap-tools' flag() and move(): they expunge, which would delete other people's marked mail too.
    with spoken(settings):
        if settings.after == "seen":
            box.client.order("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
            return
        goal: Any = encode_folder(settings.move_to)
        if "MOVE" in box.client.capabilities:
            box.client.order("MOVE", uid, goal)
            return
        box.client.order("COPY", uid, goal)
        box.client.order("STORE", uid, "+FLAGS.SILENT", r"(\Seen \Deleted)")
        if "UIDPLUS" in box.client.capabilities:
            box.client.order("EXPUNGE", uid)


def _wait(box: Mailbox, stop: threading.Event, idle_seconds: float, poll_seconds: float) -> None:
    """Returns when it is time to look: the server told of something, or the time is over."""
    if "IDLE" in box.client.capabilities:
        box.client.idle(stop, time.monotonic() + idle_seconds)
    elif not stop.wait(poll_seconds):
        box.client.noop()


def _refused(settings: MailSettings, said: str) -> ChannelError:
    """Why the server let nobody in. Its own words are read, never shown: some servers echo the command."""
    server = settings.imap
    if re.search(BUSY, said, re.IGNORECASE):
        return _busy(settings)
    if re.search(r"PRIVACYREQUIRED|LOGINDISABLED", said, re.IGNORECASE):
        sentence = _("%(host)s lets nobody sign in without encryption: choose TLS or STARTTLS.")
        return WireError(sentence % {"host": server.host}, permanent=True, code="tls")
    if settings.auth != "password":
        forget(settings)
        return refused_token(server)
    return refused_password(server)


def _busy(settings: MailSettings) -> WireError:
    sentence = _("%(host)s lets nobody in just now.") % {"host": settings.imap.host}
    return WireError(sentence, permanent=False, code="connect", mend=_("Try again in a few minutes."))


def _not_imap(settings: MailSettings) -> WireError:
    sentence = _("%(place)s gave an answer that is not IMAP.") % {"place": settings.imap.place}
    mend = _("Check the port: another kind of server may be listening there.")
    return WireError(sentence, permanent=False, code="protocol", mend=mend)


def _not_given(settings: MailSettings, refused: list[str]) -> ChannelError:
    what = {"host": settings.imap.host, "folder": settings.folder, "said": words(refused[0], settings.secrets)}
    sentence = _(
        "%(host)s would not give every mail in the folder “%(folder)s”; what it gave was taken in. Move the mails that "
        "stay unread there to another folder. It said: “%(said)s”."
    )
    return ChannelError(sentence % what, permanent=False, code="refused")


def _folder(sentence: str, settings: MailSettings, folder: str) -> WireError:
    what = {"folder": folder, "host": settings.imap.host}
    mend = _("Make the folder on the server, or name another one.")
    return WireError(sentence % what, permanent=True, code="folder", mend=mend)
