"""A short-lived ticket for the event stream, given out by a normal page."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.core import signing

from amends.people.permissions import Actor

SALT = "amends.live"
GOOD_FOR = 12 * 3600


@dataclass(frozen=True)
class Ticket:
    """Who listens, which brands they may hear of (None: all), and when their page was drawn (Unix time)."""

    member_id: int
    brand_ids: frozenset[int] | None
    made_at: float = 0.0


def make(actor: Actor, drawn_at: float | None = None) -> str:
    """A signed ticket for this actor, for a page whose first row was read at `drawn_at` (Unix time) or later."""
    brands = None if actor.sees_all_brands else sorted(actor.brand_ids)
    since = time.time() if drawn_at is None else drawn_at
    return signing.dumps([actor.member_id, brands, since], salt=SALT, compress=True)


def read(text: str) -> Ticket | None:
    """The ticket, or None when it is not ours or too old."""
    try:
        member_id, brands, made_at = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Ticket(int(member_id), None if brands is None else frozenset(brands), float(made_at))
