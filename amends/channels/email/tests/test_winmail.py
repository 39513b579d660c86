"""A winmail.dat becomes the words and files in it, however broken it is."""

from __future__ import annotations

import base64
import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.channels.email import winmail
from amends.channels.email.read import read
from tests.effort import examples

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)


def attribute(level: int, identity: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, identity, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def text_16(identity: int, words: str) -> bytes:
    return binary(identity, (words + "\0").encode("utf-16-le"), 0x1F)


def binary(identity: int, data: bytes, kind: int = 0x102) -> bytes:
    return struct.pack("<HHII", kind, identity, 1, len(data)) + data + bytes(-len(data) % 4)


def named(words: str) -> bytes:
    """A property with a name of its own and a number, which is passed over."""
    name = (words + "\0").encode("utf-16-le")
    head = struct.pack("<HH", 3, 0x8001) + bytes(16) + struct.pack("<II", 1, len(name))
    return head + name + bytes(-len(name) % 4) + struct.pack("<I", 7)


def properties(*each: bytes) -> bytes:
    return struct.pack("<I", len(each)) + b"".join(each)


def winmail_dat(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


WHOLE = winmail_dat(
    attribute(1, 0x00069007, struct.pack("<II", 1252, 0)),
    attribute(1, 0x0002800C, "The lamp is broken again, Müller.\0".encode("cp1252")),
    attribute(1, 0x00069003, properties(named("x"), binary(0x1013, b"<p>The lamp is <b>broken</b></p>"))),
    attribute(2, 0x00069002, bytes(14)),
    attribute(2, 0x00018010, b"LAMP~1.PNG\0"),
    attribute(2, 0x0006800F, PICTURE),
    attribute(2, 0x00069005, properties(text_16(0x3707, "lamp in the hall.png"), text_16(0x370E, "image/png"))),
    attribute(2, 0x00069002, bytes(14)),
    attribute(2, 0x00018010, b"../../notes.txt\0"),
    attribute(2, 0x0006800F, b"bought in May"),
)


def mail(content: bytes, text: str = "") -> bytes:
    return (
        b"From: Ann <ann@mail.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        + text.encode()
        + b"\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(content)
        + b"\n--b--\n"
    )


def test_the_words_and_files_of_a_winmail_dat_are_the_mails_own() -> None:
    message = read(mail(WHOLE))
    assert message.text == "The lamp is broken again, Müller."
    assert message.html == "<p>The lamp is <b>broken</b></p>"
    found = [(file.filename, file.content_type, file.content) for file in message.attachments]
    assert found == [
        ("lamp in the hall.png", "image/png", PICTURE),
        ("notes.txt", "application/octet-stream", b"bought in May"),
    ]


def test_words_beside_it_stay_the_mails_words() -> None:
    message = read(mail(WHOLE, "As I said on the phone."))
    assert message.text == "As I said on the phone."
    assert len(message.attachments) == 2


@pytest.mark.parametrize("content", [b"", b"no such thing", WHOLE[:6], WHOLE[:30], winmail_dat(b"\xff" * 40)])
def test_one_in_which_nothing_is_found_stays_a_file(content: bytes) -> None:
    message = read(mail(content, "words"))
    assert [file.content for file in message.attachments] == [content]


def test_a_cut_one_gives_what_came_before_the_cut() -> None:
    found = winmail.read(WHOLE[:-10])
    assert [file.filename for file in found.files] == ["lamp in the hall.png"]


@pytest.mark.parametrize(
    "content",
    [
        winmail_dat(attribute(2, 0x00069002, b"") * 200_000),
        winmail_dat(
            attribute(1, 0x00069003, struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x1003, 1, 2**31) * 90)
        ),
        winmail_dat(attribute(1, 0x00069003, struct.pack("<I", 9) + struct.pack("<HHII", 0x101F, 1, 9**9, 0) * 99_999)),
        winmail_dat(attribute(1, 0x00069003, properties(*[named("x" * 50)] * 20_000))),
    ],
    ids=["files without an end", "numbers without an end", "texts without an end", "names without an end"],
)
def test_a_hostile_one_is_read_in_time(content: bytes) -> None:
    begun = time.process_time()
    winmail.read(content)
    assert time.process_time() - begun < 2.0


@given(st.binary(max_size=60), st.integers(0, len(WHOLE)), st.integers(0, 60))
@settings(max_examples=examples(400), deadline=None)
def test_any_damage_is_taken(piece: bytes, at: int, cut: int) -> None:
    winmail.read(WHOLE[:at] + piece + WHOLE[at + cut :])
