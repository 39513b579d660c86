"""Any bytes give a message; whatever comes out can be stored and shown."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.channels.email import addresses, charsets, filenames, ids, parameters, quotes, transfer, words
from amends.channels.email.parsed import as_json
from amends.channels.email.read import read
from tests.effort import examples

SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).resolve().parent.parent / "samples").glob("*.eml"))]
NAMES = [b"From", b"To", b"Subject", b"Date", b"Content-Type", b"References", b"Content-Transfer-Encoding"]
HEADERS = st.builds(b"%s: %s\n".__mod__, st.tuples(st.sampled_from(NAMES), st.binary(max_size=60)))
WORDS = st.text(alphabet="=?utf-8qbQB_ <>@(),;:\"\\'*%ÄäД日a\n\u202e\ud800", max_size=80)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with a few bytes cut out, doubled or replaced."""
    raw = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        length = draw(st.integers(0, 40))
        raw = raw[:at] + draw(st.binary(max_size=20)) + raw[at + length :] * draw(st.sampled_from([1, 1, 2]))
    return raw[:20_000]


def check(raw: bytes) -> None:
    mail = as_json(raw)
    shown = json.dumps(mail, ensure_ascii=False)
    shown.encode("utf-8")
    assert "\\u0000" not in shown
    assert "unreadable" not in mail["problems"]
    assert bool(mail["new_text"].strip()) == bool(mail["text"].strip())
    for attachment in mail["attachments"]:
        assert 0 < len(attachment["filename"]) <= 200
        assert not set(attachment["filename"]) & set("/\\\n\r\x00")


@given(st.binary(max_size=400))
@settings(max_examples=examples(150), deadline=None)
def test_any_bytes_are_read(raw: bytes) -> None:
    check(raw)


@given(st.lists(HEADERS, max_size=8), st.binary(max_size=200))
@settings(max_examples=examples(150), deadline=None)
def test_any_headers_are_read(headers: list[bytes], body: bytes) -> None:
    check(b"".join(headers) + b"\n" + body)


@given(damaged())
@settings(max_examples=examples(250), deadline=None)
def test_damaged_mails_are_read(raw: bytes) -> None:
    check(raw)


@given(st.binary(max_size=300))
@settings(max_examples=examples(60), deadline=None)
def test_reading_twice_gives_the_same(raw: bytes) -> None:
    assert read(raw) == read(raw)


@given(WORDS)
@settings(max_examples=examples(200), deadline=None)
def test_header_text_never_breaks_its_readers(text: str) -> None:
    words.decode(text)
    parameters.parse(text)
    ids.date(text)
    ids.references(text)
    quotes.new_text(text)
    transfer.decode(text.encode("utf-8", "replace"), text)
    name = filenames.safe(text)
    assert not set(name) & set("/\\:\n\x00") and not name.startswith(".")
    for found in addresses.parse(text).addresses:
        assert not set(found.address) & set("<> \n\t\x00")


@given(st.binary(max_size=200), WORDS)
@settings(max_examples=examples(150), deadline=None)
def test_text_of_any_charset_can_be_stored(raw: bytes, label: str) -> None:
    text, _ = charsets.decode(raw, label)
    assert "\x00" not in text and "\r" not in text
    text.encode("utf-8")


@given(st.text(max_size=60), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_what_is_labelled_rightly_is_read_exactly(text: str, label: str) -> None:
    expected = charsets.tidy(text)
    assert charsets.decode(text.encode(label, "replace"), label)[0].removeprefix("\ufeff") in (
        expected,
        charsets.tidy(text.encode(label, "replace").decode(label)),
    )
