"""Reads the timeline forward by its key, a few seconds behind its end, and every entry once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from amends.cases.models import Entry
from amends.clock.models import Follower

LOOK = 500
"""Entries that are looked at in one go."""
SETTLED = timedelta(seconds=60)
"""PostgreSQL may commit a lower id later: the timeline is read again over this time."""


class Row(NamedTuple):
    """What is known of an entry before its case is read."""

    pk: int
    recorded_at: datetime
    case_id: int


class Following:
    """One process's place in the timeline: how far everybody has come lies in the row `Follower`, what this process
    has read beyond it in memory, for a minute.
    """

    def __init__(self, name: str, kinds: Collection[str]) -> None:
        self.name, self.kinds = name, kinds
        self._read: set[tuple[int, datetime]] = set()
        self._window: list[Row] = []

    def unread(self, cases: int) -> list[Row]:
        """The next entries that this process has not read, of at most so many cases."""
        follower, _new = Follower.objects.get_or_create(name=self.name)
        self._window = self._after(follower.upto)
        fresh = [row for row in self._window if row[:2] not in self._read]
        if not fresh and len(self._window) == LOOK:
            fresh = self._after(max(pk for pk, _recorded_at in self._read))
        known: set[int] = set()
        batch = []
        for row in fresh:
            if row.case_id not in known and len(known) == cases:
                break
            known.add(row.case_id)
            batch.append(row)
        return batch

    def has_read(self, rows: Collection[Row], now: datetime) -> None:
        """These are done. Everybody goes on behind what is settled, up to the first that is not read."""
        self._read.update(row[:2] for row in rows)
        first_unread = next((row.pk for row in self._window if row[:2] not in self._read), None)
        done = [row.pk for row in self._window if _is_settled(row, now) and row.pk < (first_unread or row.pk + 1)]
        if done:
            Follower.objects.filter(name=self.name, upto__lt=done[-1]).update(upto=done[-1])
            self._read = {one for one in self._read if one[0] > done[-1]}

    def _after(self, pk: int) -> list[Row]:
        return [Row(*row) for row in _rows(self.kinds).filter(pk__gt=pk)[:LOOK]]


def _rows(kinds: Collection[str]) -> QuerySet[Entry, tuple[int, datetime, int]]:
    return Entry.objects.filter(kind__in=kinds).order_by("pk").values_list("pk", "recorded_at", "case")


def _is_settled(row: Row, now: datetime) -> bool:
    """What a clock that ran ahead has written is settled too."""
    return not now - SETTLED < row.recorded_at < now + SETTLED
