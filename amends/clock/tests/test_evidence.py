"""What proves a promise (C4.1, C4.2): "done" is not enough for money, a parcel or a call."""

from __future__ import annotations

import pytest

from amends.clock import evidence
from amends.clock.models import Promise

Kind, Evidence = Promise.Kind, Promise.Evidence


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.REFUND, Evidence.REFERENCE),
        (Kind.SEND, Evidence.SCAN),
        (Kind.CALLBACK, Evidence.CALL),
        (Kind.TELL, Evidence.MESSAGE),
        (Kind.HEAR, Evidence.WORD),
        (Kind.FIX, Evidence.NOTE),
        (Kind.PREVENT, Evidence.NOTE),
    ],
)
def test_each_kind_has_its_own_proof(kind: str, expected: str) -> None:
    assert evidence.wanted(kind) == expected


def test_a_promise_that_asks_a_partner_is_proven_by_their_yes() -> None:
    """C4.3."""
    assert evidence.wanted(Kind.CALLBACK, asks_partner=True) == Evidence.PARTNER


@pytest.mark.parametrize(
    "words", ["", "done", "refunded", "129.00", "refunded 129.00 on 12.03.2026", "sent at 10:30", "on the 3rd", "5pm"]
)
def test_neither_a_word_nor_a_time_nor_a_sum_is_a_reference(words: str) -> None:
    """SL6."""
    for kind, says in ((Evidence.REFERENCE, "refund's reference"), (Evidence.SCAN, "tracking number")):
        assert says in str(evidence.missing(kind, words))


@pytest.mark.parametrize(
    "words",
    [
        "RF-20931",
        "re_3MqAbCdEf",
        "Royal Mail AB123456789GB",
        "JD0002223334445",
        "1Z999AA10123456784",
        "receipt 77310452",
    ],
)
def test_a_reference_or_a_tracking_number_proves_it(words: str) -> None:
    assert not evidence.missing(Evidence.REFERENCE, words)
    assert not evidence.missing(Evidence.SCAN, words)


@pytest.mark.parametrize(("seconds", "kept"), [(None, False), (0, False), (29, False), (30, True), (600, True)])
def test_a_call_of_half_a_minute_proves_that_they_were_spoken_to(seconds: int | None, kept: bool) -> None:
    """C4.2: below that it is an attempt, and the sentence says so."""
    said = str(evidence.missing(Evidence.CALL, "rang them", seconds))
    assert ("attempt" not in said) is kept


def test_any_line_proves_what_has_no_proof_of_its_own() -> None:
    assert not evidence.missing(Evidence.NOTE, "The lid fits now.")
    assert "what shows" in str(evidence.missing(Evidence.NOTE, " "))
