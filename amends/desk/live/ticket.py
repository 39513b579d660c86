"""A short-lived ticket for the event stream, given out by a normal page."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.core import signing

SALT = "amends.live"
GOOD_FOR = 12 * 3600


@dataclass(frozen=True)
class Ticket:
    """Who listens, and when their page was drawn (Unix time). What they may hear the hub knows."""

    member_id: int
    made_at: float = 0.0


def make(member_id: int, drawn_at: float | None = None) -> str:
    """A signed ticket for this member, for a page whose first row was read at `drawn_at` (Unix time) or later."""
    since = time.time() if drawn_at is None else drawn_at
    return signing.dumps([member_id, since], salt=SALT, compress=True)


def address(member_id: int, drawn_at: float | None = None) -> str:
    """Where the stream is heard, with a ticket as `make` makes it."""
    return f"/events?ticket={make(member_id, drawn_at)}"


def read(text: str) -> Ticket | None:
    """The ticket, or None when it is not ours or too old."""
    try:
        member_id, made_at = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    ticket = Ticket(int(member_id), float(made_at))
    return None if ticket.made_at - time.time() > GOOD_FOR else ticket  # a clock ran ahead
