"""The account's fields, typed and checked: what the mail adapters may rely on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from django.utils.translation import gettext as _

from amends.channels.message import AccountSettings, ChannelError

Security = Literal["tls", "starttls", "none"]
Auth = Literal["password", "google", "microsoft"]
After = Literal["seen", "move"]

PORTS: dict[tuple[str, Security], int] = {
    ("imap", "tls"): 993,
    ("imap", "starttls"): 143,
    ("imap", "none"): 143,
    ("smtp", "tls"): 465,
    ("smtp", "starttls"): 587,
    ("smtp", "none"): 25,
}


@dataclass(frozen=True)
class Server:
    """One server and who signs in there."""

    protocol: Literal["imap", "smtp"]
    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    ca_file: Path | None = None
    """A certificate authority to trust instead of the system's ones."""

    @property
    def place(self) -> str:
        """The server as the owner of the account wrote it: ``imap.example.com:993``."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class MailSettings:
    """Everything the mail adapters know of one account."""

    address: str
    imap: Server
    smtp: Server
    folder: str
    after: After
    """What happens on the server to a mail that is safely stored."""
    move_to: str
    auth: Auth
    tenant: str
    client_id: str
    token_url: str
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    access_token: str = field(default="", repr=False)
    access_token_expires: datetime | None = None

    @classmethod
    def of(cls, account: AccountSettings) -> MailSettings:
        """Reads the fields named in the account's form (CH1, CH2).

        Raises ChannelError (permanent, ``settings``) with one sentence for the first value that is missing,
        contradicts another, or holds a line break.
        """
        reader = _Reader(account.settings, account.secret)
        auth: Auth = reader.choice("auth", get_args(Auth), "password")
        after: After = reader.choice("after", get_args(After), "seen")
        settings = cls(
            address=account.address,
            imap=_imap(reader),
            smtp=_smtp(reader),
            folder=reader.text("imap_folder") or "INBOX",
            after=after,
            move_to=reader.needed("move_to") if after == "move" else "",
            auth=auth,
            tenant=reader.text("tenant") or "common",
            client_id=reader.text("client_id"),
            token_url=reader.text("token_url"),
            client_secret=reader.secret("client_secret"),
            refresh_token=reader.secret("refresh_token"),
            access_token=reader.secret("access_token"),
            access_token_expires=reader.moment("access_token_expires"),
        )
        _refuse_contradictions(settings)
        return settings

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that no message may show."""
        named = (self.imap.password, self.smtp.password, self.client_secret, self.refresh_token)
        return tuple(secret for secret in (*named, self.access_token) if secret)


class _Reader:
    """Looks fields up and complains about them by name."""

    def __init__(self, settings: Mapping[str, Any], secret: Mapping[str, str]) -> None:
        self.settings, self.secrets = settings, secret

    def text(self, key: str) -> str:
        value = self.settings.get(key)
        return self._clean(key, "" if value is None else str(value).strip())

    def secret(self, key: str) -> str:
        return self._clean(key, self.secrets.get(key) or "")

    def needed(self, key: str) -> str:
        if value := self.text(key):
            return value
        raise wrong(_("The field “%(key)s” of this mailbox is empty.") % {"key": key})

    def choice(self, key: str, choices: tuple[Any, ...], default: str) -> Any:
        value = self.text(key) or default
        if value in choices:
            return value
        allowed = ", ".join(choices)
        raise wrong(_("The field “%(key)s” must be one of: %(allowed)s.") % {"key": key, "allowed": allowed})

    def port(self, key: str, default: int) -> int:
        value = self.text(key) or str(default)
        if value.isascii() and value.isdigit() and 0 < int(value) < 65536:
            return int(value)
        raise wrong(_("The field “%(key)s” must be a port number from 1 to 65535.") % {"key": key})

    def moment(self, key: str) -> datetime | None:
        value = self.secret(key)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise wrong(_("The field “%(key)s” must be a moment in ISO form.") % {"key": key}) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def ca_file(self) -> Path | None:
        value = self.text("ca_file")
        if value and not Path(value).is_file():
            raise wrong(_("The file of the certificate authority, %(path)s, is not there.") % {"path": value})
        return Path(value) if value else None

    def _clean(self, key: str, value: str) -> str:
        # A line break would end the command it is part of and begin one of the attacker's choice.
        if any(ord(character) < 32 or ord(character) == 127 for character in value):
            raise wrong(_("The field “%(key)s” holds a line break or control character.") % {"key": key})
        return value


def _imap(reader: _Reader) -> Server:
    security: Security = reader.choice("imap_security", get_args(Security), "tls")
    return Server(
        protocol="imap",
        host=reader.needed("imap_host"),
        port=reader.port("imap_port", PORTS["imap", security]),
        security=security,
        user=reader.needed("imap_user"),
        password=reader.secret("password"),
        ca_file=reader.ca_file(),
    )


def _smtp(reader: _Reader) -> Server:
    security: Security = reader.choice("smtp_security", get_args(Security), "starttls")
    return Server(
        protocol="smtp",
        host=reader.needed("smtp_host"),
        port=reader.port("smtp_port", PORTS["smtp", security]),
        security=security,
        user=reader.text("smtp_user") or reader.text("imap_user"),
        password=reader.secret("smtp_password") or reader.secret("password"),
        ca_file=reader.ca_file(),
    )


def _refuse_contradictions(settings: MailSettings) -> None:
    for server in (settings.imap, settings.smtp):
        if server.port in (993, 465) and server.security != "tls":
            raise wrong(_("Port %(port)s speaks TLS from the start: choose “TLS”.") % {"port": server.port})
        if settings.auth != "password" and server.security == "none":
            raise wrong(_("Signing in with a provider needs TLS or STARTTLS, or others could read the key."))
    if settings.auth == "password" and not settings.imap.password:
        raise wrong(_("The password of this mailbox is missing."))
    if settings.auth != "password" and not (settings.refresh_token or settings.access_token):
        raise wrong(_("This mailbox is not signed in yet: use “Sign in” on its page."))
    if settings.refresh_token and settings.auth != "password" and not settings.client_id:
        raise wrong(_("The client ID for signing in with the provider is missing."))
    if settings.after == "move" and settings.move_to.casefold() == settings.folder.casefold():
        raise wrong(_("Mail cannot be moved to the folder that it is fetched from."))


def wrong(sentence: str) -> ChannelError:
    """The settings as they stand cannot work."""
    return ChannelError(sentence, permanent=True, code="settings")
