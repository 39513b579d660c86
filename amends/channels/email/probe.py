"""The live test of a mailbox: each step by itself, with what is wrong and how to mend it."""

from __future__ import annotations

import contextlib
import contextvars
import logging
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _

from amends.channels import senders
from amends.channels.email import headers, imap, sender_checks, smtp
from amends.channels.email.connect import WireError, plainly, speaks_tls
from amends.channels.email.settings import PORTS, MailSettings, Server
from amends.channels.message import AccountSettings, ChannelError, Finding

log = logging.getLogger(__name__)

SECONDS = 20.0
PATIENCE = 0.3
"""The part of the whole time that one answer may take."""

Got = TypeVar("Got")


def probe(account: AccountSettings, *, seconds: float = SECONDS, receiving: bool = True) -> list[Finding]:
    """Tries the account's two servers, both at once, up to the first failed step of each.

    Without `receiving` only the server that letters leave by.

    Answers within `seconds` and never raises. Sends no mail. Leaves nothing on the servers (CH1, CH2).
    """
    try:
        settings = MailSettings.of(account)
    except ChannelError as error:
        return [Finding(_("Settings"), False, str(error), _("Correct the field and test again."))]
    end = time.monotonic() + seconds
    patience = seconds * PATIENCE
    steps = {_("Receiving"): _receiving, _("Sending"): _sending} if receiving else {_("Sending"): _sending}
    sides = [_Side(name, patience) for name in steps]
    for side in sides:
        side.begin(steps[side.name], settings)
    return [finding for side in sides for finding in side.findings_by(end)]


class _Failed(Exception):
    """A step of one side failed; the steps after it make no sense."""


class _Side:
    """The steps towards one server, in a thread that is left behind when a server holds it up."""

    def __init__(self, name: str, patience: float) -> None:
        self.name, self.patience = name, patience
        self.findings: list[Finding] = []
        self.current = name

    def begin(self, steps: Callable[[_Side, MailSettings], None], settings: MailSettings) -> None:
        # The context carries the language that the reader of the findings has chosen.
        run = contextvars.copy_context().run
        self.thread = threading.Thread(target=run, args=(self._run, steps, settings), daemon=True)
        self.thread.start()

    def findings_by(self, end: float) -> list[Finding]:
        self.thread.join(max(0.0, end - time.monotonic()))
        findings, current = list(self.findings), self.current
        if self.thread.is_alive() and all(finding.ok for finding in findings):
            mend = _("Try again later; if it stays so, ask whoever runs the server.")
            findings.append(Finding(current, False, _("The server took too long to answer."), mend))
        return findings

    def step(self, name: str, action: Callable[[], tuple[str, Got]]) -> Got:
        """Does one thing and notes its sentence, or notes why not and raises `_Failed`."""
        self.current = f"{self.name}: {name}"
        try:
            said, got = action()
        except ChannelError as error:
            mend = error.mend if isinstance(error, WireError) else ""
            self.findings.append(Finding(self.current, False, str(error), mend))
            raise _Failed from None
        self.findings.append(Finding(self.current, True, said))
        return got

    def learn(self, host: str) -> None:
        """The step that was done last found out who checks senders."""
        self.findings[-1] = replace(self.findings[-1], learned=host)

    def _run(self, steps: Callable[[_Side, MailSettings], None], settings: MailSettings) -> None:
        try:
            steps(self, settings)
        except _Failed:
            pass
        except Exception as error:
            log.warning("mailbox test failed in %s: %s", self.current, type(error).__name__)
            sentence = _("This step failed in a way that Amends does not know.")
            self.findings.append(Finding(self.current, False, sentence))


def _receiving(side: _Side, settings: MailSettings) -> None:
    _reach(side, settings.imap)
    with contextlib.ExitStack() as end:
        box = side.step(_("encryption"), lambda: _open_imap(settings, side.patience))
        end.callback(box.client.leave)
        side.step(_("sign-in"), lambda: _enter_imap(box, settings))
        side.step(_("folder"), lambda: _folder(box, settings))
        side.learn(side.step(_("sender checks"), lambda: _sender_checks(box, settings)))
        side.step(_("news"), lambda: _idle(box))


def _sending(side: _Side, settings: MailSettings) -> None:
    _reach(side, settings.smtp)
    with contextlib.ExitStack() as end:
        talk = side.step(_("encryption"), lambda: _open_smtp(settings, end, side.patience))
        side.step(_("sign-in"), lambda: _enter_smtp(talk, settings))
        side.step(_("own address"), lambda: _own_address(talk, settings))


def _reach(side: _Side, server: Server) -> None:
    side.step(_("name"), lambda: _look_up(server))
    side.step(_("connection"), lambda: _connect(server, side.patience))


def _look_up(server: Server) -> tuple[str, None]:
    with plainly(server):
        found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    what = {"host": server.host, "address": found[0][4][0]}
    return _("%(host)s is %(address)s.") % what, None


def _connect(server: Server, patience: float) -> tuple[str, None]:
    with plainly(server):
        socket.create_connection((server.host, server.port), patience).close()
    return _("Port %(port)s answers.") % {"port": server.port}, None


def _open_imap(settings: MailSettings, patience: float) -> tuple[str, imap.Mailbox]:
    with _silence_explained(settings.imap, patience), imap.spoken(settings):
        box = imap.Mailbox(settings, patience)
    return _encryption(box.client.sock), box


def _open_smtp(settings: MailSettings, end: contextlib.ExitStack, patience: float) -> tuple[str, smtplib.SMTP]:
    with _silence_explained(settings.smtp, patience):
        talk = end.enter_context(smtp.conversation(settings, patience))
    return _encryption(talk.sock), talk


@contextlib.contextmanager
def _silence_explained(server: Server, patience: float) -> Iterator[None]:
    """A port that speaks TLS from the first byte stays silent until spoken to in TLS."""
    try:
        yield
    except ChannelError as error:
        if error.code == "connect" and server.security != "tls" and speaks_tls(server, patience / 2):
            sentence = _("%(place)s speaks TLS from the start.") % {"place": server.place}
            mend = _("Choose TLS for this port, or port %(usual)s for STARTTLS.")
            mend %= {"usual": PORTS[server.protocol, "starttls"]}
            raise WireError(sentence, permanent=True, code="tls", mend=mend) from None
        raise


def _encryption(sock: socket.socket | None) -> str:
    if isinstance(sock, ssl.SSLSocket):
        return _("Encrypted with %(version)s; the certificate is valid.") % {"version": sock.version()}
    return _("Not encrypted: anyone on the way can read the password and the mail.")


def _enter_imap(box: imap.Mailbox, settings: MailSettings) -> tuple[str, None]:
    imap.sign_in(box, settings)
    return _("Signed in as %(user)s.") % {"user": settings.imap.user}, None


def _enter_smtp(talk: smtplib.SMTP, settings: MailSettings) -> tuple[str, None]:
    if smtp.sign_in(talk, settings):
        return _("Signed in as %(user)s.") % {"user": settings.smtp.user}, None
    return _("%(host)s asks for no sign-in.") % {"host": settings.smtp.host}, None


def _folder(box: imap.Mailbox, settings: MailSettings) -> tuple[str, None]:
    with imap.spoken(settings):
        imap.open_folder(box, settings)
        unseen = len(box.uids("UNSEEN", charset=None))
    what = {"folder": settings.folder, "unseen": unseen}
    return _("The folder “%(folder)s” is there; unread mails in it: %(unseen)s.") % what, None


def _sender_checks(box: imap.Mailbox, settings: MailSettings) -> tuple[str, str]:
    with imap.spoken(settings):
        newest = imap.newest_headers(box, senders.LOOKED_AT, "AUTHENTICATION-RESULTS")
    host = senders.guess(sender_checks.read(headers.parse(block)) for block in newest)
    return senders.told(host), host


def _idle(box: imap.Mailbox) -> tuple[str, None]:
    if "IDLE" in box.client.capabilities:
        return _("The server tells of new mail at once."), None
    sentence = _("The server does not tell of new mail; Amends asks every %(seconds)s seconds.")
    return sentence % {"seconds": imap.POLL_SECONDS}, None


def _own_address(talk: smtplib.SMTP, settings: MailSettings) -> tuple[str, None]:
    try:
        smtp.offer(talk, settings, b"", settings.address, [settings.address])
    except ChannelError as error:
        mend = _("The account must be allowed to send as %(address)s, and to reach it.")
        mend %= {"address": settings.address}
        raise WireError(str(error), permanent=error.permanent, code=error.code, mend=mend) from None
    with smtp.spoken(settings):
        talk.rset()
    return _("%(address)s may send, and may be written to.") % {"address": settings.address}, None
