"""A short-lived ticket for the event stream, given out by a normal page."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "amends.live"
GOOD_FOR = 12 * 3600


@dataclass(frozen=True)
class Ticket:
    """Who listens, when their page was drawn (Unix time), and the mark of the session that drew it; "" for none.

    What they may hear the hub knows.
    """

    member_id: int
    made_at: float = 0.0
    session: str = ""


def make(member_id: int, drawn_at: float | None = None, session_key: str | None = None) -> str:
    """A signed ticket for this member, for a page whose first row was read at `drawn_at` (Unix time) or later."""
    since = time.time() if drawn_at is None else drawn_at
    return signing.dumps([member_id, since, mark(session_key) if session_key else ""], salt=SALT, compress=True)


def address(member_id: int, drawn_at: float | None = None, session_key: str | None = None) -> str:
    """Where the stream is heard, with a ticket as `make` makes it."""
    return f"/events?ticket={make(member_id, drawn_at, session_key)}"


def read(text: str) -> Ticket | None:
    """The ticket, or None when it is not ours or too old."""
    try:
        member_id, made_at, session = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    ticket = Ticket(int(member_id), float(made_at), str(session))
    return None if ticket.made_at - time.time() > GOOD_FOR else ticket  # a clock ran ahead


@lru_cache(4096)
def mark(session_key: str) -> str:
    """What a session is known by in an address, where its key must never stand."""
    return salted_hmac(SALT, session_key, algorithm="sha256").hexdigest()[:32]
