"""Fixtures for every test: the named cast, a desk one can sign in to, and the real peers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from amends.people.models import Member
from tests import cast as people
from tests.cast import Cast

pytest_plugins = ["tests.peers.fixtures"]


@pytest.fixture
def cast(db: None, tmp_path: Path) -> Cast:
    """The named cast, with letters of the local mailboxes in a folder of the test."""
    made = people.assemble()
    for account in (made.mailbox, made.other_mailbox):
        account.settings = {"folder": str(tmp_path / "letters")}
        account.save(update_fields=["settings"])
    return made


@pytest.fixture
def signed_in(client: Client) -> Callable[[Member], Client]:
    """A browser in which the given member is signed in."""

    def sign_in(member: Member) -> Client:
        browser = Client()
        browser.force_login(member)
        return browser

    return sign_in
