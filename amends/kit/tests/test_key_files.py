"""Keys that the desk makes for itself: whole, private, and made once."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from amends.kit import secrets
from amends.kit.key_files import made_once


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "one.key"
    assert made_once(path, lambda: "first") == "first"
    assert made_once(path, lambda: "second") == "first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["one.key"]


def test_a_key_is_never_readable_by_others_not_even_while_it_is_made(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "one.key"
    modes: list[int] = []

    def make() -> str:
        modes.extend(stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir())
        return "first"

    before = os.umask(0)
    try:
        made_once(path, make)
    finally:
        os.umask(before)
    assert modes == [0o600]


def test_a_new_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    """The first key makes it, and customers' letters come to lie there."""
    before = os.umask(0o022)
    try:
        made_once(tmp_path / "data" / "keys" / "session.key", lambda: "first")
    finally:
        os.umask(before)
    made = (tmp_path / "data", tmp_path / "data" / "keys")
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in made] == [0o700, 0o700]


def test_whoever_comes_second_takes_the_first_ones_key(tmp_path: Path) -> None:
    path = tmp_path / "one.key"

    def make() -> str:
        path.write_text("theirs\n")
        return "ours"

    assert made_once(path, make) == "theirs"


def test_a_start_that_was_cut_off_does_not_hinder_the_next(tmp_path: Path) -> None:
    (tmp_path / f"one.{os.getpid()}").write_text("")
    assert made_once(tmp_path / "one.key", lambda: "first") == "first"


@pytest.mark.parametrize("content", ["", "\n", "not a key\n", "clé\n"])
def test_a_key_file_that_holds_no_key_is_told_as_such(tmp_path: Path, settings: Settings, content: str) -> None:
    settings.SECRETS_KEY_FILE = tmp_path / "secrets.key"
    settings.SECRETS_KEY_FILE.write_text(content)
    for deed in (lambda: secrets.seal({"password": "x"}), lambda: secrets.unseal("gAAAA")):
        with pytest.raises(secrets.SecretError, match=r"secrets\.key"):
            deed()


def test_an_old_key_still_opens_what_it_sealed(tmp_path: Path, settings: Settings) -> None:
    settings.SECRETS_KEY_FILE = tmp_path / "first.key"
    sealed = secrets.seal({"password": "x7"})
    old = settings.SECRETS_KEY_FILE.read_text()
    settings.SECRETS_KEY_FILE = tmp_path / "second.key"
    settings.SECRETS_KEY_FILE.write_text(Fernet.generate_key().decode() + "\n" + old)
    assert secrets.unseal(sealed) == {"password": "x7"}
