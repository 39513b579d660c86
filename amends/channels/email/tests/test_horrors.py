"""Mails built to break a reader: each must be read, within its limit, in time."""

from __future__ import annotations

import time

import pytest

from amends.channels.email import limits
from amends.channels.email.read import read

HEAD = b"From: Ann <ann@mail.example>\nSubject: horror\n"
# Of the processor, generous: such mails have taken other readers minutes, or all memory.
SECONDS = 5.0


def nested(depth: int) -> bytes:
    levels = (b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return HEAD + b"".join(levels) + b"Content-Type: text/plain\n\ndeep words\n"


def multipart(body: bytes) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + body


HORRORS: dict[str, bytes] = {
    "1,000 nested multiparts": nested(1_000),
    "1,000 nested mails": HEAD + b"Content-Type: message/rfc822\n\n" * 1_000 + b"Subject: z\n\nhi",
    "5 MiB of references in one line": HEAD
    + b"References: "
    + b"".join(b"<%d@mail.example> " % n for n in range(250_000))
    + b"\n\nhi",
    "5 MiB of open brackets": HEAD + b"References: " + b"<" * 5_000_000 + b"\n\nhi",
    "8,000 encoded words": b"From: Ann <ann@mail.example>\nSubject: " + b"=?utf-8?q?abc?= " * 8_000 + b"\n\nhi",
    "encoded words without an end": HEAD + b"Subject: " + b"=?u?q?" * 11_000 + b"\n\nhi",
    "400 brackets before the sender": b"From: " + b"(" * 400 + b" ann@mail.example\n\nhi",
    "60,000 brackets before the sender": b"From: " + b"(" * 60_000 + b" ann@mail.example\n\nhi",
    "60,000 open angles": b"From: " + b"<" * 60_000 + b"\n\nhi",
    "100,000 headers": HEAD + b"X: y\n" * 100_000 + b"\nhi",
    "500,000 stray lines": HEAD + b"stray\n" * 500_000 + b"\nhi",
    "2,000,000 parts": multipart(b"--b\n\nx\n" * 400_000),
    "near boundaries": multipart(b"--b\n" + b"--bX\n" * 1_000_000),
    "only carriage returns": b"\r" * 3_000_000,
    "only NUL": b"\x00" * 3_000_000,
    "10,000 parameter pieces": HEAD + b"Content-Type: text/plain; " + b"a*0=b;" * 10_000 + b"\n\nhi",
    "base64 of padding": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"=A" * 1_000_000,
    "1,400,000 open elements": HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 400_000,
    "elements that a browser rebuilds": HEAD
    + b"Content-Type: text/html\n\n<p>"
    + b"".join(b"<font size=%d>" % n for n in range(250))
    + b"<p>x" * 20_000,
    "comments without an end": HEAD + b"Content-Type: text/html\n\n" + b"<!--" * 300_000,
    "uuencoded files without an end": HEAD + b"\n" + b"begin 644 x\n" * 300_000,
    "format=flowed without an end": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 300_000,
    "quotations in quotations": HEAD + b"\n" + b"On 10:10 a@b.example wrote:\n\nx: y\n> z\n" * 100_000,
    "a report without an end": b"Content-Type: message/delivery-status\nFrom: mailer-daemon@x.example\n\n"
    + b"Final-Recipient: rfc822; a@b.example\nAction: failed\n\n" * 50_000,
    "a notice of addresses": b"From: mailer-daemon@x.example\nSubject: failure notice\n\n" + b"a@" * 10_000,
    "JSON without an end": HEAD + b"\n" + b'{"a":' * 40_000,
}


@pytest.mark.parametrize("name", HORRORS)
def test_a_hostile_mail_is_read_in_time(name: str) -> None:
    begun = time.process_time()
    message = read(HORRORS[name])
    assert time.process_time() - begun < SECONDS
    assert "unreadable" not in message.problems
    assert len(message.references) <= limits.REFERENCES
    assert len(message.attachments) <= limits.PARTS


def test_what_is_nested_too_deep_stays_an_opaque_file() -> None:
    message = read(nested(60))
    assert message.problems == ("nested_too_deep",)
    assert [a.content_type for a in message.attachments] == ["application/octet-stream"]
    assert b"deep words" in message.attachments[0].content


def test_fifty_levels_are_still_read() -> None:
    message = read(nested(limits.NESTING))
    assert message.text == "deep words"
    assert message.problems == ()


def test_a_mail_nested_in_mails_is_one_attachment() -> None:
    message = read(HORRORS["1,000 nested mails"])
    assert [a.content_type for a in message.attachments] == ["message/rfc822"]


def test_the_last_references_are_kept() -> None:
    message = read(HORRORS["5 MiB of references in one line"])
    assert message.references[-1] == "<249999@mail.example>"
    assert message.sender.address == "ann@mail.example"
    assert message.problems == ("headers_cut",)


def test_parts_beyond_the_limit_are_left_out_and_noted() -> None:
    message = read(HORRORS["2,000,000 parts"])
    assert "too_many_parts" in message.problems
    assert message.text.count("x") == limits.PARTS - 1


def test_a_mail_beyond_the_size_limit_is_cut_and_noted() -> None:
    message = read(HEAD + b"\nwords\n" + b"x" * limits.MESSAGE_BYTES)
    assert "message_cut" in message.problems
    assert message.subject == "horror"


def test_html_beyond_the_limit_becomes_text_only() -> None:
    message = read(HEAD + b"Content-Type: text/html\n\n<p>words</p>" + b"<p>x</p>" * 300_000)
    assert "html_too_large" in message.problems
    assert message.html == ""
    assert message.text.startswith("words")


def test_no_more_than_five_hundred_addresses_are_read() -> None:
    message = read(HEAD + b"To: " + b"".join(b"a%d@b.example, " % n for n in range(3_000)) + b"\n\nhi")
    assert len(message.to) == limits.ADDRESSES
    assert "addresses_cut" in message.problems
