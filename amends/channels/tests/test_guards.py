"""Which messages end at the door."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amends.cases import reply_tokens
from amends.channels.guards import REASONS, reason_to_ignore
from amends.channels.message import Address, Bounce, IncomingMessage

OWN = frozenset({"help@shop.example", "returns@shop.example"})


def ours(name: str, case: int = 5) -> str:
    """A Message-ID as letters of this desk carry it."""
    return reply_tokens.message_id(name, case, ["ann@mail.example"], "shop.example")


LETTER = IncomingMessage(sender=Address("Ann", "ann@mail.example"), message_id="<a1@mail.example>", text="x")
BOUNCE = Bounce("ann@mail.example", True, "5.1.1", "", "")


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (LETTER, None),
        (replace(LETTER, sender=Address("", "HELP@shop.example")), "loop"),
        (replace(LETTER, sender=Address("", "help+anything@shop.example")), "loop"),
        (replace(LETTER, message_id=ours("7")), "loop"),
        (replace(LETTER, message_id=ours("page-7-0a1b")), "loop"),
        (replace(LETTER, message_id=ours("7").replace("shop", "before-we-moved")), "loop"),
        (replace(LETTER, message_id=ours("7").replace(".7.", ".8.", 1)), None),
        (replace(LETTER, message_id=ours("7").replace(".5.", ".6.")), None),
        (replace(LETTER, message_id="<amends.7.another-desk-at-our-provider@shop.example>"), None),
        (replace(LETTER, message_id="<amends.7.ä@shop.example>"), None),
        (replace(LETTER, message_id="<7.ab@shop.example>"), None),
        (replace(LETTER, in_reply_to=ours("7")), None),
        (replace(LETTER, automatic="loop"), "loop"),
        (replace(LETTER, automatic="auto-reply"), "auto-reply"),
        (replace(LETTER, automatic="auto-generated"), "auto-generated"),
        (replace(LETTER, automatic="list"), "list"),
        (replace(LETTER, automatic="bulk"), "bulk"),
        (replace(LETTER, automatic="receipt"), "receipt"),
        (replace(LETTER, automatic="complaint-report"), "complaint-report"),
        (replace(LETTER, automatic="bounce", bounces=(BOUNCE,)), None),
        (replace(LETTER, automatic="bounce"), "bounce"),
    ],
)
def test_only_persons_and_usable_reports_come_in(message: IncomingMessage, reason: str | None) -> None:
    assert reason_to_ignore(message, OWN) == reason
    assert reason is None or reason in REASONS
