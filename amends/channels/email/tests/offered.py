"""What a mailbox offers, for tests that go through it mail by mail."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from amends.channels.email.imap import Fetched, fetching
from amends.channels.message import AccountSettings


def fetch(account: AccountSettings, **how: Any) -> Generator[Fetched, None, None]:
    """Each mail that `fetching` gives, while its connection is open."""
    with fetching(account, **how) as mails:
        yield from mails
