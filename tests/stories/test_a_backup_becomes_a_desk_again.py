"""A backup is made while mail comes in, and becomes a desk that has everything and sends nothing (reliability §7).

`BACKUPS=20` makes as many as the programme asks for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.peers.accounts import smtp_fields
from tests.peers.desk import ROOT, Desk, desk_folder
from tests.peers.smtp import SmtpPeer
from tests.stories.furniture import THIMBLE

COUNT = int(os.environ.get("BACKUPS", "1"))
PACK = ROOT / "amends/clock/packs/house-default.toml"
PASSPHRASE = "a long walk on a short pier"


@dataclass(frozen=True)
class Fed:
    """A desk that took mail in while its backups were made."""

    desk: Desk
    backups: list[Path]
    passphrase: Path
    acknowledged: list[list[str]]
    """Before each backup: the SHA-256 of every mail that was acknowledged."""

    @property
    def newest(self) -> Path:
        return self.backups[-1]


@pytest.fixture(scope="module")
def peer(_smtp_peer: SmtpPeer) -> SmtpPeer:
    _smtp_peer.forget()
    return _smtp_peer


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory, peer: SmtpPeer) -> Iterator[Fed]:
    folder = tmp_path_factory.mktemp("fed")
    passphrase = folder / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n")
    with desk_folder(folder / "desk", trust=peer.certificate.authority) as desk:
        desk.furnish(furniture(peer))
        (desk.data / "packs").mkdir()
        (desk.data / "packs" / PACK.name).write_bytes(PACK.read_bytes())
        backups, acknowledged = [], []
        ledger = folder / "ledger"
        with feeding(desk, folder / "running", ledger):
            for number in range(COUNT):
                wait_for_lines(ledger, 12 * (number + 1))
                acknowledged.append(ledger.read_text().splitlines())
                backups.append(folder / f"backup-{number}")
                done = desk.amends("backup", backups[-1], "--passphrase-file", passphrase)
                assert done.returncode == 0, done.stderr.decode()
        yield Fed(desk, backups, passphrase, acknowledged)


@contextlib.contextmanager
def feeding(desk: Desk, running: Path, ledger: Path) -> Iterator[None]:
    running.touch()
    feeder = subprocess.Popen(
        [sys.executable, "-m", "tests.stories.feed", running, ledger], cwd=ROOT, env=dict(desk.environ)
    )
    try:
        yield
    finally:
        running.unlink()
        assert feeder.wait(60) == 0


@contextlib.contextmanager
def restored(fed: Fed, folder: Path, peer: SmtpPeer, backup: Path) -> Iterator[Desk]:
    """A new desk, made from a backup."""
    with desk_folder(folder, trust=peer.certificate.authority) as desk:
        done = desk.amends("restore", backup, "--passphrase-file", fed.passphrase)
        assert done.returncode == 0, done.stderr.decode()
        yield desk


def test_a_backup_made_under_load_is_whole(fed: Fed) -> None:
    for backup in fed.backups:
        done = fed.desk.amends("backup", "verify", backup)
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout.startswith(b"Whole: ")


@pytest.mark.parametrize("number", range(COUNT))
def test_every_row_and_file_comes_back_and_nothing_that_was_acknowledged_is_missing(
    fed: Fed, tmp_path: Path, peer: SmtpPeer, number: int
) -> None:
    backup = fed.backups[number]
    said = json.loads((backup / "manifest.json").read_text())
    with restored(fed, tmp_path / "desk", peer, backup) as desk:
        own = {"kit_pause", "audit_record", "audit_head", "django_migrations"}  # what the restore itself writes
        found = {table: desk.rows(f'SELECT COUNT(*) FROM "{table}"')[0][0] for table in set(said["tables"]) - own}
        assert found == {table: rows for table, rows in said["tables"].items() if table not in own}
        named = {
            digest for (digest,) in desk.rows("SELECT sha256 FROM channels_kept UNION SELECT sha256 FROM cases_file")
        }
        files = {path.name: path for path in (desk.data / "blobs").rglob("*") if path.is_file()}
        assert named <= files.keys()
        assert [name for name, path in files.items() if hashlib.sha256(path.read_bytes()).hexdigest() != name] == []
        assert set(fed.acknowledged[number]) <= {digest for (digest,) in desk.rows("SELECT sha256 FROM channels_kept")}
        assert (desk.data / "packs" / PACK.name).read_bytes() == PACK.read_bytes()
        taken = "SELECT COUNT(*) FROM channels_kept WHERE state = 'taken' AND entry_id IS NULL"
        assert desk.rows(taken) == [(0,)]


def test_nothing_is_sent_or_taken_in_until_a_person_says_so(fed: Fed, tmp_path: Path, peer: SmtpPeer) -> None:
    with restored(fed, tmp_path / "desk", peer, fed.newest) as desk:
        waiting = desk.rows("SELECT COUNT(*) FROM channels_delivery WHERE state = 'waiting'")[0][0]
        unread = desk.rows("SELECT COUNT(*) FROM channels_kept WHERE state = 'waiting'")[0][0]
        assert waiting > 3 < unread
        with working(desk):
            wait_until(desk, "SELECT COUNT(*) FROM kit_beat WHERE at > (SELECT since FROM kit_pause)", 1)
            time.sleep(3)
        assert peer.letters == []
        assert desk.rows("SELECT COUNT(*) FROM channels_attempt") == [(0,)]
        assert desk.rows("SELECT COUNT(*) FROM channels_kept WHERE state = 'waiting'") == [(unread,)]

        done = desk.amends("resume")
        assert f"{waiting} letters leave now".encode() in done.stdout
        with working(desk):
            wait_until(desk, "SELECT COUNT(*) FROM channels_delivery WHERE state = 'sent'", waiting)
        assert len({letter.raw.split(b"Message-ID: ")[1].split(b"\r\n")[0] for letter in peer.letters}) >= waiting
        verbs = [verb for (verb,) in desk.rows("SELECT verb FROM audit_record ORDER BY number")]
        assert verbs[-2:] == ["backup.restored", "sending.resumed"]
        assert desk.amends("resume").stdout == b"The desk is not paused.\n"


def test_a_backup_is_restored_only_into_an_empty_desk(fed: Fed) -> None:
    done = fed.desk.amends("restore", fed.newest, "--passphrase-file", fed.passphrase)
    assert done.returncode == 1
    assert b"is not empty" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_what_sqlite_left_of_another_database_is_not_read_into_the_restored_one(
    fed: Fed, tmp_path: Path, peer: SmtpPeer
) -> None:
    """A log beside a file that was deleted belongs, for SQLite, to whatever takes that file's place."""
    with desk_folder(tmp_path / "desk", trust=peer.certificate.authority) as desk:
        left = desk.data / "amends.sqlite3-wal"
        desk.data.mkdir(exist_ok=True)
        left.write_bytes(b"of another database")
        done = desk.amends("restore", fed.newest, "--passphrase-file", fed.passphrase)
        if desk.environ["AMENDS_DATABASE"] == "sqlite":
            assert done.returncode == 1
            assert left.name.encode() in done.stderr
            assert not (desk.data / "blobs").exists()
        else:
            assert done.returncode == 0


def test_a_backup_is_made_only_into_an_empty_folder(fed: Fed) -> None:
    done = fed.desk.amends("backup", fed.newest)
    assert done.returncode == 1
    assert b"is not empty" in done.stderr


def test_a_damaged_backup_is_told_and_not_restored(fed: Fed, tmp_path: Path, peer: SmtpPeer) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(fed.newest, copy)
    victim = next(path for path in (copy / "blobs").rglob("*") if path.is_file())
    raw = bytearray(victim.read_bytes())
    raw[len(raw) // 2] ^= 1
    victim.write_bytes(raw)
    assert f"the file {victim.name} was changed".encode() in fed.desk.amends("backup", "verify", copy).stderr
    with desk_folder(tmp_path / "desk", trust=peer.certificate.authority) as desk:
        done = desk.amends("restore", copy, "--passphrase-file", fed.passphrase)
        assert done.returncode == 1
        assert b"Nothing was restored" in done.stderr
        assert not (desk.data / "blobs").exists()


def test_a_backup_that_was_cut_off_is_none(fed: Fed, tmp_path: Path) -> None:
    shutil.copytree(fed.newest, tmp_path / "copy")
    (tmp_path / "copy" / "manifest.json").unlink()
    assert b"holds no whole backup" in fed.desk.amends("backup", "verify", tmp_path / "copy").stderr


def test_a_wrong_passphrase_restores_nothing(fed: Fed, tmp_path: Path, peer: SmtpPeer) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("a short walk on a long pier")
    with desk_folder(tmp_path / "desk", trust=peer.certificate.authority) as desk:
        done = desk.amends("restore", fed.newest, "--passphrase-file", wrong)
        assert b"The passphrase does not open the keys" in done.stderr
        assert not (desk.data / "blobs").exists()


def test_no_secret_of_the_desk_lies_open_in_its_backup(fed: Fed, peer: SmtpPeer) -> None:
    keys = [path.read_text().strip() for path in (fed.desk.data / "keys").glob("*.key")]
    held = b"".join(path.read_bytes() for path in fed.newest.rglob("*") if path.is_file())
    assert not [secret for secret in (*keys, peer.password, PASSPHRASE) if secret.encode() in held]


def test_without_the_keys_the_desk_says_how_to_go_on(fed: Fed, tmp_path: Path, peer: SmtpPeer) -> None:
    with desk_folder(tmp_path / "desk", trust=peer.certificate.authority) as desk:
        done = desk.amends("restore", fed.newest)
        assert b"put the folder keys/ back before the start" in done.stdout
        (desk.data / "keys" / "secrets.key").unlink(missing_ok=True)
        start = desk.amends("worker")
        assert start.returncode == 1
        assert b"is missing (help@thimble.example)" in start.stderr
        assert desk.amends("keys", "forget").returncode == 0
        assert desk.amends("migrate").returncode == 0


@contextlib.contextmanager
def working(desk: Desk) -> Iterator[None]:
    worker = subprocess.Popen(
        [sys.executable, "-m", "amends.cli", "worker"],
        cwd=ROOT,
        env=dict(desk.environ),
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)


def wait_until(desk: Desk, query: str, least: int) -> None:
    end = time.monotonic() + 90
    while desk.rows(query)[0][0] < least:
        assert time.monotonic() < end, f"{query} is still {desk.rows(query)}, not {least}"
        time.sleep(0.3)


def wait_for_lines(ledger: Path, least: int) -> None:
    end = time.monotonic() + 90
    while not ledger.exists() or ledger.read_text().count("\n") < least:
        assert time.monotonic() < end, "no mail comes in"
        time.sleep(0.1)


def furniture(peer: SmtpPeer) -> bytes:
    settings = {"imap_host": "localhost", "imap_user": peer.user, **smtp_fields(peer)}  # nobody listens there
    account = {"kind": "email", "address": THIMBLE, "password": peer.password, "settings": settings}
    member = {"name": "Delphine Marsh", "role": "agent", "languages": ["en"]}
    brand = {"name": "Thimble & Thorn", "slug": "thimble", "team": "x", "members": [member], "accounts": [account]}
    return json.dumps({"hold": 0, "password": "correct-horse", "brands": [brand]}).encode()
