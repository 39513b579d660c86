"""A letter as bytes: threaded, encoded, and never with a header that nobody wrote."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.channels.email.compose import compose
from amends.channels.email.read import read
from amends.channels.message import Address, Attachment, ChannelError, OutgoingMessage
from tests.effort import examples

LETTER = OutgoingMessage(
    sender=Address("Lamps & More", "help@shop.example"),
    to=(Address("Ann Bright", "ann@mail.example"),),
    subject="Re: My lamp is broken",
    text="Dear Ann,\n\nwe are sorry.\n",
    message_id="<amends.1.ab@shop.example>",
    in_reply_to="<a1@mail.example>",
    references=("<a0@mail.example>", "<a1@mail.example>"),
    date=datetime(2026, 3, 3, 9, 5, tzinfo=UTC),
)

NAMES = {
    "date", "from", "to", "cc", "subject", "message-id", "in-reply-to", "references", "mime-version", "content-type",
    "content-transfer-encoding",
}  # fmt: skip
NASTY = st.text(alphabet="aÄ日 \r\n\x00\u2028\u2029\x85\x0b=?:<>@,;\"\\'Bcc.\ud800", max_size=60)


def names(raw: bytes) -> list[str]:
    return [name.lower() for name in email.message_from_bytes(raw).keys()]  # noqa: SIM118 - doubles count


def test_a_plain_letter_is_one_readable_part() -> None:
    assert compose(LETTER).decode("ascii") == (
        "Date: Tue, 03 Mar 2026 09:05:00 +0000\r\n"
        'From: "Lamps & More" <help@shop.example>\r\n'
        "To: Ann Bright <ann@mail.example>\r\n"
        "Subject: Re: My lamp is broken\r\n"
        "Message-ID: <amends.1.ab@shop.example>\r\n"
        "In-Reply-To: <a1@mail.example>\r\n"
        "References: <a0@mail.example> <a1@mail.example>\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 7bit\r\n"
        "\r\n"
        "Dear Ann,\r\n\r\nwe are sorry.\r\n"
    ).replace('"Lamps & More"', "Lamps & More")


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = replace(LETTER, html="<p>x</p>", attachments=(Attachment("a.pdf", "application/pdf", b"1", ""),))
    assert compose(letter) == compose(letter)


def test_what_is_composed_is_read_back_the_same() -> None:
    files = (
        Attachment("Rechnung für März – " + "長" * 90 + ".pdf", "application/pdf", b"%PDF" * 500, ""),
        Attachment("crack.png", "image/png", b"\x89PNG", "", inline=True, content_id="p1@shop.example"),
    )
    letter = replace(
        LETTER,
        sender=Address('Jörg "Jo" Müller, Lampen', "help@shop.example"),
        to=(Address("李" * 40, "li@mail.example"), Address("", "b@mail.example")),
        cc=(Address("Ann (home)", "c@mail.example"),),
        subject="Ünïcödé " * 30,
        text="From here\n.\n" + "long " * 400 + "é\n",
        html='<p>é <img src="cid:p1@shop.example"></p>',
        attachments=files,
    )
    message = read(compose(letter))
    assert (message.sender, message.to, message.cc) == (letter.sender, letter.to, letter.cc)
    assert message.subject == letter.subject.strip()
    assert message.text == letter.text.strip("\n")
    assert message.html.strip() == letter.html
    assert message.problems == ()
    assert sorted((a.filename, a.content, a.inline, a.content_id) for a in message.attachments) == sorted(
        (a.filename, a.content, a.inline, a.content_id) for a in files
    )


def test_a_long_conversation_keeps_its_first_and_its_nearest_references() -> None:
    ids = tuple(f"<{number}.{'x' * 60}@mail.example>" for number in range(80))
    found = read(compose(replace(LETTER, references=ids))).references
    assert found == (ids[0], *ids[-49:])


def test_machine_letters_say_so_and_human_ones_do_not() -> None:
    assert "auto-submitted" not in names(compose(LETTER))
    answer = compose(replace(LETTER, automatic=True))
    assert b"\r\nAuto-Submitted: auto-replied\r\n" in answer
    assert read(answer).automatic == "auto-reply"
    first_word = compose(replace(LETTER, automatic=True, in_reply_to=""))
    assert b"\r\nAuto-Submitted: auto-generated\r\n" in first_word


@pytest.mark.parametrize(
    "address",
    ["", "ann", "ann@", "@mail.example", "ann@mail.example\r\nBcc: x@y.example", "a b@c.example", "ä@mail.example",
     "a@b@c.example", "ann@mail example", "<ann@mail.example>"],
)  # fmt: skip
def test_an_address_that_nobody_can_write_to_is_refused(address: str) -> None:
    with pytest.raises(ChannelError) as refused:
        compose(replace(LETTER, to=(Address("Ann", address),)))
    assert refused.value.permanent
    assert refused.value.code == "address"


@pytest.mark.parametrize("message_id", ["", "x", "<a b@c>", "<a@c>\r\nBcc: x@y.example", "<a@c"])
def test_a_letter_without_a_usable_id_is_refused(message_id: str) -> None:
    with pytest.raises(ChannelError) as refused:
        compose(replace(LETTER, message_id=message_id))
    assert refused.value.code == "message_id"


def test_a_domain_beyond_ascii_is_written_in_ascii() -> None:
    raw = compose(replace(LETTER, to=(Address("", "ann@lämpchen.example"),)))
    assert b"To: <ann@xn--lmpchen-5wa.example>" in raw


@given(NASTY, NASTY, NASTY, NASTY)
@settings(max_examples=examples(150), deadline=None)
def test_no_text_can_write_a_header(name: str, subject: str, text: str, filename: str) -> None:
    letter = replace(
        LETTER,
        sender=Address(name, "help@shop.example"),
        cc=(Address(subject, "c@mail.example"),),
        subject=subject,
        text=text,
        html=text,
        in_reply_to=subject,
        references=(name, subject),
        attachments=(Attachment(filename, name, b"x", "", inline=True, content_id=subject),),
    )
    raw = compose(letter)
    found = names(raw)
    assert len(found) == len(set(found)) and set(found) <= NAMES
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
    for part in email.message_from_bytes(raw).walk():
        assert {key.lower() for key in part} <= NAMES | {"content-disposition", "content-id"}
    assert read(raw).sender.address == "help@shop.example"


def test_another_reader_understands_it_too() -> None:
    letter = replace(LETTER, subject="Ünïcödé", attachments=(Attachment("ré.pdf", "application/pdf", b"x", ""),))
    found = email.message_from_bytes(compose(letter), policy=email.policy.default)
    assert found["Subject"] == "Ünïcödé"
    assert [part.get_filename() for part in found.iter_attachments()] in (["ré.pdf"], ["r_.pdf"])
