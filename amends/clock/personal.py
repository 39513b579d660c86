"""What the tables of promises and hours hold. See `kit.personal`."""

from __future__ import annotations

from django.db.models import Q

from amends.kit.personal import BLANKED, GOES, NONE, Table, becomes


def _act(value: object) -> str:
    return "Erased"


TABLES = [
    Table(
        "clock.Promise",
        {
            **dict.fromkeys(["source", "kind", "evidence_kind", "rule"], NONE),
            "act": becomes(_act),
            **dict.fromkeys(["words", "evidence", "beneficiary"], BLANKED),
        },
        lambda who: Q(case__in=who.cases),
    ),
    Table(
        "clock.Escalation",
        {"trigger": NONE, "params": GOES, "summary": BLANKED},
        lambda who: Q(case__in=who.cases),
    ),
    Table("clock.Weighing", {"marks": GOES}, lambda who: Q(case__in=who.cases)),
    Table("clock.Follower", {"name": NONE}),
    Table("clock.Alarm", {"code": NONE, "params": GOES}, lambda who: Q(case__in=who.cases)),
    Table("clock.PackInUse", {"pack": NONE}),
    Table("clock.Target", {"channel": NONE, "clock": NONE}),
    Table("clock.Holiday", {"name": NONE}),
    Table("clock.TeamHours", {"time_zone": NONE}),
]
