"""The queue: steps by the clock, in groups, a page at a time, by key and never by offset (RO6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases import next_step
from amends.cases.models import NextStep
from amends.desk.rows import Row, rows_of
from amends.desk.whole import whole
from amends.desk.whose import MOST_COUNTED, Scope, capped
from amends.people.models import Member

SIZE = 20
MOST_SHOWN = 200
"""Rows that a list which refreshes itself shows again; whoever scrolled further keeps the rest as it was."""

SUNDAY = 6
TITLES: dict[str, Promise] = {
    "late": _("Late"),
    "today": _("Today"),
    "tomorrow": _("Tomorrow"),
    "week": _("Later this week"),
    "later": _("Later"),
}

Key = tuple[datetime, int]


@dataclass(frozen=True)
class Group:
    """Rows that are due in the same stretch of time; `continues` when its heading stands above already."""

    key: str
    title: str
    rows: list[Row]
    count: str = ""
    continues: bool = False


@dataclass(frozen=True)
class Owed:
    """How much is owed, counted as far as MOST_COUNTED."""

    times: Sequence[datetime] = ()
    groups: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> str:
        return capped(len(self.times))

    def count_of(self, group: str) -> str:
        """The group's own count; nothing where the counting stopped before."""
        if len(self.times) <= MOST_COUNTED or not self.groups[group]:
            return str(self.groups[group] or "")
        last = max(self.groups, key=list(TITLES).index)
        return f"{self.groups[group]}+" if group == last else str(self.groups[group])


@dataclass(frozen=True)
class Queue:
    """One page of the list, and where the next one is."""

    groups: list[Group]
    shown: int
    more_url: str = ""


@dataclass(frozen=True)
class From:
    """Where a page begins: after this key, in a group whose heading stands, so many rows before it."""

    after: Key | None = None
    group: str = ""
    shown: int = 0

    @classmethod
    def of(cls, query: dict[str, str]) -> From:
        """Read `?after=<time>,<case>&group=late&shown=20`; what makes no sense is the beginning."""
        time, _comma, case_id = query.get("after", "").rpartition(",")
        try:
            by = parse_datetime(time)
        except ValueError:
            by = None
        case = whole(case_id)
        if by is None or timezone.is_naive(by) or case is None:
            return cls()
        return cls((by, case), query.get("group", ""), _number(query.get("shown", "")))


def owed(steps: QuerySet[NextStep], now: datetime) -> Owed:
    """Count what is owed by group, from the index alone."""
    times = list(steps.order_by("by", "case_id").values_list("by", flat=True)[: MOST_COUNTED + 1])
    return Owed(times, Counter(group_of(by, now) for by in times[:MOST_COUNTED]))


def page(
    scope: Scope, me: Member, now: datetime, *, counts: Owed, start: From, size: int = SIZE, acting: bool
) -> Queue:
    """The page of the queue that begins at `start`."""
    steps = next_step.page(scope.steps, start.after, size + 1)
    rows = rows_of(steps[:size], me, now, acting=acting)
    groups = [
        Group(key, str(TITLES[key]), list(found), counts.count_of(key), continues=key == start.group)
        for key, found in groupby(rows, lambda row: group_of(row.due, now))
    ]
    shown = start.shown + len(rows)
    return Queue(groups, shown, _more_url(scope, steps[size - 1], groups, shown) if len(steps) > size else "")


def again(asked: Sequence[str]) -> int:
    """How many rows to show when a list refreshes itself, from what its parts say they show."""
    return max(SIZE, min(MOST_SHOWN, max(map(_number, asked), default=0)))


def group_of(by: datetime, now: datetime) -> str:
    """The group of a moment, in the reader's own time zone."""
    if by <= now:
        return "late"
    today, day = timezone.localtime(now).date(), timezone.localtime(by).date()
    if day == today:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    return "week" if (day - today).days <= SUNDAY - today.weekday() else "later"


def _more_url(scope: Scope, last: NextStep, groups: list[Group], shown: int) -> str:
    query = {
        "view": scope.key,
        "after": f"{last.by.isoformat()},{last.case_id}",
        "group": groups[-1].key,
        "shown": str(shown),
    }
    return f"{reverse('now_rows')}?{urlencode(query)}"


def _number(text: str) -> int:
    return whole(text, digits=5) or 0
