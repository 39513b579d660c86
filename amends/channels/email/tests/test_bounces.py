"""Who did not get a letter, for good or for now, and which letter it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.channels.email.read import read
from amends.channels.message import Bounce

SAMPLES = Path(__file__).resolve().parent.parent / "samples"

EXPECTED = {
    "bounce_standard": (
        Bounce("ann@mail.example", True, "5.1.1", "550 5.1.1 no such user", "<amends.7.ab@shop.example>"),
        Bounce("bob@mail.example", False, "4.4.1", "", "<amends.7.ab@shop.example>"),
    ),
    "bounce_plain": (
        Bounce(
            "ann@mail.example",
            True,
            "5.1.1",
            "Remote host said: 550 5.1.1 mailbox unknown",
            "<amends.8.cd@shop.example>",
        ),
    ),
    "bounce_delayed": (Bounce("ann@mail.example", False, "4.4.1", "(reason: 451 4.4.1 connection timed out)", ""),),
    "bounce_in_json": (Bounce("ann@mail.example", True, "5.1.1", "smtp; 550 5.1.1 unknown", ""),),
    "delivered_receipt": (),
    "talks_about_a_bounce": (),
    "plain": (),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_recipients_who_did_not_get_the_letter_are_named(name: str) -> None:
    assert read((SAMPLES / f"{name}.eml").read_bytes()).bounces == EXPECTED[name]


def report(groups: str) -> bytes:
    head = "From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; boundary=b\n\n"
    return f"{head}--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n{groups}\n--b--\n".encode()


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.2.2", [("a@b.example", True, "5.2.2")]),
        ("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 4.4.7", [("a@b.example", True, "4.4.7")]),
        ("Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.7", [("a@b.example", False, "4.4.7")]),
        ("Final-Recipient: rfc822; a@b.example\nAction: relayed\nStatus: 2.1.9", []),
        ("Action: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822; a@b.example", [("a@b.example", True, "5.1.1")]),
        (
            "Final-Recipient: rfc822; a@b.example\nAction: failed\n"
            "Final-Recipient: rfc822; c@b.example\nAction: failed\nStatus: 5.0.0",
            [("a@b.example", True, ""), ("c@b.example", True, "5.0.0")],
        ),
        ("Final-Recipient: rfc822;<A@b.example>\nAction: failed\n\n" * 3, [("A@b.example", True, "")]),
    ],
)
def test_reports_are_read_for_each_recipient(groups: str, expected: list[tuple[str, bool, str]]) -> None:
    found = [(bounce.recipient, bounce.permanent, bounce.status) for bounce in read(report(groups)).bounces]
    assert found == expected


def test_what_an_event_escapes_is_still_text_that_a_database_takes() -> None:
    named = r'{"emailAddress": "a@b.example", "status": "5.1.1", "diagnosticCode": "smtp; 550 \u0000no \ud800"}'
    event = f'{{"notificationType": "Bounce", "bounce": {{"bouncedRecipients": [{named}]}}}}'
    (bounce,) = read(f"From: no-reply@events.example\n\n{event}".encode()).bounces
    assert bounce.reason == "smtp; 550 no \ufffd"


def test_an_endless_report_names_at_most_five_hundred() -> None:
    groups = "\n\n".join(f"Final-Recipient: rfc822; a{n}@b.example\nAction: failed" for n in range(2_000))
    assert len(read(report(groups)).bounces) == 500
