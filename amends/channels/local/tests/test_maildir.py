"""Mail into a folder of this machine, and out again."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from amends.channels.local.maildir import letters_for, send
from amends.channels.message import AccountSettings, ChannelError

ANN = "ann@example.com"
FROM = "support@desk.example"


def account(folder: Path | str) -> AccountSettings:
    return AccountSettings(FROM, "Desk", {"folder": str(folder)})


def letter(text: str) -> bytes:
    return f"Subject: {text}\r\n\r\n{text}\r\n".encode()


def test_letters_come_back_newest_first(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        send(account(tmp_path), letter(text), FROM, [ANN])
    assert letters_for(tmp_path, ANN) == [letter("three"), letter("two"), letter("one")]


def test_every_recipient_gets_the_letter_and_nobody_else(tmp_path: Path) -> None:
    send(account(tmp_path), letter("one"), FROM, [ANN, "ben@example.com"])
    assert letters_for(tmp_path, ANN) == letters_for(tmp_path, "BEN@example.com") == [letter("one")]
    assert letters_for(tmp_path, "eve@example.com") == []


def test_trying_again_does_not_double_a_letter(tmp_path: Path) -> None:
    for _ in range(2):
        send(account(tmp_path), letter("one"), FROM, [ANN])
    assert len(letters_for(tmp_path, ANN)) == 1


def test_any_mail_program_can_read_the_folder(tmp_path: Path) -> None:
    send(account(tmp_path), letter("one"), FROM, [ANN])
    (message,) = mailbox.Maildir(tmp_path / ANN, create=False)
    assert message["Subject"] == "one"


def test_a_letter_that_a_mail_program_has_shown_is_still_there(tmp_path: Path) -> None:
    send(account(tmp_path), letter("one"), FROM, [ANN])
    (path,) = (tmp_path / ANN / "new").iterdir()
    path.rename(tmp_path / ANN / "cur" / f"{path.name}:2,S")
    assert letters_for(tmp_path, ANN) == [letter("one")]
    send(account(tmp_path), letter("one"), FROM, [ANN])
    assert len(letters_for(tmp_path, ANN)) == 1


def test_a_draft_left_by_a_power_cut_is_no_letter(tmp_path: Path) -> None:
    send(account(tmp_path), letter("one"), FROM, [ANN])
    (tmp_path / ANN / "tmp" / "half").write_bytes(b"Subj")
    assert letters_for(tmp_path, ANN) == [letter("one")]


@pytest.mark.parametrize("address", ["../../etc/x@example.com", "a/b@example.com", "..@..", "a\\b@x", "ä@example.com"])
def test_an_address_never_leads_out_of_the_folder(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "letters"
    send(account(folder), letter("one"), FROM, [address])
    assert letters_for(folder, address) == [letter("one")]
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("address", ["", "ann", "@example.com", "ann@", "a" * 300 + "@example.com"])
def test_what_is_no_address_is_refused_for_good(tmp_path: Path, address: str) -> None:
    with pytest.raises(ChannelError) as caught:
        send(account(tmp_path), letter("one"), FROM, [ANN, address])
    assert (caught.value.code, caught.value.permanent) == ("address", True)
    assert letters_for(tmp_path, ANN) == []


def test_a_folder_that_cannot_be_written_is_for_later(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ChannelError) as caught:
        send(account(tmp_path / "file"), letter("one"), FROM, [ANN])
    assert (caught.value.code, caught.value.permanent) == ("disk", False)


def test_an_account_without_a_folder_cannot_work() -> None:
    with pytest.raises(ChannelError) as caught:
        send(account(""), letter("one"), FROM, [ANN])
    assert (caught.value.code, caught.value.permanent) == ("settings", True)
