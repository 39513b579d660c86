"""What the tables of the audit log hold: no customers, only numbers of them. See `kit.personal`."""

from __future__ import annotations

from amends.kit.personal import NONE, STAFF, Table

TABLES = [
    Table(
        "audit.Record",
        {
            **dict.fromkeys(["verb", "actor", "subject_kind", "subject_id", "facts", "previous", "hash"], NONE),
            **dict.fromkeys(["who", "ip", "agent"], STAFF),
        },
    ),
    Table("audit.Head", {"hash": NONE}),
]
