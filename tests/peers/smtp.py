"""A real SMTP server that takes our mail, hands it to a Dovecot when told to, and misbehaves when told to."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.peers.certificates import Certificate
from tests.peers.ports import HOST

USER = "support@desk.example"
PASSWORD = "open-sesame"
TOKEN = "good-token"

# The server's own chatter about dropped connections is wanted noise here.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Letter:
    """What arrived, exactly."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass
class SmtpPeer:
    """A running server. Change `refuse` and `after_data` between sendings."""

    host: str
    port: int
    """Plain at first; offers STARTTLS unless started with `tls=False`."""
    tls_port: int
    certificate: Certificate
    user: str = USER
    password: str = PASSWORD
    token: str = TOKEN
    refuse: dict[str, str] = field(default_factory=dict)
    """Recipient → the reply line, such as ``550 5.1.1 No such person``."""
    after_data: str = ""
    """Empty: accept. ``drop``: hang up without an answer. Anything else is the reply line."""
    letters: list[Letter] = field(default_factory=list)
    deliver: Callable[[str, bytes], None] | None = None
    """Where each letter goes for each recipient, such as `Dovecot.deliver`."""

    def forget(self) -> None:
        """As freshly started."""
        self.refuse.clear()
        self.letters.clear()
        self.after_data, self.deliver = "", None


@contextlib.contextmanager
def running_smtp(
    certificate: Certificate, *, tls: bool = True, auth: bool = True, without: tuple[str, ...] = ()
) -> Iterator[SmtpPeer]:
    """Starts the server on two free ports (STARTTLS, TLS from the first byte) and stops it again.

    `without`: sign-in mechanisms that it does not offer, such as ``PLAIN``.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.certificate, certificate.key)
    peer = SmtpPeer("localhost", 0, 0, certificate)
    handler = _Handler(peer)
    options: dict[str, Any] = {
        "authenticator": handler.authenticate if auth else None,
        # Required but impossible: then AUTH is not offered.
        "auth_require_tls": tls or not auth,
        "auth_exclude_mechanism": without,
        "server_hostname": "peer.example",
    }
    upgrading = _Controller(handler, tls_context=context if tls else None, **options)
    implicit = _Controller(handler, ssl_context=context, **options)
    with _started(upgrading), _started(implicit):
        peer.port, peer.tls_port = upgrading.port, implicit.port
        yield peer


@contextlib.contextmanager
def _started(controller: _Controller) -> Iterator[None]:
    controller.start()
    try:
        yield
    finally:
        controller.stop()


class _Controller(Controller):
    """Binds before its thread starts: the port is the kernel's choice and never lost to another test."""

    def __init__(
        self,
        handler: _Handler,
        *,
        ssl_context: ssl.SSLContext | None = None,
        tls_context: ssl.SSLContext | None = None,
        **options: Any,
    ) -> None:
        self.listener = socket.create_server((HOST, 0))
        port = int(self.listener.getsockname()[1])
        super().__init__(
            handler,
            HOST,
            port,
            ssl_context=ssl_context,
            tls_context=tls_context,
            decode_data=False,
            **options,
        )

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.listener, ssl=self.ssl_context)


class _Handler:
    def __init__(self, peer: SmtpPeer) -> None:
        self.peer = peer

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        right = LoginPassword(self.peer.user.encode(), self.peer.password.encode())
        return AuthResult(success=data == right, handled=False)

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        wanted = f"user={self.peer.user}\1auth=Bearer {self.peer.token}\1\1".encode()
        if base64.b64decode(args[1]) == wanted:
            return AuthResult(success=True)
        # As the providers do: the reason as a challenge, which the client answers with an empty line.
        reason = base64.b64encode(b'{"status":"400","schemes":"Bearer"}').decode()
        answer = await server.challenge_auth(reason, encode_to_b64=False)
        if answer is MISSING:
            return AuthResult(success=False, handled=True)
        return AuthResult(success=False, handled=False)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self.peer.refuse.get(address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.peer.after_data == "drop":
            _hang_up(server)
            raise asyncio.CancelledError
        if self.peer.after_data:
            return self.peer.after_data
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        self.peer.letters.append(Letter((envelope.mail_from or "").strip("<>"), tuple(envelope.rcpt_tos), raw))
        if self.peer.deliver:
            for recipient in envelope.rcpt_tos:
                await asyncio.to_thread(self.peer.deliver, recipient, raw)
        return f"250 2.0.0 Ok: queued as {len(self.peer.letters)}"


def _hang_up(server: SMTP) -> None:
    transport = server.transport
    assert isinstance(transport, asyncio.Transport)
    transport.abort()
