"""Hearing mail on a port of this machine: every letter is kept before it is acknowledged."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import socket
from collections.abc import Callable
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils.translation import gettext as _

from amends.channels.message import ChannelError
from amends.kit import away
from amends.kit.disk import NoRoom

log = logging.getLogger(__name__)

Keep = Callable[[bytes, list[str]], None]


class UnknownRecipient(Exception):
    """Raised by `keep`: nobody here has this address. Its text is shown to the sender."""


class LocalSmtp(Controller):
    """An SMTP server on loopback that answers 250 only once `keep(raw, recipients)` has returned.

    `keep` runs in a thread of its own. It answers 550 when `keep` raises UnknownRecipient, 451 for any other
    exception (the sender tries again), 552 above `max_bytes`. Port 0 lets the system choose: see `port`.
    Use it with `start()` and `stop()`, or as a context manager.

    Raises ChannelError: ``settings`` for a host that is not loopback, ``port`` when the port is taken.
    """

    def __init__(self, host: str, port: int, keep: Keep, max_bytes: int) -> None:
        self.listener = _listen(host, port)
        port = int(self.listener.getsockname()[1])
        # No resolver is asked for this machine's name.
        super().__init__(
            _Handler(keep),
            host,
            port,
            data_size_limit=max_bytes,
            decode_data=False,
            server_hostname="localhost",
            ident="Amends",
        )

    def __enter__(self) -> LocalSmtp:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def factory(self) -> SMTP:
        return _Tolerant(self.handler, **self.SMTP_kwargs)

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.listener)


class _Tolerant(SMTP):
    # The standard says 998 bytes; many programs write whole paragraphs as one line.
    line_length_limit = 1024 * 1024


class _Handler:
    def __init__(self, keep: Keep) -> None:
        self.keep = keep

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            await asyncio.to_thread(self.keep, raw, list(envelope.rcpt_tos))
        except UnknownRecipient as error:
            return f"550 5.1.1 {_one_line(str(error)) or 'Nobody here has this address'}"
        except Exception as error:
            if away.passes(error) or isinstance(error, NoRoom):
                log.error("a letter could not be kept: %s", error)
            else:
                log.exception("a letter could not be kept")
            return "451 4.3.0 The letter could not be kept. It is not lost: send it again later"
        return "250 2.0.0 Kept"


def _listen(host: str, port: int) -> socket.socket:
    if not _is_loopback(host):
        sentence = _("The local mailbox listens on 127.0.0.1 only, not on %(host)s.") % {"host": host}
        raise ChannelError(sentence, permanent=True, code="settings")
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise ChannelError(_cannot_listen(error, host, port), permanent=True, code="port") from error


def _cannot_listen(error: OSError, host: str, port: int) -> str:
    what = {"host": host, "port": port, "reason": error.strerror}
    if error.errno == errno.EADDRINUSE:
        return _("Port %(port)s on %(host)s is taken by another program. Choose another port.") % what
    if error.errno in (errno.EACCES, errno.EPERM):
        return _("This user may not listen on port %(port)s. Choose a port from 1024 upwards.") % what
    return _("Nothing can listen on port %(port)s of %(host)s: %(reason)s.") % what


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
