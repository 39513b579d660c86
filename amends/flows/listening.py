"""Ears: one thread for each mailbox with IDLE, one port for the local mailbox. What is heard is kept, no more."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import structlog
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from amends.channels import accounts, inbox
from amends.channels.email import adapter as email
from amends.channels.email.imap import Fetched
from amends.channels.local.server import LocalSmtp, UnknownRecipient
from amends.channels.message import ChannelError
from amends.channels.models import Account
from amends.kit import away, disk
from amends.kit.disk import NoRoom
from amends.kit.secrets import SecretError

log = structlog.get_logger("amends.listening")

LOOK_EVERY = 3.0
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 300.0
WELL_AFTER = 60.0
TOGETHER = 50
TOGETHER_BYTES = 8 * 1024 * 1024
"""Mails of a backlog, and bytes of them, that are kept at once and then acknowledged."""
OUR_PAUSE = 5.0
"""While it is our database or our disk that fails: the mail server has done nothing to be avoided for, and is not asked."""


@dataclass
class Ear:
    """The thread that listens to one account, and the settings it began with."""

    thread: threading.Thread
    stop: threading.Event
    version: tuple[object, ...]


class Ears:
    """Keeps one thread for every mailbox in use, and begins anew when its settings change."""

    def __init__(self, stop: threading.Event, *, smtp_port: int) -> None:
        self._stop = stop
        self._smtp_port = smtp_port
        self._ears: dict[int, Ear] = {}
        self._smtp: LocalSmtp | None = None
        self._smtp_trouble = ""
        self._looked_at = 0.0

    def look_again(self) -> None:
        """Begin to listen to new mailboxes, stop for those gone or changed; open the local mailbox's port.

        Cheap; call it often.
        """
        if time.monotonic() - self._looked_at < LOOK_EVERY:
            return
        self._looked_at = time.monotonic()
        wanted = {account.pk: account for account in Account.objects.filter(kind="email", active=True)}
        for pk, ear in list(self._ears.items()):
            if pk not in wanted or ear.version != _version(wanted[pk]) or not ear.thread.is_alive():
                ear.stop.set()
                del self._ears[pk]
        for pk, account in wanted.items():
            if pk not in self._ears and account.settings.get("imap_host"):
                self._ears[pk] = self._listen(account)
        self._open_local()

    def close(self) -> None:
        """Stop every thread and the port; waits a moment for them."""
        for ear in self._ears.values():
            ear.stop.set()
        if self._smtp is not None:
            self._smtp.stop()
        for ear in self._ears.values():
            ear.thread.join(timeout=2)

    def _listen(self, account: Account) -> Ear:
        stop = threading.Event()
        thread = threading.Thread(target=hear, args=(account, stop), name=f"ear-{account.pk}", daemon=True)
        thread.start()
        return Ear(thread, stop, _version(account))

    def _open_local(self) -> None:
        if self._smtp is not None or not self._smtp_port:
            return
        if not Account.objects.filter(kind=Account.Kind.LOCAL, active=True).exists():
            return
        try:
            server = LocalSmtp("127.0.0.1", self._smtp_port, keep_local, settings.MAX_MESSAGE_BYTES)
            server.start()
        except (OSError, ChannelError) as error:
            # Another worker may hold it, and may end: so it is tried again, but told once.
            if str(error) != self._smtp_trouble:
                log.error("the local mailbox's port cannot be opened", port=self._smtp_port, why=str(error))
            self._smtp_trouble = str(error)
            return
        self._smtp = server


def hear(account: Account, stop: threading.Event) -> None:
    """Listen to one mailbox until `stop` is set; after a hang-up the server is left alone for a while."""
    pause = 0.0
    while not stop.is_set():
        try:
            pause = pause_after(pause, _converse(account, stop))
        except Exception as error:
            close_old_connections()
            if not (isinstance(error, NoRoom) or away.passes(error)):
                raise
            log.error("mail waits on its server", account=account.address, why=str(error))
            pause = OUR_PAUSE
        stop.wait(pause)
    close_old_connections()


def pause_after(before: float, well_for: float) -> float:
    """Seconds until the next conversation: soon when this one was well for a while, else twice the pause before.

    Any server hangs up now and then; one that is in trouble is asked more and more seldom.
    """
    if well_for >= WELL_AFTER:
        return FIRST_PAUSE
    return min(max(before * 2, FIRST_PAUSE), LONGEST_PAUSE)


def keep_local(raw: bytes, recipients: list[str]) -> None:
    """Keep a mail that came to the local port. Raises UnknownRecipient when no account takes it."""
    close_old_connections()
    found = [account for account in map(accounts.account_for, recipients) if account is not None]
    if not found:
        raise UnknownRecipient(", ".join(recipients))
    for account in {account.pk: account for account in found}.values():
        inbox.keep(account, raw, source="smtp", now=timezone.now())


def fetch_all(account: Account) -> int:
    """Keep everything new in a mailbox; each mail is acknowledged only once it is kept."""
    count = 0
    with email.fetching(accounts.opened(account), skip=_told_before(account)) as mails:
        for together in _together(mails):
            inbox.keep_all(account, [_offered(one) for one in together], now=timezone.now())
            for one in together:
                one.acknowledge()
            count += len(together)
    accounts.heard(account, timezone.now())
    return count


def _together(fetched: Iterator[Fetched]) -> Iterator[list[Fetched]]:
    """One, then ever more: a backlog shares the waiting for the disk, and a line that soon breaks has brought something."""
    most = 1
    while together := list(_some(fetched, most)):
        yield together
        most = min(2 * most, TOGETHER)


def _some(fetched: Iterator[Fetched], most: int) -> Iterator[Fetched]:
    size = 0
    for one in islice(fetched, most):
        yield one
        size += len(one.raw or one.header)
        if size >= TOGETHER_BYTES:
            return


def _offered(one: Fetched) -> inbox.Offered:
    raw = one.header if one.raw is None else one.raw
    return inbox.Offered(raw, one.key, cut=one.raw is None, size=one.size)


def _told_before(account: Account) -> frozenset[str]:
    """Mail that is too large: told once, left on the server, not fetched again."""
    return frozenset(inbox.only_headers(account).values_list("source", flat=True))


def _converse(account: Account, stop: threading.Event) -> float:
    """Listen until told to stop or until the server hangs up; for how many seconds it had answered.

    Raises what is not the server's doing: a database that is away, or NoRoom.
    """
    answered: list[float] = []

    def fetch() -> None:
        close_old_connections()
        fetch_all(account)
        answered.append(time.monotonic())

    try:
        close_old_connections()
        disk.want_room()
        _told_before(account)  # the database answers: else the server need not be troubled
        email.listen(accounts.opened(account), stop, fetch)
    except (ChannelError, SecretError) as error:
        close_old_connections()
        if _is_as_it_was(account):  # what is wrong with settings that are mended says nothing about the new ones
            accounts.in_trouble(account, str(error), timezone.now())
        log.warning("a mailbox cannot be heard", account=account.address, why=str(error))
    except Exception as error:
        if isinstance(error, NoRoom) or away.passes(error):
            raise
        log.exception("listening failed; trying again", account=account.address)
    return time.monotonic() - answered[0] if answered else 0.0


def _is_as_it_was(account: Account) -> bool:
    now = Account.objects.filter(pk=account.pk).first()
    return now is not None and _version(now) == _version(account)


def _version(account: Account) -> tuple[object, ...]:
    return account.settings, account.sealed, account.address
