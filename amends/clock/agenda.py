"""What is owed, read by key and never by offset: of one member, of everybody, of partners; by day or by person.

Each page is one or two reads along an index, however many promises there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from amends.cases.models import Case
from amends.clock.models import Promise
from amends.clock.promises import OWED

View = Literal["mine", "all", "partners"]
By = Literal["day", "person"]


@dataclass(frozen=True)
class Asked:
    """Whose promises: `view` for `member`, in these brands (None: all), by day or by person."""

    view: View
    by: By
    member: int
    brands: frozenset[int] | None = None
    hidden: frozenset[int] = frozenset()
    """Cases that the reader may not see."""

    @property
    def person(self) -> str:
        """The column that names whose word it is."""
        return "partner_id" if self.view == "partners" else "promisor_id"


@dataclass(frozen=True)
class Key:
    """The last promise seen; `person` counts only by person."""

    due: datetime
    id: int
    person: int = 0


def page(asked: Asked, after: Key | None, size: int) -> list[Promise]:
    """The next promises after a key, `size` at most, with what a row shows of them: in one query or two."""
    if asked.by == "person":
        return _by_person(asked, after, size)
    found: list[Promise] = []
    for part in _parts(asked):
        rows = _after(part, after)
        if len(found) == size:  # the page is full: only what is due before its end
            rows = rows.filter(due__lte=found[-1].due)
        found += _shown(rows.order_by("due", "pk")[:size])
        found = sorted(found, key=lambda promise: (promise.due, promise.pk))[:size]
    return found


def dues(asked: Asked, most: int) -> list[tuple[datetime, datetime]]:
    """When the first promises are due and from when they are late, `most` of them: to count both.

    They differ for a parcel alone, which is on time until the carrier's day ends (C4.2).
    """
    ends = Coalesce("grace_until", "due")
    parts = [rows.order_by("due").values_list("due", ends)[:most] for rows in _parts(asked)]
    return sorted(pair for part in parts for pair in part)[:most]


def key_of(asked: Asked, promise: Promise) -> Key:
    """Where the next page begins."""
    return Key(promise.due, promise.pk, getattr(promise, asked.person) or 0)


def _parts(asked: Asked) -> list[QuerySet[Promise]]:
    """What is asked for, in parts of which each has an index by its time."""
    owed = Promise.objects.filter(**OWED)
    if asked.view == "mine":
        parts = [owed.filter(promisor=asked.member)]
    elif asked.view == "partners":
        parts = [owed.filter(partner__isnull=False)]
    else:
        parts = [owed.filter(broken_at__isnull=False), owed.filter(broken_at=None)]
    return [_in_sight(part, asked) for part in parts]


def _by_person(asked: Asked, after: Key | None, size: int) -> list[Promise]:
    """The rest of the person whom the last page ended with, then the persons after."""
    column = asked.person
    owed = Promise.objects.filter(**OWED)
    owed = _in_sight(owed.filter(partner__isnull=False) if asked.view == "partners" else owed, asked)
    if asked.view == "mine":
        owed = owed.filter(promisor=asked.member)
    found: list[Promise] = []
    if after is not None:
        same = _after(owed.filter(**{column: after.person}), after)
        found = list(_shown(same.order_by("due", "pk")[:size]))
        owed = owed.filter(**{f"{column}__gt": after.person})
    more = _shown(owed.order_by(column, "due", "pk")[: size - len(found)]) if len(found) < size else []
    return [*found, *more]


def _after(rows: QuerySet[Promise], after: Key | None) -> QuerySet[Promise]:
    if after is None:
        return rows
    return rows.filter(due__gte=after.due).exclude(due=after.due, pk__lte=after.id)


def _in_sight(rows: QuerySet[Promise], asked: Asked) -> QuerySet[Promise]:
    if asked.hidden:
        rows = rows.exclude(case__in=asked.hidden)
    if asked.brands is None:
        return rows
    # By the clock, the brand asked for beside it: to sort all of a brand takes as long as they are many.
    return rows.filter(Exists(Case.objects.filter(pk=OuterRef("case_id"), brand__in=asked.brands)))


def _shown(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    return rows.select_related("promisor", "partner", "case__customer")
