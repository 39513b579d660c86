"""What goes through the pipe comes out as it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.channels.email import frames
from amends.channels.email.read import read
from amends.channels.email.tests.test_read_fuzz import SAMPLES
from amends.channels.message import Address, Attachment, Bounce, IncomingMessage, SenderCheck
from tests.effort import examples

TEXT = st.text(st.characters(), max_size=30)
ADDRESS = st.builds(Address, TEXT, TEXT)
ADDRESSES = st.lists(ADDRESS, max_size=3).map(tuple)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
ZONES = st.one_of(st.just(UTC), st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))))
FILE = st.builds(Attachment, TEXT, TEXT, st.binary(max_size=40), TEXT, st.booleans(), TEXT)
MESSAGE = st.builds(
    IncomingMessage,
    sender=ADDRESS,
    to=ADDRESSES,
    cc=ADDRESSES,
    reply_to=ADDRESSES,
    subject=TEXT,
    date=st.none() | st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 30), timezones=ZONES),
    message_id=TEXT,
    in_reply_to=TEXT,
    references=TEXTS,
    text=TEXT,
    html=TEXT,
    html_is_safe=st.booleans(),
    new_text=TEXT,
    attachments=st.lists(FILE, max_size=3).map(tuple),
    automatic=st.none() | TEXT,
    bounces=st.lists(st.builds(Bounce, TEXT, st.booleans(), TEXT, TEXT, TEXT), max_size=2).map(tuple),
    problems=TEXTS,
    checks=st.lists(st.builds(SenderCheck, TEXT, TEXT, TEXT, st.integers(0, 99)), max_size=2).map(tuple),
    spam_marks=TEXTS,
    case_token=TEXT,
    trouble=TEXT,
    about_promise=st.none() | st.integers(),
)


def through(message: IncomingMessage) -> IncomingMessage:
    head, *files = frames.pack(message).pieces()
    kind, words, size = frames.HEAD.unpack_from(head)
    content = b"".join(files)
    assert (kind, len(content)) == (frames.READ, size)
    assert len(head) == frames.HEAD.size + words
    return frames.unpack(memoryview(head)[frames.HEAD.size :], memoryview(content))


@given(MESSAGE)
@settings(max_examples=examples(300), deadline=None)
def test_every_message_comes_out_of_the_pipe_as_it_went_in(message: IncomingMessage) -> None:
    again = through(message)
    assert again == message
    assert (again.date and again.date.utcoffset()) == (message.date and message.date.utcoffset())


@pytest.mark.parametrize("raw", SAMPLES)
def test_every_sample_comes_out_of_the_pipe_as_it_was_read(raw: bytes) -> None:
    assert through(read(raw)) == read(raw)
