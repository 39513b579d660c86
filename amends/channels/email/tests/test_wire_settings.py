"""An account's fields become typed settings, or one sentence (CH1, CH2)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from amends.channels.email.settings import MailSettings
from amends.channels.message import AccountSettings, ChannelError

FIELDS = {"imap_host": "imap.example.com", "imap_user": "desk", "smtp_host": "smtp.example.com"}
SECRET = {"password": "x7canary-one"}


def settings(secret: dict[str, str] | None = None, **fields: Any) -> MailSettings:
    return MailSettings.of(AccountSettings("desk@desk.example", "Desk", {**FIELDS, **fields}, secret or SECRET))


def test_what_is_not_said_has_the_usual_value() -> None:
    found = settings()
    assert (found.imap.place, found.imap.security) == ("imap.example.com:993", "tls")
    assert (found.smtp.place, found.smtp.security) == ("smtp.example.com:587", "starttls")
    assert (found.smtp.user, found.smtp.password) == ("desk", "x7canary-one")
    assert (found.folder, found.after, found.auth, found.tenant) == ("INBOX", "seen", "password", "common")


@pytest.mark.parametrize(
    ("security", "imap_port", "smtp_port"), [("tls", 993, 465), ("starttls", 143, 587), ("none", 143, 25)]
)
def test_the_port_follows_the_encryption(security: str, imap_port: int, smtp_port: int) -> None:
    found = settings(imap_security=security, smtp_security=security)
    assert (found.imap.port, found.smtp.port) == (imap_port, smtp_port)


def test_the_sending_server_may_have_its_own_user_and_password() -> None:
    found = settings({**SECRET, "smtp_password": "x7canary-two"}, smtp_user="relay")
    assert (found.smtp.user, found.smtp.password) == ("relay", "x7canary-two")


def test_a_tokens_end_is_a_moment_with_its_zone() -> None:
    secret = {"access_token": "a", "access_token_expires": "2026-11-22T10:00:00+00:00"}
    found = settings(secret, auth="google", client_id="desk")
    assert found.access_token_expires == datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"imap_host": ""},
        {"imap_user": None},
        {"smtp_host": " "},
        {"imap_port": "0"},
        {"imap_port": 70000},
        {"smtp_port": "smtp"},
        {"imap_security": "ssl3"},
        {"auth": "kerberos"},
        {"after": "delete"},
        {"after": "move"},
        {"after": "move", "move_to": "inbox"},
        {"ca_file": "/nowhere/ca.pem"},
        {"imap_port": 993, "imap_security": "starttls"},
        {"smtp_port": 465, "smtp_security": "none"},
        {"imap_host": "imap.example.com\r\nX"},
        {"imap_user": "desk\nA1 DELETE INBOX"},
        {"imap_folder": "IN\x00BOX"},
        {"auth": "google", "client_id": "desk"},
        {"auth": "google", "client_id": "desk", "imap_security": "none"},
    ],
)
def test_a_missing_or_contradictory_value_is_one_sentence(fields: dict[str, Any]) -> None:
    with pytest.raises(ChannelError) as caught:
        settings(**fields)
    assert (caught.value.code, caught.value.permanent) == ("settings", True)
    assert str(caught.value).endswith(".")
    assert "x7canary" not in str(caught.value)


@pytest.mark.parametrize("secret", [{"password": ""}, {"password": "x7canary\r\n"}])
def test_a_password_that_cannot_be_is_one_sentence(secret: dict[str, str]) -> None:
    with pytest.raises(ChannelError) as caught:
        settings({"other": "", **secret})
    assert "x7canary" not in str(caught.value)


def test_no_secret_shows_in_a_repr(tmp_path: Path) -> None:
    secret = {key: f"x7canary-{key}" for key in ("password", "smtp_password", "client_secret", "refresh_token")}
    account = AccountSettings("desk@desk.example", "Desk", {**FIELDS, "client_id": "desk"}, secret)
    found = MailSettings.of(account)
    assert "x7canary" not in repr(found) + str(found) + repr(account)
    assert set(found.secrets) == set(secret.values())
