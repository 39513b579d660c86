"""What open pages are told: that something happened, and nothing of what it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from amends.cases.models import Entry
from amends.flows import guarded
from amends.kit.prepared import prepared

OVERLAP = 200
MOST_TOLD = 2 * OVERLAP
Row = tuple[int, int, int, str]
"""Of an entry: its key, case, brand and kind."""


@dataclass(frozen=True)
class News:
    """Something changed at a brand, mostly on a case of it."""

    id: int
    case_id: int | None
    brand_id: int
    topics: tuple[str, ...]
    kind: str
    only: frozenset[int] | None = None
    """Of a guarded case: the members who have a part in it; seniors hear of it besides (ES8)."""

    def frame(self) -> bytes:
        """The server-sent event."""
        body = json.dumps({"topics": self.topics, "kind": self.kind, "case": self.case_id})
        return f"id: {self.id}\nevent: news\ndata: {body}\n\n".encode()


def news_of(entries: Sequence[Row]) -> list[News]:
    """What they tell, with who may hear of it."""
    needs = guarded.who_needs({case for _pk, case, _brand, _kind in entries})
    return [News(pk, case, brand, (f"case-{case}", "now"), kind, needs.get(case)) for pk, case, brand, kind in entries]


@prepared
def entries(after: int) -> QuerySet[Entry, Row]:
    """MOST_TOLD of the timeline, after this one."""
    return (
        Entry.objects.filter(pk__gt=after)
        .order_by("pk")
        .values_list("pk", "case_id", "case__brand_id", "kind")[:MOST_TOLD]
    )
