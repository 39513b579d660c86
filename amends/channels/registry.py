"""Every channel, one line each. A new one is its own folder plus its line here."""

from __future__ import annotations

from typing import Protocol

from amends.channels.email import adapter as email
from amends.channels.email import forwarded
from amends.channels.local import adapter as local
from amends.channels.message import AccountSettings, Finding, IncomingMessage, OutgoingMessage, Receipt
from amends.channels.webform import adapter as webform


class Adapter(Protocol):
    """What every channel can do. Adapters are passive: they never call the app."""

    def read(self, raw: bytes) -> IncomingMessage: ...

    def send(self, account: AccountSettings, message: OutgoingMessage) -> Receipt: ...

    def has_sent(self, account: AccountSettings, message_id: str) -> bool | None: ...

    def probe(self, account: AccountSettings) -> list[Finding]: ...


ADAPTERS: dict[str, Adapter] = {
    "email": email,
    "forwarded": forwarded,
    "local": local,
    "webform": webform,
}


def adapter_of(kind: str) -> Adapter:
    """The adapter for an account's kind. Raises KeyError for a kind that has none."""
    return ADAPTERS[kind]
