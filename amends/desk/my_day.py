"""What the drawing of a member's day is made of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amends.cases.models import NextStep
from amends.clock import calendars
from amends.clock.models import Promise
from amends.desk import dayline
from amends.desk.dayline import Day, Due, Kept
from amends.desk.rows import sentence, state
from amends.people.models import Member
from amends.ui.moments import clock_time

MOST = 80
"""Marks of either kind; a day with more is thick enough."""


def day_of(
    me: Member,
    steps: QuerySet[NextStep],
    now: datetime,
    *,
    shown: Collection[int],
    brand_ids: Collection[int] | None,
) -> Day:
    """The member's day: their steps that are due in it, and the promises they kept, in three queries.

    `shown` are the cases with a row on the page: their marks lead there, the others to the case.
    """
    calendar = calendars.of_member(me)
    until = dayline.last_moment(calendar, now)
    due = steps.filter(by__lt=until).select_related("case__customer").order_by("by", "case_id")[:MOST]
    return dayline.draw(
        calendar,
        [_due(step, now, shown) for step in due],
        [_kept(promise) for promise in _kept_today(me, now, brand_ids)],
        now,
    )


def _due(step: NextStep, now: datetime, shown: Collection[int]) -> Due:
    url = f"#row-{step.case_id}" if step.case_id in shown else reverse("case", args=[step.case_id])
    return Due(step.by, state(step.made_at, step.by, now), url, _labelled(step.by, "".join(sentence(step))))


def _kept_today(me: Member, now: datetime, brand_ids: Collection[int] | None) -> QuerySet[Promise]:
    midnight = timezone.make_aware(datetime.combine(timezone.localtime(now).date(), time()))
    kept = Promise.objects.filter(promisor=me, kept_at__gte=midnight, kept_at__lte=now).order_by("kept_at")
    return (kept if brand_ids is None else kept.filter(case__brand__in=brand_ids))[:MOST]


def _kept(promise: Promise) -> Kept:
    assert promise.kept_at is not None
    late = promise.kept_at > promise.due
    words = _("%(act)s, done late") if late else _("%(act)s, kept")
    return Kept(promise.kept_at, _labelled(promise.kept_at, words % {"act": promise.act}), late)


def _labelled(at: datetime, words: str) -> str:
    return f"{clock_time(timezone.localtime(at))} {words}"
