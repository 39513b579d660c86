"""`amends keys` as its operator reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from amends.audit.models import Record
from amends.channels import accounts
from amends.cli import main
from amends.kit import locks, secrets
from amends.upkeep import keys
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: Settings, cast: Cast) -> Path:
    settings.SECRETS_KEY_FILE = tmp_path / "secrets.key"
    accounts.put_secret(cast.mailbox, password="x7canary")
    cast.mailbox.save()
    return tmp_path / "secrets.key"


def test_keys_are_listed_by_number_alone(key_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "list"]) == 0
    out = capsys.readouterr().out
    assert out == f"{secrets.keys()[0].number}  sealed 1\n"
    assert key_file.read_text().strip() not in out


def test_a_new_key_is_told_by_number_and_in_the_audit_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "SETTLED", 0.0)
    assert main(["keys", "rotate"]) == 0
    assert f"the new key {secrets.keys()[0].number}" in capsys.readouterr().out
    assert Record.objects.get().verb == "secrets.key_rotated"


def test_a_lost_key_is_said_in_a_sentence_and_can_be_given_up(
    key_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key_file.write_text(secrets.new_line())
    assert main(["keys", "rotate"]) == 1
    assert "Put the old file back" in capsys.readouterr().err
    assert main(["keys", "list"]) == 0
    assert "its key is not in the file" in capsys.readouterr().out
    assert main(["keys", "forget"]) == 0
    assert "forgotten: help@thimble.example" in capsys.readouterr().out
    assert main(["keys", "forget"]) == 0
    assert "Every secret can be opened" in capsys.readouterr().out


def test_to_look_at_the_keys_makes_none(key_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key_file.unlink()
    assert main(["keys", "list"]) == 0
    assert "its key is not in the file" in capsys.readouterr().out
    assert not key_file.exists()


@pytest.mark.parametrize("deed", ["list", "rotate", "forget"])
def test_a_key_file_that_cannot_be_read_is_said_in_a_sentence_and_drops_nothing(
    deed: str, key_file: Path, capsys: pytest.CaptureFixture[str], cast: Cast
) -> None:
    """It may be another user's file, or one that was restored halfway: no key is lost yet."""
    key_file.write_text("no key at all\n")
    assert main(["keys", deed]) == 1
    said = capsys.readouterr().err
    assert said.startswith("amends: ") and "secrets.key" in said and said.count("\n") == 1
    cast.mailbox.refresh_from_db()
    assert cast.mailbox.sealed


@pytest.mark.parametrize("deed", ["rotate", "forget"])
def test_while_the_keys_change_the_second_command_says_so(deed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with locks.exclusive("keys", keys.LOCK):
        assert main(["keys", deed]) == 1
    assert "Another command is using the keys just now. Wait until it is done" in capsys.readouterr().err
    assert not Record.objects.exists()
