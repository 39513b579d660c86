"""What leaves: read back by our own reader, and by nothing else of ours."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.channels.email.compose import compose
from amends.channels.email.read import read
from amends.channels.message import Address, Attachment, ChannelError, OutgoingMessage

AT = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
EVIL = "a\r\nBcc: spy@evil.example\n\x00\u2028X-Spy: 1"


def letter(**parts: object) -> OutgoingMessage:
    given: dict[str, object] = {
        "sender": Address("Delphine Marsh, Thimble & Thorn", "help@thimble.example"),
        "to": (Address("Rosalind Achterberg", "rosalind@example.com"),),
        "subject": "Re: The flowers [A-1]",
        "text": "Dear Rosalind,\n\nI am sorry.\n",
        "message_id": "<amends.1.x@thimble.example>",
        "date": AT,
        **parts,
    }
    return OutgoingMessage(**given)  # type: ignore[arg-type]


def attachment(name: str, content: bytes, kind: str = "image/png") -> Attachment:
    return Attachment(name, kind, content, sha256(content).hexdigest())


def test_a_letter_is_read_back_as_it_was_written() -> None:
    files = (
        attachment("Foto für Ümit.png", bytes(range(256)) * 40),
        attachment("a.eml", b"From: x\n\n.", "message/rfc822"),
    )
    message = letter(
        subject="Ihre Blumen – schöne Grüße",
        html="<p>Dear Rosalind</p>",
        in_reply_to="<1@mail.example.com>",
        references=("<0@mail.example.com>", "<1@mail.example.com>"),
        attachments=files,
    )
    back = read(compose(message))
    assert back.problems == ()
    assert back.sender == message.sender
    assert back.to == message.to
    assert back.subject == message.subject
    assert back.text.strip() == message.text.strip()
    assert "<p>Dear Rosalind</p>" in back.html
    assert (back.message_id, back.in_reply_to, back.references) == (
        message.message_id,
        message.in_reply_to,
        message.references,
    )
    assert back.date == AT
    assert [(file.filename, file.content) for file in back.attachments] == [(f.filename, f.content) for f in files]
    assert back.automatic is None


@pytest.mark.parametrize("place", ["sender", "to", "subject", "filename", "message_id", "references"])
def test_a_line_break_never_becomes_a_header(place: str) -> None:
    """S14."""
    message = {
        "sender": letter(sender=Address(EVIL, "help@thimble.example")),
        "to": letter(to=(Address(EVIL, "rosalind@example.com\nBcc: spy@evil.example"),)),
        "subject": letter(subject=EVIL),
        "filename": letter(attachments=(attachment(EVIL, b"x"),)),
        "message_id": letter(message_id=f"<x@y>{EVIL}"),
        "references": letter(references=(EVIL, "<1@mail.example.com>")),
    }[place]
    try:
        raw = compose(message)
    except ChannelError as refused:
        assert refused.permanent
        return
    head = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    names = [line.split(b":", 1)[0].lower() for line in head if line[:1] not in b" \t"]
    assert b"bcc" not in names
    assert b"x-spy" not in names


def test_a_long_conversation_keeps_its_beginning_and_its_newest_letters() -> None:
    ids = tuple(f"<{number}@mail.example.com>" for number in range(80))
    back = read(compose(letter(references=ids)))
    assert back.references[0] == ids[0]
    assert back.references[-1] == ids[-1]
    assert len(back.references) == 50


@given(st.text(max_size=3000), st.text(max_size=80))
def test_any_words_leave_in_short_lines_and_come_back(words: str, subject: str) -> None:
    raw = compose(letter(text=words, subject=subject))
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert read(raw).message_id == "<amends.1.x@thimble.example>"
