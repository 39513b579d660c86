"""What the tables of promises and hours hold. See `kit.personal`."""

from __future__ import annotations

from django.db.models import Q

from amends.kit.personal import BLANKED, NONE, Table, becomes


def _act(value: object) -> str:
    return "Erased"


TABLES = [
    Table(
        "clock.Promise",
        {"source": NONE, "kind": NONE, "act": becomes(_act), "words": BLANKED, "evidence": BLANKED},
        lambda who: Q(case__in=who.cases),
    ),
    Table("clock.Target", {"channel": NONE}),
    Table("clock.Holiday", {"name": NONE}),
]
