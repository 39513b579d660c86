"""The queue: steps by the clock, in groups, a page at a time, by key and never by offset (RO6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases import next_step
from amends.cases.next_step import MOST_COUNTED, Key, Whose
from amends.desk.rows import Row, rows_of
from amends.desk.whole import whole
from amends.desk.whose import Scope, capped
from amends.people.models import Member

SIZE = 50
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
    """What is owed first: its cases, as far as MOST_COUNTED and one more; how many of them in each group."""

    case_ids: Sequence[int] = ()
    groups: Mapping[str, int] = field(default_factory=dict)

    @property
    def count(self) -> str:
        return capped(len(self.case_ids))

    def count_of(self, group: str) -> str:
        """The group's own count; nothing where the counting stopped before."""
        count = self.groups.get(group, 0)
        if len(self.case_ids) <= MOST_COUNTED or not count:
            return str(count or "")
        last = max((key for key in TITLES if self.groups[key]), key=list(TITLES).index)
        return f"{count}+" if group == last else str(count)


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
        """Read `?after=<time>,<score>,<case>&group=late&shown=20`; what makes no sense is the beginning."""
        time, score, case_id = ([*query.get("after", "").split(","), "", ""])[:3]
        try:
            by = parse_datetime(time)
        except ValueError:
            by = None
        points, case = whole(score), whole(case_id)
        if by is None or timezone.is_naive(by) or points is None or case is None:
            return cls()
        return cls((by, points, case), query.get("group", ""), _number(query.get("shown", "")))


def owed(steps: Whose, now: datetime) -> Owed:
    """Count what is owed by group."""
    late, today, tomorrow, week = _ends(now).values()
    found = next_step.first(steps, (late, today, tomorrow, week))
    count = Counter(end for _case, end in found[:MOST_COUNTED])
    return Owed([case_id for case_id, _end in found], {key: count[end] for end, key in enumerate(TITLES)})


def page(
    scope: Scope, me: Member, now: datetime, *, counts: Owed, start: From, size: int = SIZE, acting: bool
) -> Queue:
    """The page of the queue that begins at `start`."""
    ids = next_step.after(scope.whose, start.after, size + 1) if start.after else counts.case_ids[: size + 1]
    rows = rows_of(next_step.shown(ids[:size]), me, now, acting=acting)
    ends = _ends(now)
    groups = [
        Group(key, str(TITLES[key]), list(found), counts.count_of(key), continues=key == start.group)
        for key, found in groupby(rows, lambda row: _group_of(row.due, ends))
    ]
    shown = start.shown + len(rows)
    return Queue(groups, shown, _more_url(scope, rows[-1], groups, shown) if len(ids) > size and rows else "")


def again(asked: Sequence[str]) -> int:
    """How many rows to show when a list refreshes itself, from what its parts say they show."""
    return max(SIZE, min(MOST_SHOWN, max(map(_number, asked), default=0)))


def group_of(by: datetime, now: datetime) -> str:
    """The group of a moment, in the reader's own time zone."""
    return _group_of(by, _ends(now))


def _group_of(by: datetime, ends: Mapping[str, datetime]) -> str:
    return next((key for key, end in ends.items() if by <= end), "later")


def _ends(now: datetime) -> dict[str, datetime]:
    """The last moment of each group but the last, in the order of the groups and in the reader's own time zone."""
    today = timezone.localtime(now).date()
    tomorrow, sunday = today + timedelta(days=1), today + timedelta(days=SUNDAY - today.weekday())
    days = {"today": today, "tomorrow": tomorrow, "week": max(tomorrow, sunday)}
    return {"late": now, **{key: _end_of(day) for key, day in days.items()}}


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) - timedelta.resolution


def _more_url(scope: Scope, last: Row, groups: list[Group], shown: int) -> str:
    query = {
        "view": scope.key,
        "after": f"{last.due.isoformat()},{last.score},{last.id}",
        "group": groups[-1].key,
        "shown": str(shown),
    }
    return f"{reverse('now_rows')}?{urlencode(query)}"


def _number(text: str) -> int:
    return whole(text, digits=5) or 0
