"""What the tables of the coach hold. See `kit.personal`."""

from __future__ import annotations

from amends.kit.personal import NONE, Table

TABLES = [
    Table("coach.SavedAnswer", {"name": NONE, "use": NONE, "language": NONE, "body": NONE}),
    Table("coach.Coaching", {}),
    Table("coach.OwnTip", {"code": NONE, "advice": NONE}),
]
