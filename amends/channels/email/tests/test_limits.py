"""Every limit of the table of structural horrors (reliability §3.2), on both sides of it."""

from __future__ import annotations

import pytest

from amends.channels.email import headers, limits, parameters, words
from amends.channels.email.limits import Problems
from amends.channels.email.read import read
from amends.kit import html

HEAD = b"From: Ann <ann@mail.example>\nSubject: horror\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"


def fields(block: bytes) -> tuple[headers.Headers, tuple[str, ...]]:
    problems = Problems()
    raw = block + b"\nbody"
    return headers.split(raw, 0, len(raw), problems)[0], problems.codes()


def test_a_thousand_header_fields_are_read_and_no_more() -> None:
    lines = [b"X-%d: y\n" % number for number in range(limits.HEADER_COUNT + 1)]
    assert fields(b"".join(lines[:-1]))[1] == ()
    found, problems = fields(b"".join(lines))
    assert (len(found.fields), problems) == (limits.HEADER_COUNT, ("headers_cut",))


def test_a_header_of_64_kib_is_read_and_a_longer_one_is_cut() -> None:
    for extra, problems in ((0, ()), (1, ("headers_cut",))):
        value = b"x" * (limits.HEADER_BYTES - 1 + extra)
        found, noted = fields(b"Subject:" + value + b"\n")
        assert (len(found.get("subject")) <= limits.HEADER_BYTES, noted) == (True, problems)
        assert found.get("subject").startswith("xxx")


def test_a_header_block_of_256_kib_is_read_and_the_rest_of_a_longer_one_left_out() -> None:
    line = b"X: " + b"y" * 59_996 + b"\n"
    assert fields(line * 4)[1] == ()
    found, problems = fields(line * 5 + b"Subject: too late\n")
    assert problems == ("headers_cut",)
    assert "subject" not in found


def test_two_hundred_encoded_words_are_decoded_and_the_rest_stays_as_written() -> None:
    word = "=?utf-8?q?a?= "
    assert words.decode(word * limits.ENCODED_WORDS).strip() == "a" * limits.ENCODED_WORDS
    beyond = words.decode(word * (limits.ENCODED_WORDS + 1))
    assert beyond.split() == ["a" * limits.ENCODED_WORDS, word.strip()]


def test_a_hundred_pieces_of_a_parameter_are_joined_and_no_more() -> None:
    pieces = [f"; name*{number}=x" for number in range(limits.PARAMETERS + 1)]
    assert parameters.parse("text/plain" + "".join(pieces))[1]["name"] == "x" * limits.PARAMETERS


@pytest.mark.parametrize(
    ("inside", "beyond"),
    [
        ("<div>" * html.DEEPEST + "words", "<div>" * (html.DEEPEST + 1) + "words"),
        ("<a href='https://a.example'>x</a>" * html.MOST_LINKS, "<a href='https://a.example'>x</a>" * 5_001),
    ],
    ids=["depth 256", "5,000 links"],
)
def test_html_beyond_its_limits_is_shown_as_plain_words(inside: str, beyond: str) -> None:
    assert read(HTML + inside.encode()).problems == ()
    assert html.sanitise(inside).count("<") > 100
    message = read(HTML + beyond.encode())
    assert message.problems == ("html_too_deep",)
    assert message.text
    assert html.sanitise(message.html).count("<") == 2


def test_html_of_two_mebibytes_is_shown_and_a_longer_one_is_text_only() -> None:
    paragraph = b"<p>words words words words words words words words</p>\n"
    fits = HTML + paragraph * (limits.HTML_CHARS // len(paragraph))
    assert read(fits).html
    message = read(fits + paragraph)
    assert (message.html, message.problems) == ("", ("html_too_large",))
    assert message.text.startswith("words")


def test_a_mail_of_35_mib_is_read_whole_and_a_longer_one_cut() -> None:
    fits = HEAD + b"\n" + b"x" * (limits.MESSAGE_BYTES - len(HEAD) - 1)
    assert read(fits).problems == ()
    assert read(fits + b"x").problems == ("message_cut",)


def test_no_nul_reaches_a_text_that_a_database_stores() -> None:
    message = read(b"From: A\x00nn <a\x00nn@mail.example>\nSubject: ho\x00rror\nMessage-ID: <a\x00@b>\n\nwo\x00rds")
    for text in (message.sender.name, message.sender.address, message.subject, message.message_id, message.text):
        assert text and "\x00" not in text
