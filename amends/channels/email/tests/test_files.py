"""Mails out of files."""

from __future__ import annotations

from io import StringIO
from json import loads
from pathlib import Path

import pytest

from amends.channels.email.files import messages_in
from amends.channels.email.parsed import as_json, main_parse

ONE = b"From: a@example.com\nSubject: One\n\nFirst line.\nFrom here on.\n"
TWO = b"From: b@example.com\nSubject: Two\n\nSecond.\n"
KEYS = [
    "from",
    "to",
    "cc",
    "reply_to",
    "subject",
    "date",
    "message_id",
    "in_reply_to",
    "references",
    "text",
    "html",
    "new_text",
    "attachments",
    "automatic",
    "problems",
]


def test_an_mbox_gives_its_mails_as_they_were(tmp_path: Path) -> None:
    box = tmp_path / "box"
    quoted = ONE.replace(b"\nFrom here", b"\n>From here")
    box.write_bytes(b"From a Tue Mar  3 10:00:00 2026\n" + quoted + b"\nFrom b Tue Mar  3 10:01:00 2026\n" + TWO)
    assert list(messages_in(box)) == [ONE, TWO]


def test_a_maildir_gives_new_and_seen_mails_by_name(tmp_path: Path) -> None:
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    (tmp_path / "cur" / "1:2,S").write_bytes(ONE)
    (tmp_path / "new" / "2").write_bytes(TWO)
    (tmp_path / "tmp" / "3").write_bytes(b"unfinished")
    assert list(messages_in(tmp_path)) == [ONE, TWO]


def test_a_single_mail_is_itself(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(ONE)
    assert list(messages_in(tmp_path / "one.eml")) == [ONE]


@pytest.mark.parametrize("make", [lambda p: p.mkdir(), lambda p: p.write_bytes(b"")])
def test_what_holds_no_mail_is_said_so(tmp_path: Path, make: object) -> None:
    place = tmp_path / "x"
    make(place)  # type: ignore[operator]
    with pytest.raises(ValueError, match=r"nor a Maildir|is empty|no Maildir"):
        list(messages_in(place))


def test_parsed_mails_have_all_keys_in_order_whatever_they_are() -> None:
    for raw in (ONE, b"", b"\xff\x00\n\n", b"Subject: =?utf-8?b?7aCA?=\n\nx"):
        assert list(as_json(raw)) == KEYS


def test_one_object_a_line_in_the_order_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(ONE)
    (tmp_path / "2.eml").write_bytes(TWO)
    out = StringIO()
    paths = [str(tmp_path / name) for name in ("2.eml", "gone.eml", "1.eml")]
    assert main_parse(paths, out) == 1
    objects = [loads(line) for line in out.getvalue().splitlines()]
    assert [one["subject"] for one in objects] == ["Two", "", "One"]
    assert "No such file" in objects[1]["problems"][0]
    assert objects[0]["from"] == {"name": "", "address": "b@example.com"}
