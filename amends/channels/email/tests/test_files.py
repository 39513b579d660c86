"""Raw mails out of .eml files, mboxes and folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.channels.email.files import messages_in

MBOX = (
    b"From ann@mail.example Tue Mar  3 09:05:00 2026\n"
    b"Subject: one\n\nfirst\n>From here it hurts\n>>From deeper\n\n"
    b"From bob@mail.example Tue Mar  3 10:05:00 2026\n"
    b"Subject: two\n\nFrom now on\n\nFrom me to you\n"
)


def test_an_eml_file_is_one_mail_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MBOX)
    assert list(messages_in(tmp_path / "a.eml")) == [MBOX]


def test_a_mail_without_an_ending_is_known_by_its_headers(tmp_path: Path) -> None:
    (tmp_path / "raw").write_bytes(b"Subject: x\n\nwords\n")
    assert list(messages_in(tmp_path / "raw")) == [b"Subject: x\n\nwords\n"]


def test_an_mbox_gives_each_mail_unescaped(tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(MBOX)
    assert list(messages_in(tmp_path / "box")) == [
        b"Subject: one\n\nfirst\nFrom here it hurts\n>From deeper\n",
        b"Subject: two\n\nFrom now on\n\nFrom me to you\n",
    ]


def test_a_maildir_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name, folder in [("3.b", "cur"), ("1.c", "cur"), ("2.a", "new"), ("0.x", "tmp"), (".hidden", "new")]:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_bytes(name.encode())
    assert list(messages_in(tmp_path)) == [b"1.c", b"2.a", b"3.b"]


def test_a_folder_of_eml_files_is_read_by_name(tmp_path: Path) -> None:
    for name in ("b.eml", "a.eml", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())
    assert list(messages_in(tmp_path)) == [b"a.eml", b"b.eml"]


@pytest.mark.parametrize("name", ["missing", "notes.txt", "empty folder", "empty file"])
def test_what_holds_no_mail_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_bytes(b"just a note\n")
    (tmp_path / "empty file").write_bytes(b"")
    (tmp_path / "empty folder").mkdir()
    with pytest.raises(ValueError, match=r"\.$"):
        messages_in(tmp_path / name)
