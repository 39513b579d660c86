"""Accounts: which one speaks, and what it may say of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from amends.channels import accounts
from amends.channels.email import oauth
from amends.channels.email.oauth import Token
from amends.channels.email.settings import MailSettings
from amends.channels.models import Account
from amends.kit import secrets
from tests.cast import TUESDAY, Cast


def test_a_new_lasting_key_replaces_the_old_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {
        "auth": "microsoft",
        "client_id": "desk",
        "imap_host": "imap.example.com",
        "imap_user": "help@thimble.example",
        "smtp_host": "smtp.example.com",
        "smtp_user": "help@thimble.example",
    }
    account = Account.objects.create(
        brand=cast.thimble, kind="email", name="x", address="m@thimble.example", settings=settings
    )
    accounts.put_secret(account, refresh_token="old")
    account.save()

    def renewed(asked: MailSettings) -> Token:
        return Token("short-lived", datetime(2026, 3, 3, 11, tzinfo=UTC), refresh_token="new")

    monkeypatch.setattr(oauth, "access_token", renewed)
    assert accounts.opened(account).secret["refresh_token"] == "new"
    account.refresh_from_db()
    assert secrets.unseal(account.sealed)["refresh_token"] == "new"
    assert "new" not in account.sealed


def test_a_plus_address_belongs_to_its_mailbox(cast: Cast) -> None:
    assert accounts.account_for("Help+anything@Thimble.example") == cast.mailbox
    assert accounts.account_for("nobody@thimble.example") is None


def test_letters_leave_from_the_mailbox_that_was_written_to(cast: Cast) -> None:
    second = Account.objects.create(brand=cast.thimble, kind="local", name="x", address="shop@thimble.example")
    assert accounts.speaking_for(cast.thimble, second.pk) == second
    assert accounts.speaking_for(cast.thimble, None) == cast.mailbox
    second.active = False
    second.save()
    assert accounts.speaking_for(cast.thimble, second.pk) == cast.mailbox


def test_trouble_keeps_its_beginning_until_the_server_answers(cast: Cast) -> None:
    accounts.in_trouble(cast.mailbox, "refused", TUESDAY)
    accounts.in_trouble(cast.mailbox, "still refused", TUESDAY.replace(hour=12))
    cast.mailbox.refresh_from_db()
    assert (cast.mailbox.trouble, cast.mailbox.trouble_since) == ("still refused", TUESDAY)
    accounts.heard(cast.mailbox, TUESDAY.replace(hour=13))
    cast.mailbox.refresh_from_db()
    assert (cast.mailbox.trouble, cast.mailbox.trouble_since) == ("", None)


def test_a_mailbox_that_hears_but_cannot_speak_stays_in_trouble_until_a_letter_leaves(cast: Cast) -> None:
    accounts.in_trouble(cast.mailbox, "no letter leaves", TUESDAY, speaking=True)
    accounts.heard(cast.mailbox, TUESDAY.replace(hour=13))
    cast.mailbox.refresh_from_db()
    assert (cast.mailbox.trouble, cast.mailbox.trouble_since) == ("no letter leaves", TUESDAY)
    assert accounts.spoke(cast.mailbox)
    cast.mailbox.refresh_from_db()
    assert (cast.mailbox.trouble, cast.mailbox.trouble_since) == ("", None)
    assert not accounts.spoke(cast.mailbox)


def test_a_letter_that_leaves_does_not_hide_that_nothing_is_heard(cast: Cast) -> None:
    accounts.in_trouble(cast.mailbox, "no letter leaves", TUESDAY, speaking=True)
    accounts.in_trouble(cast.mailbox, "nothing is heard", TUESDAY)
    accounts.spoke(cast.mailbox)
    cast.mailbox.refresh_from_db()
    assert cast.mailbox.trouble == "nothing is heard"


def test_secrets_do_not_show_in_what_adapters_get(cast: Cast) -> None:
    """S24."""
    accounts.put_secret(cast.mailbox, password="x7canary")
    shown = repr(replace(cast.mailbox.for_adapter(), name="n"))
    assert "x7canary" not in shown
    assert "x7canary" not in cast.mailbox.sealed
