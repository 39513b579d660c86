"""A short-lived ticket for the event stream, given out by a normal page."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

from amends.people.permissions import Actor

SALT = "amends.live"
GOOD_FOR = 12 * 3600


@dataclass(frozen=True)
class Ticket:
    """Who listens, and which brands they may hear of (None: all)."""

    member_id: int
    brand_ids: frozenset[int] | None


def make(actor: Actor) -> str:
    """A signed ticket for this actor."""
    brands = None if actor.sees_all_brands else sorted(actor.brand_ids)
    return signing.dumps([actor.member_id, brands], salt=SALT, compress=True)


def read(text: str) -> Ticket | None:
    """The ticket, or None when it is not ours or too old."""
    try:
        member_id, brands = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Ticket(int(member_id), None if brands is None else frozenset(brands))
