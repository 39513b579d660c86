"""Which copies are one message (reliability 3.3, duplicates)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.channels import inbox
from amends.channels.models import Kept
from tests.cast import TUESDAY, Cast
from tests.effort import examples

PLAIN = st.characters(min_codepoint=33, max_codepoint=126)
WORD = st.text(PLAIN, min_size=1, max_size=12)
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
TRACE = st.sampled_from(
    [
        "Received: from a.example by b.example;\r\n\tTue, 03 Mar 2026 10:00:00 +0000",
        "Return-Path: <ann@mail.example>",
        "Delivered-To: help@shop.example",
        "X-Spam-Score: 0.1",
        "X-Original-To: help@shop.example",
        "Authentication-Results: mx.shop.example; dmarc=pass",
        "ARC-Seal: i=1; a=rsa-sha256; cv=none",
    ]
)


@dataclass(frozen=True)
class Draft:
    """A mail before it travels."""

    key: str
    subject: str
    sender: str
    body: str

    def raw(self, traces: list[str], ends: str) -> bytes:
        head = [
            *traces,
            f"From: {self.sender} <a@b.example>",
            f"Subject: {self.subject}",
            f"Message-ID: <{self.key}@x>",
        ]
        return "\r\n".join([*head, "", self.body, ""]).replace("\r\n", ends).encode()


MAIL = st.builds(Draft, st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), WORDS, WORDS, WORDS)
TRACES = st.lists(TRACE, max_size=4)
ENDS = st.sampled_from(["\r\n", "\n", "\r"])


def key_of(raw: bytes) -> tuple[str, str]:
    return inbox.key_of(raw, sha256(raw).hexdigest())


@given(MAIL, TRACES, TRACES, ENDS, ENDS)
@settings(max_examples=examples(1_000), deadline=None)
def test_copies_that_travelled_by_other_ways_have_one_key(
    draft: Draft, one: list[str], other: list[str], ends: str, others: str
) -> None:
    assert key_of(draft.raw(one, ends)) == key_of(draft.raw(other, others))


@given(MAIL, MAIL, TRACES, ENDS)
@settings(max_examples=examples(1_000), deadline=None)
def test_what_was_changed_has_a_key_of_its_own(draft: Draft, other: Draft, traces: list[str], ends: str) -> None:
    """Else it would be taken for a copy, and lost after it was acknowledged."""
    same = draft == other
    assert (key_of(draft.raw(traces, ends)) == key_of(other.raw(traces, ends))) is same


@given(MAIL, WORDS, TRACES, ENDS)
@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_same_is_kept_once_and_the_changed_beside_it(
    cast: Cast, draft: Draft, words: str, traces: list[str], ends: str
) -> None:
    with transaction.atomic():
        first = inbox.keep(cast.mailbox, draft.raw([], "\n"), source="a", now=TUESDAY)
        copy = inbox.keep(cast.mailbox, draft.raw(traces, ends), source="b", now=TUESDAY)
        changed = Draft(draft.key, draft.subject, draft.sender, f"{draft.body} {words}")
        second = inbox.keep(cast.mailbox, changed.raw(traces, ends), source="c", now=TUESDAY)
        assert first == copy != second
        assert Kept.objects.count() == 2
        transaction.set_rollback(True)


@pytest.mark.parametrize("other", ["X-Amends: 1", "Received: x"])
def test_a_word_in_the_body_that_looks_like_a_trace_is_part_of_it(other: str) -> None:
    head = b"Message-ID: <1@x>\nSubject: x\n\n"
    assert key_of(head + b"Received: y\n") != key_of(head + f"{other}\n".encode())


@pytest.mark.parametrize("head", ["", "Subject: Door open\n", "X-Door: 3\n"])
def test_what_has_no_message_id_and_comes_once_more_is_another_message(cast: Cast, head: str) -> None:
    """A device says the same a month later, and means it; only the very same bytes are offered again."""
    first, later = (f"Received: by mx;\n {day} Mar 2026 10:00:00 +0000\n{head}\nOpen.\n".encode() for day in (3, 30))
    kept = [inbox.keep(cast.mailbox, raw, source="a", now=TUESDAY) for raw in (first, later, first)]
    assert kept[0] == kept[2] != kept[1]
    assert Kept.objects.count() == 2
