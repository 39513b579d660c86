"""One JSON object a line, whatever the files hold."""

from __future__ import annotations

import io
import json
from pathlib import Path

from amends.channels.email.parsed import main_parse


def test_each_file_has_its_line_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes("From: ann@mail.example\nSubject: für\n\nwords\n".encode())
    (tmp_path / "b.eml").write_bytes(b"")
    out = io.StringIO()
    assert main_parse([str(tmp_path / "a.eml"), str(tmp_path / "b.eml")], out) == 0
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["subject"] == "für"
    assert first["from"] == {"name": "", "address": "ann@mail.example"}
    assert second["from"] == {"name": "", "address": ""}


def test_a_file_that_cannot_be_opened_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: x\n\nwords\n")
    out = io.StringIO()
    assert main_parse([str(tmp_path / "missing.eml"), str(tmp_path), "\x00", str(tmp_path / "a.eml")], out) == 1
    *unreadable, last = map(json.loads, out.getvalue().splitlines())
    assert [line["problems"][0].partition(":")[0] for line in unreadable] == ["file_unreadable"] * 3
    assert set(unreadable[0]) == set(last)
    assert last["text"] == "words"
