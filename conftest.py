"""Fixtures for every test: the named cast, a desk one can sign in to, and the real peers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from amends.channels.models import Account
from amends.people.models import Member
from tests import copies, schema
from tests.cast import Cast

pytest_plugins = ["tests.peers.fixtures"]


@pytest.fixture(scope="session")
def _schema(django_db_modify_db_settings: None) -> Iterator[ExitStack]:
    """The kept tables lie in the test database before Django looks for them."""
    with ExitStack() as until_made:
        until_made.enter_context(schema.copied())
        yield until_made


@pytest.fixture(scope="session")
def django_db_setup(_schema: ExitStack, django_db_setup: None) -> None:
    """Made by pytest-django; what it had to make anew is kept for the next run."""
    _schema.close()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Django neither takes away the tables that lie there, nor what goes with the folder of the tests anyway."""
    return connection.vendor == "sqlite"


@pytest.fixture
def cast(db: None, tmp_path: Path) -> Cast:
    """The named cast, with letters of the local mailboxes in a folder of the test."""
    made = copies.cast()
    for account in (made.mailbox, made.other_mailbox):
        account.settings = {"folder": str(tmp_path / "letters")}
    Account.objects.filter(pk__in=[made.mailbox.pk, made.other_mailbox.pk]).update(settings=account.settings)
    return made


@pytest.fixture
def signed_in(client: Client) -> Callable[[Member], Client]:
    """A browser in which the given member is signed in."""

    def sign_in(member: Member) -> Client:
        browser = Client()
        browser.force_login(member)
        return browser

    return sign_in
