"""What a person could make something of, and what not."""

from __future__ import annotations

import gzip
import random
from dataclasses import replace

import pytest

from amends.channels.email.read import read
from amends.channels.legible import is_legible
from amends.channels.message import Address, Attachment, IncomingMessage

TRACE = (
    b"Return-Path: <>\r\nDelivered-To: help@shop.example\r\nReceived: from somewhere.example by shop.example\r\n\r\n"
)
NOTHING = IncomingMessage(sender=Address("", ""))
BYTES = random.Random(7).randbytes(800)


@pytest.mark.parametrize(
    "message",
    [
        replace(NOTHING, sender=Address("", "ann@mail.example")),
        replace(NOTHING, subject="My order"),
        replace(NOTHING, text="It came torn.", new_text="It came torn."),
        replace(NOTHING, text="花が枯れていました"),
        replace(NOTHING, text="Gr\u00c3\u00b6\u00c3\u0178e"),
        replace(NOTHING, attachments=(Attachment("photo.jpg", "image/jpeg", b"x", ""),)),
        replace(NOTHING, case_token="a-token"),
        replace(NOTHING, sender=Address("", "ann@mail.example"), text=BYTES.decode("latin-1")),
    ],
)
def test_one_thing_that_a_person_understands_is_enough(message: IncomingMessage) -> None:
    assert is_legible(message)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        TRACE,
        TRACE + b"\r\n \r\n\t\r\n",
        TRACE + b"\0" * 500,
        TRACE + BYTES,
        TRACE + gzip.compress(b"Where is my parcel? " * 300),
        BYTES,
    ],
    ids=["no bytes", "only traces", "blanks", "zeros", "noise", "a packed file", "noise without a header"],
)
def test_what_says_nothing_at_all_is_not(raw: bytes) -> None:
    assert not is_legible(read(raw))
