"""Real mails, many of them broken, read as black-box input. They stay outside the project: see TEST_DATA."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from amends.channels.email.parsed import as_json
from amends.channels.email.read import read

MAILS = Path(os.environ.get("TEST_DATA") or Path(__file__).resolve().parents[1].parent / "shared/data/mails")
MACHINES = ("bsd", "dos", "mac", "err")
# Filed as no bounce, yet a server wrote it: null Return-Path, Auto-Submitted: auto-replied, from a postmaster.
A_BOUNCE_AFTER_ALL = "rb-issue-368-bug.eml"

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not MAILS.is_dir(), reason=f"the licensed test mails are not at {MAILS} (set TEST_DATA)"),
]


def mails(folder: str) -> list[Path]:
    found = sorted(path for path in (MAILS / folder).rglob("*") if path.is_file() and path.name != "LICENSE")
    assert found, f"{MAILS / folder} is empty"
    return found


def test_every_real_mail_is_read_in_time_and_fits_into_json() -> None:
    seconds = []
    for path in [*mails("machine"), *mails("odd")]:
        begun = time.process_time()
        mail = as_json(path.read_bytes())
        seconds.append(time.process_time() - begun)
        assert "unreadable" not in mail["problems"], path
        json.dumps(mail, ensure_ascii=False).encode("utf-8")
    assert max(seconds) < 2.0


@pytest.mark.parametrize("folder", MACHINES)
def test_every_machine_mail_is_known_as_one(folder: str) -> None:
    unknown = [path.name for path in mails(f"machine/{folder}") if read(path.read_bytes()).automatic is None]
    assert unknown == []


def test_nearly_every_bounce_names_who_did_not_get_the_letter() -> None:
    bounces = [
        message
        for folder in MACHINES
        for path in mails(f"machine/{folder}")
        if (message := read(path.read_bytes())).automatic == "bounce"
    ]
    assert len(bounces) > 750
    assert sum(not message.bounces for message in bounces) <= 1


def test_ordinary_mails_that_look_like_bounces_are_a_persons() -> None:
    kinds = {path.name: read(path.read_bytes()).automatic for path in mails("machine/not")}
    assert kinds.pop(A_BOUNCE_AFTER_ALL, "bounce") == "bounce"
    assert set(kinds.values()) == {None}


def test_odd_mails_of_persons_are_not_taken_for_machines() -> None:
    machines = {path.name for path in mails("odd") if read(path.read_bytes()).automatic}
    assert machines == {
        "bad_date_header.eml",  # Precedence: junk
        "empty_in_reply_to.eml",  # List-Id
        "raw_email_with_mimepart_without_content_type.eml",  # a delivery report, as are the rest
        "multi_address_bounce1.eml",
        "multi_address_bounce2.eml",
        "multipart_report_multiple_status.eml",
        "report_422.eml",
        "report_530.eml",
    }


def test_every_odd_mail_keeps_its_sender_and_its_words() -> None:
    for path in mails("odd"):
        raw = path.read_bytes()
        message = read(raw)
        if b"\nFrom: " in raw[:4_000] or raw.startswith(b"From: "):
            assert message.sender.address or message.sender.name, path
        body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2].strip()
        assert message.text or message.attachments or not body, path
