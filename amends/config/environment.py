"""The only reader of the environment: every setting, its type, and what it is for.

An unknown ``AMENDS_…`` name or an unreadable value stops the start with one sentence.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from amends.kit import clamd

PREFIX = "AMENDS_"
SHORTEST_TOKEN = 20
LARGEST_FILE = 64 * 1024
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingError(Exception):
    """A setting that cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Setting:
    """One setting: what it is when unset, and what it does (shown in the docs)."""

    default: str
    does: str


SETTINGS: dict[str, Setting] = {
    "DATA": Setting("var", "Folder for the database, letters, files and keys."),
    "DATABASE": Setting("sqlite", "`sqlite`, or `postgresql://user:password@host:5432/name`."),
    "URL": Setting("", "The address people open; links in letters start with it. Unset: this machine, at PORT."),
    "HOST": Setting("127.0.0.1", "The address the web process listens on."),
    "PORT": Setting("8000", "The port the web process listens on."),
    "HOSTS": Setting("", "More host names that may be asked for, separated by commas."),
    "PROXIES": Setting("", "Addresses of reverse proxies whose X-Forwarded-… headers are believed."),
    "HOOK_HOSTS": Setting("", "Hosts in your own network that webhooks may go to, separated by commas."),
    "CONNECTOR_HOSTS": Setting("", "Hosts in your own network that may be asked for suggestions, separated by commas."),
    "CLAMD": Setting("", "The ClamAV daemon that looks at files: `unix:/run/clamav/clamd.ctl` or `host:3310`."),
    "DEMO": Setting("no", "`yes` fills an empty desk with the demo and lets anyone sign in: never in public."),
    "SMTP_PORT": Setting("2525", "The demo's own SMTP port; `0` closes it."),
    "REDIS": Setting("", "`redis://host:6379/0` for a cache shared by several machines."),
    "SECRET_KEY": Setting("", "Signs sessions, links and letters; made and kept in the data folder when unset."),
    "METRICS_TOKEN": Setting("", "Opens `/metrics`, and the reasons of `/readyz`, to whoever sends it. Unset: closed."),
    "SECOND_FACTOR": Setting("no", "`yes` asks every member for a second factor before they do anything else."),
    "BREACHED_PASSWORDS": Setting(
        "", "A file of hashes, or the `https` address of a range API: passwords that are known to others are refused."
    ),
    "SEMANTIC": Setting("yes", "`no` reads letters by words alone, even where `amends[semantic]` is installed."),
    "DEBUG": Setting("no", "`yes` shows tracebacks in the browser: for developers only."),
    "LOG_LEVEL": Setting("INFO", "DEBUG, INFO, WARNING or ERROR."),
}

OPTIONS = frozenset(
    "application_name channel_binding client_encoding connect_timeout gssencmode host hostaddr keepalives "
    "keepalives_count keepalives_idle keepalives_interval krbsrvname load_balance_hosts options passfile require_auth "
    "requirepeer ssl_max_protocol_version ssl_min_protocol_version sslcert sslcertmode sslcrl sslcrldir sslkey "
    "sslmode sslnegotiation sslpassword sslrootcert sslsni target_session_attrs tcp_user_timeout".split()
)
"""What may follow the question mark in a ``postgresql://`` URL: libpq's own names."""

PLANNED = {"prepare_threshold": 2}
"""After so many times the server keeps the plan of a query whose values come beside it (`kit.planned`)."""
PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""A server that is gone without a word would else hold up every page for minutes; the URL may say otherwise."""


class Environment:
    """Reads ``AMENDS_…`` once; also from a file named in ``AMENDS_…_FILE`` (container secrets)."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        source = os.environ if environ is None else environ
        self._values: dict[str, str] = {}
        for name, value in source.items():
            if name.startswith(PREFIX):
                self._take(name, value)

    def _take(self, name: str, value: str) -> None:
        key = name.removeprefix(PREFIX)
        if key.endswith("_FILE") and key.removesuffix("_FILE") in SETTINGS:
            try:
                if Path(value).stat().st_size > LARGEST_FILE:  # a list of passwords, say
                    raise SettingError(f"{name} names {value}, which is too large; write the value alone into it.")
                self._values[key.removesuffix("_FILE")] = Path(value).read_text("utf-8").strip()
            except OSError as error:
                raise SettingError(f"{name} names {value}, which cannot be read: {error.strerror}.") from error
            except ValueError as error:
                raise SettingError(f"{name} names {value}, which is no text; write the value into it.") from error
            return
        if key not in SETTINGS:
            near = difflib.get_close_matches(key, SETTINGS, n=1)
            hint = f" Did you mean {PREFIX}{near[0]}?" if near else " See docs/operating/settings.md for all."
            raise SettingError(f"There is no setting {name}.{hint}")
        self._values[key] = value.strip()

    def text(self, key: str) -> str:
        return self._values.get(key) or SETTINGS[key].default

    def given(self, key: str) -> bool:
        return bool(self._values.get(key))

    def flag(self, key: str) -> bool:
        value = self.text(key).lower()
        if value not in {"yes", "no", "true", "false", "1", "0", "on", "off"}:
            raise SettingError(f"{PREFIX}{key} is {value!r}; write yes or no.")
        return value in {"yes", "true", "1", "on"}

    def level(self, key: str) -> str:
        value = self.text(key).upper()
        if value not in LEVELS:
            raise SettingError(f"{PREFIX}{key} is {value!r}; write one of {', '.join(LEVELS)}.")
        return value

    def number(self, key: str) -> int:
        value = self.text(key)
        if not value.isdecimal() or int(value) > 65535:
            raise SettingError(f"{PREFIX}{key} is {value!r}; write a whole number from 0 to 65535.")
        return int(value)

    def token(self, key: str) -> str:
        value = self.text(key)
        if value and (len(value) < SHORTEST_TOKEN or not value.isascii() or set(value) & set(" \t\r\n")):
            raise SettingError(
                f"{PREFIX}{key} is too easily guessed, or holds blanks; write at least {SHORTEST_TOKEN} letters and "
                "digits, such as from `openssl rand -hex 24`."
            )
        return value

    def names(self, key: str) -> list[str]:
        return [name.strip() for name in self.text(key).split(",") if name.strip()]

    def place(self, key: str) -> str:
        """The path of a file, or an ``https`` address."""
        value = self.text(key)
        parts = _split(value)
        if "://" in value and (parts is None or parts.scheme != "https" or not parts.hostname):
            raise SettingError(f"{PREFIX}{key} is {value!r}; write the path of a file, or an address with https://.")
        return value

    def scanner(self, key: str) -> clamd.Address | None:
        value = self.text(key)
        try:
            return clamd.address(value) if value else None
        except ValueError as error:
            raise SettingError(
                f"{PREFIX}{key} is {value!r}; write it like unix:/run/clamav/clamd.ctl or 127.0.0.1:3310."
            ) from error

    def url(self, key: str) -> str:
        value = self.text(key).rstrip("/")
        parts = _split(value)
        if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SettingError(f"{PREFIX}{key} is {value!r}; write it like https://desk.example.org.")
        if parts.path or parts.query or parts.fragment:
            raise SettingError(
                f"{PREFIX}{key} is {value!r}; write it without a path: the desk wants a host of its own."
            )
        return value


def reachable(host: str) -> str:
    """Where a program of this machine finds what listens on `host`, which may mean every address."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def in_url(host: str) -> str:
    """The host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def database(value: str, data: Path) -> dict[str, object]:
    """Django's DATABASES entry for ``sqlite`` or a ``postgresql://`` URL.

    What stands behind a question mark (``?sslmode=verify-full``) goes to the driver. Raises SettingError for
    anything else.
    """
    if value == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "amends.sqlite3",
            "CONN_MAX_AGE": None,  # to open the file again for each page costs more than to ask it
            "OPTIONS": {
                # Every thread has its own cache: what it lacks is in the system's, so that a small one does.
                # A mail that was acknowledged must survive a power cut: FULL, not NORMAL.
                # IMMEDIATE, because a transaction that reads and then writes would fail at once otherwise.
                "transaction_mode": "IMMEDIATE",
                # For pages, too: waiting writers have no queue, and while a backlog comes in one in ten waits for
                # more than five seconds. Less patience would refuse just then what is only slow.
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-256;"
                ),
            },
        }
    parts, port = _database_url(value)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        "OPTIONS": {**PATIENCE, **PLANNED, **_options(parts.query)},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _database_url(value: str) -> tuple[SplitResult, str]:
    """Its parts and its port, "" when it names none."""
    shape = "write sqlite or postgresql://user:password@host:5432/name."
    parts = _split(value)
    if parts is None or parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        shown = re.sub(r"(//[^:@/]{0,200}):[^@]{0,500}@", r"\1:…@", value)
        raise SettingError(f"{PREFIX}DATABASE is {shown!r}; {shape}")
    try:
        return parts, str(parts.port or "")
    except ValueError as error:
        raise SettingError(f"{PREFIX}DATABASE names a port that is no number up to 65535; {shape}") from error


def _options(query: str) -> dict[str, str]:
    """What stands behind the question mark, for the driver; an option that it does not know is refused."""
    options = {}
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        if name not in OPTIONS:
            near = difflib.get_close_matches(name, OPTIONS, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise SettingError(f"{PREFIX}DATABASE: PostgreSQL has no option {name} that can be set here.{hint}")
        if not value:
            raise SettingError(f"{PREFIX}DATABASE: write a value for {name}, such as {name}=….")
        options[name] = unquote(value)
    return options


def _split(value: str) -> SplitResult | None:
    """The parts of an address; None when it is none."""
    try:
        return urlsplit(value)
    except ValueError:
        return None
