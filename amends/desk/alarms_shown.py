"""Alarms of a member as the list of the day shows them, until they are seen (SL4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from amends.clock.alarm_words import words_of
from amends.clock.models import Alarm
from amends.people.models import Member

MOST = 5


@dataclass(frozen=True)
class AlarmShown:
    """One line, the way to its case, and the way to put it away."""

    id: int
    line: str
    about: str
    at: datetime
    url: str
    seen_url: str


def for_you(
    me: Member, brand_ids: Collection[int] | None, now: datetime, hidden: Collection[int] = ()
) -> list[AlarmShown]:
    """The newest alarms that the member has been told and has not put away; never of other brands, or `hidden` cases."""
    found = Alarm.objects.filter(member=me, seen_at=None, tell_at__lte=now).select_related("case__customer")
    if hidden:
        found = found.filter(~Q(case__in=hidden) | Q(case=None))
    if brand_ids is not None:
        found = found.filter(Q(case=None) | Q(case__brand__in=brand_ids))
    return [_shown(alarm) for alarm in found.order_by("-at", "-pk")[:MOST]]


def see(alarm: Alarm, now: datetime) -> None:
    """Its member has read it; what says the same of the same case goes with it."""
    same = Alarm.objects.filter(member=alarm.member_id, case=alarm.case_id, code=alarm.code, tell_at__lte=now)
    same.filter(seen_at=None).update(seen_at=now)


def _shown(alarm: Alarm) -> AlarmShown:
    case = alarm.case
    return AlarmShown(
        id=alarm.pk,
        line=words_of(alarm.code),
        about=f"{case.customer}, {case.title}" if case else "",
        at=alarm.at,
        url=reverse("case", args=[case.pk]) if case else reverse("now"),
        seen_url=reverse("alarm_seen", args=[alarm.pk]),
    )
