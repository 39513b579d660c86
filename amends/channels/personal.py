"""What the tables of channels hold. See `kit.personal`."""

from __future__ import annotations

from django.db.models import Q

from amends.kit.erasures import mark
from amends.kit.personal import BLANKED, BLANKED_UNSEEN, GOES, NONE, SECRET, Subject, Table, becomes

CANONICAL = 64
"""Letters of a hash that is no mark yet."""


def marked_id(value: str) -> str:
    """A Message-ID as a mark: a copy of the mail is still known for one, and nobody can read it."""
    return value if value.startswith("erased.") else f"erased.{mark('message-id', value)}"


def marked_hash(value: str) -> str:
    """The canonical hash of a mail as a mark."""
    return value if len(value) < CANONICAL else mark("canonical", value)


def _kept(who: Subject) -> Q:
    return Q(entry__in=who.entries) | Q(aside__in=who.cases)


TABLES = [
    Table(
        "channels.Account",
        {**dict.fromkeys(["kind", "name", "address", "settings", "trouble"], NONE), "sealed": SECRET},
    ),
    Table(
        "channels.Kept",
        {
            "message_id": becomes(marked_id),
            "canonical": becomes(marked_hash, exported=False),
            "sha256": BLANKED,
            "source": BLANKED_UNSEEN,
            "state": NONE,
            "reason": BLANKED,
        },
        _kept,
    ),
    Table(
        "channels.Delivery",
        {
            "message_id": becomes(marked_id),
            "recipients": BLANKED,
            "got": BLANKED,
            "unknown": BLANKED,
            "state": NONE,
            "said": BLANKED,
        },
        lambda who: Q(entry__in=who.entries),
    ),
    Table(
        "channels.Acknowledgement",
        {"address": GOES, "state": NONE, "why": NONE},
        lambda who: Q(case__in=who.cases),
    ),
    Table("channels.Attempt", {"said": BLANKED}, lambda who: Q(delivery__entry__in=who.entries)),
]
