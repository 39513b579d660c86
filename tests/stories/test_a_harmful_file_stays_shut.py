"""A desk that names a scanner: its worker has each file looked at, its pages open none before (ASVS 5.4.3)."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.peers.clamd import EICAR, FOUND, MOST_BYTES, Clamd
from tests.peers.desk import Desk, running_desk
from tests.stories.furniture import FORWARDED, a_quiet_desk

WITHIN = 30.0
CLEAN = b"a harmless bill"


@pytest.fixture(scope="module")
def scanning(tmp_path_factory: pytest.TempPathFactory, clamd_peer: Clamd) -> Iterator[Desk]:
    with running_desk(tmp_path_factory.mktemp("scanning"), furniture=a_quiet_desk(), CLAMD=clamd_peer.unix) as desk:
        yield desk


def test_a_mail_comes_in_and_each_of_its_files_is_looked_at(scanning: Desk) -> None:
    done = scanning.amends("mail", "take", "-", "--to", FORWARDED, given=_letter())
    assert done.returncode == 0
    files = _looked_at(scanning, 3)
    cookie = scanning.signed_in("tamsin@desk.example")
    opened = {name: _status(scanning, f"/files/{number}/{name}", cookie) for number, name in files}
    assert opened == {"bill.pdf": 200, "invoice.zip": 403, "film.mov": 403}
    told = scanning.rows("SELECT data FROM cases_entry WHERE kind = 'file.held'")
    assert len(told) == 2 and FOUND in str(told)


def test_the_doctor_finds_the_scanner_in_order_but_for_large_files(scanning: Desk) -> None:
    said = scanning.amends("doctor").stdout.decode()
    assert "scanner: ClamAV" in said and "finds what it should" in said
    assert "Set StreamMaxLength 36M" in said


def _letter() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ada Quill <ada@example.com>", FORWARDED, "Three files"
    mail["Message-ID"] = "<three@mail.example.com>"
    mail.set_content("Here they are.")
    for name, content in (("bill.pdf", CLEAN), ("invoice.zip", EICAR), ("film.mov", bytes(MOST_BYTES + 1))):
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def _looked_at(desk: Desk, count: int) -> list[tuple[int, str]]:
    """Number and name of the files, once the scanner has said something of each."""
    end = time.monotonic() + WITHIN
    while time.monotonic() < end:
        seen = desk.rows("SELECT 1 FROM kit_inspection WHERE state <> 'waiting'")
        if len(seen) >= count:
            return [(int(number), str(name)) for number, name in desk.rows("SELECT id, name FROM cases_file")]
        time.sleep(0.2)
    raise AssertionError(f"the files were not looked at:\n{desk.log()}")


def _status(desk: Desk, path: str, cookie: str) -> int:
    asked = urllib.request.Request(f"{desk.url}{path}", headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
