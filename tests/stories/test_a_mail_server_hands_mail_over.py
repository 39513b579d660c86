"""A mail server's pipe and old archives: `amends mail`, by its exit status and what is kept afterwards."""

from __future__ import annotations

import json
import mailbox
import socket
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.peers.desk import Desk, desk_folder
from tests.peers.ports import HOST, free_ports
from tests.stories.furniture import FORWARDED, a_quiet_desk
from tests.stories.post import a_letter

KEYS = (
    "from to cc reply_to subject date message_id in_reply_to references text html new_text attachments automatic problems"
).split()
"""What `amends mail parse` prints, in this order."""


@pytest.fixture(scope="module")
def resting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose processes do not run: only what is on disk counts."""
    with desk_folder(tmp_path_factory.mktemp("resting")) as desk:
        desk.furnish(a_quiet_desk())
        yield desk


def test_a_piped_mail_is_on_disk_when_the_command_says_so(resting: Desk) -> None:
    raw = _letter("The lamp flickers").as_bytes()
    done = resting.amends("mail", "take", "-", "--to", FORWARDED, given=raw)
    assert (done.returncode, done.stderr) == (0, b"")
    kept = [path.read_bytes() for path in (resting.data / "blobs").rglob("*") if path.is_file()]
    assert kept == [raw]
    before = _count(resting)
    assert resting.amends("mail", "take", "-", "--to", FORWARDED, given=raw).returncode == 0
    assert _count(resting) == before


def test_mail_for_a_stranger_is_refused_for_good(resting: Desk) -> None:
    done = resting.amends("mail", "take", "-", "--to", "nobody@elsewhere.example", given=_letter("Hello").as_bytes())
    assert done.returncode == 67
    assert b"nobody@elsewhere.example" in done.stderr
    assert b"Traceback" not in done.stderr


def test_an_empty_pipe_is_tried_again_later(resting: Desk) -> None:
    assert resting.amends("mail", "take", "-", "--to", FORWARDED).returncode == 75


def test_while_the_database_is_away_the_mail_server_keeps_the_mail(resting: Desk) -> None:
    (port,) = free_ports(1)
    away = f"postgresql://amends@{HOST}:{port}/amends"
    done = resting.amends(
        "mail", "take", "-", "--to", FORWARDED, given=b"Subject: Hi\n\nHi\n", settings={"DATABASE": away}
    )
    assert done.returncode == 75
    assert done.stderr.startswith(b"amends: not now, try again later")
    assert b"Traceback" not in done.stderr


def test_a_database_that_never_answers_is_not_waited_for_long(resting: Desk) -> None:
    """It takes the connection and says nothing, as a machine that hangs."""
    with socket.create_server((HOST, 0)) as silent:
        away = f"postgresql://amends@{HOST}:{silent.getsockname()[1]}/amends"
        began = time.monotonic()
        done = resting.amends("mail", "take", "-", "--to", FORWARDED, given=b"Hi\n", settings={"DATABASE": away})
    assert (done.returncode, done.stdout) == (75, b"")
    assert done.stderr.startswith(b"amends: not now, try again later")
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("NONSENSE", "1", "There is no setting AMENDS_NONSENSE"),
        ("DATABASE", "postgresql://amends@db.example:fifty/amends", "AMENDS_DATABASE"),
        ("SECRET_KEY_FILE", "/nowhere/secret", "cannot be read"),
        ("DATA", "/proc/nowhere", "/proc"),
    ],
)
def test_while_the_settings_are_wrong_the_mail_server_keeps_the_mail(
    resting: Desk, name: str, value: str, said: str
) -> None:
    done = resting.amends("mail", "take", "-", "--to", FORWARDED, given=b"Subject: Hi\n\nHi\n", settings={name: value})
    assert done.returncode == 75
    words = done.stderr.decode()
    assert words.startswith("amends: not now, try again later")
    assert said in words
    assert words.count("\n") == 1


def test_while_an_upgrade_is_half_done_the_mail_server_keeps_the_mail(tmp_path: Path) -> None:
    with desk_folder(tmp_path) as desk:
        done = desk.amends("mail", "take", "-", "--to", FORWARDED, given=b"Subject: Hi\n\nHi\n")
    assert done.returncode == 75
    assert done.stderr.startswith(b"amends: not now, try again later")


@pytest.mark.parametrize("shape", ["eml", "mbox", "Maildir"])
def test_an_archive_is_taken_in_whole_and_once(resting: Desk, tmp_path: Path, shape: str) -> None:
    archive = _archive(tmp_path, shape, [_letter(f"{shape} {number}") for number in range(1 if shape == "eml" else 3)])
    before = _count(resting)
    done = resting.amends("mail", "take", archive, "--to", FORWARDED)
    assert done.returncode == 0, done.stderr
    expected = 1 if shape == "eml" else 3
    assert done.stdout.startswith(f"{expected} kept".encode())
    assert _count(resting) == before + expected
    if shape == "mbox":
        assert resting.amends("mail", "take", archive, "--to", FORWARDED).returncode == 0
        assert _count(resting) == before + expected


def test_how_a_mail_is_read_can_be_looked_at_without_a_database(tmp_path: Path) -> None:
    letter = _letter("Größe falsch")
    letter.add_attachment(b"12 cm", maintype="text", subtype="plain", filename="Maß.txt")
    file = tmp_path / "one.eml"
    file.write_bytes(letter.as_bytes())
    with desk_folder(tmp_path / "none", DATABASE="postgresql://nowhere.invalid/amends") as desk:
        done = desk.amends("mail", "parse", file, tmp_path / "absent.eml")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(line) for line in lines] == [KEYS, KEYS]
    assert lines[0]["from"] == {"name": "Rosalind", "address": "rosalind@customer.example"}
    assert lines[0]["subject"] == "Größe falsch"
    assert lines[0]["text"].strip() == "It came today."
    assert [(a["filename"], a["size"]) for a in lines[0]["attachments"]] == [("Maß.txt", 5)]
    assert lines[1]["problems"][0].startswith("file_unreadable")
    assert done.returncode == 1


def _letter(subject: str) -> EmailMessage:
    return a_letter("Rosalind <rosalind@customer.example>", FORWARDED, subject, "It came today.")


def _archive(folder: Path, shape: str, letters: list[EmailMessage]) -> Path:
    path = folder / shape
    if shape == "eml":
        path = folder / "one.eml"
        path.write_bytes(letters[0].as_bytes())
        return path
    box: mailbox.Mailbox[mailbox.Message] = mailbox.mbox(path) if shape == "mbox" else mailbox.Maildir(path)
    for letter in letters:
        box.add(letter)
    box.close()
    return path


def _count(desk: Desk) -> int:
    return len(desk.rows("SELECT id FROM channels_kept"))
