"""Accounts that point at the peers."""

from __future__ import annotations

from typing import Any, Protocol

from amends.channels.message import AccountSettings
from tests.peers.certificates import Certificate
from tests.peers.dovecot import Dovecot


class SmtpServer(Protocol):
    """What an account must know of a server to send through it."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def certificate(self) -> Certificate: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...


def imap_fields(server: Dovecot, user: str, **more: Any) -> dict[str, Any]:
    """The receiving half of an account's fields: TLS, with the peer's own authority."""
    return {
        "imap_host": server.host,
        "imap_port": server.imaps_port,
        "imap_security": "tls",
        "imap_user": user,
        "ca_file": str(server.certificate.authority),
        **more,
    }


def smtp_fields(server: SmtpServer, **more: Any) -> dict[str, Any]:
    """The sending half: STARTTLS, with the peer's own authority."""
    return {
        "smtp_host": server.host,
        "smtp_port": server.port,
        "smtp_security": "starttls",
        "smtp_user": server.user,
        "ca_file": str(server.certificate.authority),
        **more,
    }


def reading_account(server: Dovecot, user: str, *, password: str = "", **more: Any) -> AccountSettings:
    """An account that can fetch; its sending half leads nowhere."""
    settings = {"smtp_host": "localhost", **imap_fields(server, user, **more)}
    return AccountSettings(user, "Desk", settings, {"password": password or server.password})


def writing_account(server: SmtpServer, *, password: str = "", **more: Any) -> AccountSettings:
    """An account that can send; its receiving half leads nowhere."""
    settings = {"imap_host": "localhost", "imap_user": server.user, **smtp_fields(server, **more)}
    return AccountSettings(server.user, "Desk", settings, {"password": password or server.password})
