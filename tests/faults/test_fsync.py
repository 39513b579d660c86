"""Nothing is acknowledged before it is on disk: shown by the system calls, which no kill can show (reliability §4.4)."""

from __future__ import annotations

import contextlib
import json
import re
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import mail
from tests.peers import require
from tests.peers.desk import ROOT, Desk, desk_folder
from tests.peers.dovecot import Dovecot

CALLS = "trace=openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,sendto,sendmsg,exit_group"
ADDRESS = "help@thimble.example"


class Trace:
    """The calls of a process and its threads, in order, with the files they went to."""

    def __init__(self, text: str) -> None:
        self.calls = text.splitlines()

    def first(self, pattern: str) -> int:
        """Where the first call like this began. Fails when there is none."""
        return self._all(pattern)[0]

    def last(self, pattern: str, before: int) -> int:
        found = [at for at in self._all(pattern) if at < before]
        assert found, f"nothing like {pattern} happened before call {before}:\n" + "\n".join(self.calls[:before][-40:])
        return found[-1]

    def _all(self, pattern: str) -> list[int]:
        found = [at for at, call in enumerate(self.calls) if re.search(pattern, call)]
        assert found, f"nothing like {pattern}:\n" + "\n".join(self.calls[-60:])
        return found


def want_durable_before(trace: Trace, acknowledged: int, database: str) -> None:
    """The bytes, their name and the row are on disk, or said to be by the database server, before the answer."""
    named = trace.last(r"(?:rename|link)\w*\(.*blobs/", acknowledged)
    written = trace.last(r"f(?:data)?sync\(\d+<[^>]*blobs/[^>]*/\.new-", named)
    folder = trace.last(r"fsync\(\d+<[^>]*/blobs/../..>", acknowledged)
    assert written < named < folder < acknowledged
    if database == "sqlite":
        row = trace.last(r"pwrite64\(\d+<[^>]*amends\.sqlite3-wal>", acknowledged)
        kept = trace.last(r"f(?:data)?sync\(\d+<[^>]*amends\.sqlite3-wal>", acknowledged)
        assert folder < row < kept, "the row's bytes are synced after they were written"
    else:  # the server answers a COMMIT when its own log is on disk; `amends doctor` looks at its settings
        committed = trace.last(r'sendto\(.*"?(?:Q|P)\\0.*COMMIT', acknowledged)
        assert folder < committed


@pytest.fixture
def desk(tmp_path: Path, bare_dovecot: Dovecot, user: str) -> Iterator[Desk]:
    """A desk with a mailbox at a Dovecot that speaks plainly, and a local one."""
    furniture = {
        "hold": 0,
        "password": "quite-secret",
        "brands": [
            {
                "name": "Thimble & Thorn",
                "slug": "thimble",
                "team": "Florists",
                "members": [],
                "accounts": [
                    {
                        "kind": "email",
                        "address": user,
                        "settings": {
                            "imap_host": bare_dovecot.host,
                            "imap_port": bare_dovecot.imap_port,
                            "imap_security": "none",
                            "imap_user": user,
                            "smtp_host": "localhost",
                            "smtp_user": user,
                        },
                        "password": bare_dovecot.password,
                    },
                    {"kind": "local", "address": ADDRESS, "settings": {"folder": str(tmp_path / "letters")}},
                ],
            }
        ],
    }
    with desk_folder(tmp_path) as made:
        made.furnish(json.dumps(furniture).encode())
        yield made


@contextlib.contextmanager
def traced(desk: Desk, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the desk under strace; its calls go to the file `trace` of the desk's folder."""
    process = subprocess.Popen(
        [
            require("strace"),
            "-f",
            "-y",
            "-s",
            "200",
            "-e",
            CALLS,
            "-o",
            desk.data / "trace",
            sys.executable,
            "-m",
            *words,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=dict(desk.environ),
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def database_of(desk: Desk) -> str:
    return "sqlite" if desk.environ["AMENDS_DATABASE"] == "sqlite" else "postgresql"


def test_a_mail_from_a_pipe_is_on_disk_before_the_exit_says_so(desk: Desk) -> None:
    with traced(desk, "amends.cli", "mail", "take", "-", "--to", ADDRESS) as process:
        _, said = process.communicate(mail(), timeout=120)
    assert process.returncode == 0, said
    trace = Trace((desk.data / "trace").read_text(errors="replace"))
    want_durable_before(trace, trace.first(r"exit_group\(0\)"), database_of(desk))


def test_a_mail_in_a_mailbox_is_on_disk_before_it_is_marked_as_seen(
    desk: Desk, bare_dovecot: Dovecot, user: str
) -> None:
    bare_dovecot.deliver(user, mail(to=user))
    with traced(desk, "tests.faults.traced", "imap") as process:
        said, error = process.communicate(timeout=120)
    assert said.strip() == b"1", error
    trace = Trace((desk.data / "trace").read_text(errors="replace"))
    want_durable_before(trace, trace.first(r"STORE .*Seen"), database_of(desk))


def test_a_mail_on_the_local_port_is_on_disk_before_its_250(desk: Desk) -> None:
    with traced(desk, "tests.faults.traced", "smtp") as process:
        assert process.stdout is not None
        assert process.stdin is not None
        port = int(process.stdout.readline())
        with smtplib.SMTP("127.0.0.1", port, "ann.example", timeout=60) as smtp:
            smtp.sendmail("ann@customer.example", [ADDRESS], mail())
        process.stdin.close()
        process.wait(60)
    trace = Trace((desk.data / "trace").read_text(errors="replace"))
    want_durable_before(trace, trace.first("250 2.0.0 Kept"), database_of(desk))
