"""Delivery reports, forty true and twenty forged (reliability 3.3): what each changes, and that no more is changed."""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest
from django.db import transaction
from pytest_django import Settings

from amends.cases import reply_tokens
from amends.cases.models import Case, Closure, Entry
from amends.channels.models import Delivery
from amends.flows import closing
from amends.flows.tests.test_bounce import LATER, report
from amends.flows.tests.test_reply import sent
from amends.people.models import Identity
from tests.cast import Cast, complaint, hear

# What a code says of the letter (lost, late) and of the address (dead, or nothing).
CODES = {
    ("failed", "5.1.1"): "lost dead",
    ("failed", "5.1.2"): "lost dead",
    ("failed", "5.1.3"): "lost dead",
    ("failed", "5.1.6"): "lost dead",
    ("failed", "5.1.10"): "lost dead",
    ("failed", "5.2.1"): "lost dead",
    ("failed", "5.0.0"): "lost dead",
    ("failed", "5.2.2"): "lost",
    ("failed", "5.2.3"): "lost",
    ("failed", "5.3.4"): "lost",
    ("failed", "5.4.4"): "lost",
    ("failed", "5.5.2"): "lost",
    ("failed", "5.6.1"): "lost",
    ("failed", "5.7.1"): "lost",
    ("failed", "5.7.26"): "lost",
    ("failed", "4.4.7"): "lost",
    ("failed", "4.2.2"): "lost",
    ("delayed", "4.4.1"): "late",
    ("delayed", "4.2.0"): "late",
    ("delayed", "4.7.1"): "late",
}
RETURNED = ("text/rfc822-headers", "message/rfc822")


def true_report(letter: Entry, action: str, status: str, returned: str) -> bytes:
    raw = report(letter.letter.message_id, status=status, action=action)
    return raw.replace(b"text/rfc822-headers", returned.encode()).replace(b"550 ", b"")


def forged() -> list[str]:
    """Message-IDs that no letter of ours carries under a key that is listed."""
    core = "1.1." + reply_tokens.fingerprint(["rosalind@example.com"])
    good = reply_tokens.message_id("999", 1, ["rosalind@example.com"], "thimble.example")
    return [
        "",
        "<>",
        "<1@thimble.example>",
        "<amends@thimble.example>",
        "<amends.1@thimble.example>",
        "<amends.1.1@thimble.example>",
        "<amends.1.forged@thimble.example>",
        "<amends.1.aaaaaaaaaaaaaaaaaaaaaaaaaa@thimble.example>",
        f"<amends.{core}@thimble.example>",
        f"<amends.{core}.@thimble.example>",
        f"<amends.{core}.{'a' * 30}@thimble.example>",
        f"<amends.{core}.{'a' * 29}@thimble.example>",
        f"<amends.{core}.{'2' * 30}@thimble.example>",
        good,  # signed, but of no letter
        good.replace("999", "998"),
        good.replace("<", "<x"),
        good.replace("@thimble", "@evil"),
        good.upper(),
        good[:-22] + ">",
        "%",
    ]


@pytest.fixture
def letter(cast: Cast) -> Entry:
    return sent(cast, complaint(cast))


def state(case: Case) -> tuple[str, datetime | None, list[str], bool]:
    delivery = Delivery.objects.get(case=case)
    identity = Identity.objects.get(value="rosalind@example.com")
    kinds = list(case.entries.values_list("kind", flat=True))
    return delivery.state, identity.undeliverable_at, kinds, Closure.objects.filter(case=case).exists()


@pytest.mark.long
@pytest.mark.parametrize("closed", [False, True])
def test_forty_true_reports_do_what_their_code_says(cast: Cast, letter: Entry, closed: bool) -> None:
    """5.1.x marks the address, 4.x and what is about the letter do not; a closed case is never opened again."""
    case = letter.case
    case.refresh_from_db()
    owner = case.owner
    assert owner is not None
    if closed:
        closing.close(case, "answered", by=owner, now=LATER)
    reports = list(product(CODES.items(), RETURNED))
    assert len(reports) == 40
    before = state(case)
    for ((action, status), effect), returned in reports:
        with transaction.atomic():
            hear(cast.mailbox, true_report(letter, action, status, returned), LATER)
            came, dead, kinds, is_closed = state(case)
            assert is_closed is closed, status
            assert (came == Delivery.State.BOUNCED) is ("lost" in effect), status
            assert (dead is not None) is ("dead" in effect), status
            assert ("contact.failed" in kinds) is ("lost" in effect), status
            assert "case.reopened" not in kinds
            transaction.set_rollback(True)
    assert state(case) == before


def test_twenty_forged_reports_change_nothing(cast: Cast, letter: Entry) -> None:
    ids = forged()
    assert len(set(ids)) == 20
    before = state(letter.case)
    for message_id in ids:
        with transaction.atomic():
            assert hear(cast.mailbox, report(message_id), LATER) is None, message_id
            assert state(letter.case) == before, message_id
            transaction.set_rollback(True)


def test_a_report_with_the_token_of_a_retired_key_changes_nothing(
    cast: Cast, letter: Entry, settings: Settings
) -> None:
    before = state(letter.case)
    settings.SECRET_KEY = "another key"
    assert hear(cast.mailbox, report(letter.letter.message_id), LATER) is None
    assert state(letter.case) == before
