"""What the drawing of a member's day is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from amends.clock import calendars
from amends.clock.models import Promise
from amends.desk import dayline
from amends.desk.dayline import Day, Due, Kept
from amends.desk.rows import Row
from amends.kit.prepared import prepared
from amends.people.models import Member

MOST = 80
"""Promises kept that are drawn; a day with more is thick enough."""


def day_of(
    me: Member,
    rows: Iterable[Row],
    now: datetime,
    *,
    brand_ids: Collection[int] | None,
) -> Day:
    """The member's day: those of their rows on the page that are due in it, and the promises they kept."""
    calendar = calendars.of_member(me)
    until = dayline.last_moment(calendar, now)
    return dayline.draw(
        calendar,
        [_due(row) for row in rows if row.due < until],
        [Kept(at, at > due) for due, at in _kept_today(me.pk, brand_ids, since=_midnight(now), until=now) if at],
        now,
    )


def _due(row: Row) -> Due:
    return Due(row.due, row.state, f"#row-{row.id}", f"{row.clock} {row.sentence}")


def _midnight(now: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localtime(now).date(), time()))


@prepared
def _kept_today(
    member_id: int, brand_ids: Collection[int] | None, *, since: datetime, until: datetime
) -> QuerySet[Promise, tuple[datetime, datetime | None]]:
    kept = Promise.objects.filter(promisor=member_id, kept_at__gte=since, kept_at__lte=until).order_by("kept_at")
    kept = kept if brand_ids is None else kept.filter(case__brand__in=brand_ids)
    return kept.values_list("due", "kept_at")[:MOST]
