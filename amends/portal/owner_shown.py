"""Who looks after the case, and when they are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from amends.cases.models import Case, NextStep
from amends.clock import calendars
from amends.clock.calendars import Duty
from amends.portal import times
from amends.ui import moments


@dataclass(frozen=True)
class Owner:
    """One person with a name."""

    id: int
    name: str
    first_name: str
    hours: str


def of(case: Case, step: NextStep | None, now: datetime) -> Owner | None:
    """The case's owner; None while it has none."""
    owner = case.owner
    if owner is None:
        return None
    hours = _hours(calendars.duties([owner], now)[owner.pk], now)
    if step is not None and step.who_id != owner.pk:
        hours = f"{hours} " + _("%(name)s does what comes next.") % {"name": step.who.first_name}
    return Owner(owner.pk, owner.name, owner.first_name, hours)


def _hours(duty: Duty, now: datetime) -> str:
    if duty.on and duty.until:
        until = moments.clock_time(duty.until.astimezone(now.tzinfo))
        return _("Here today until %(time)s.") % {"time": until}
    if duty.on:
        return _("Here now.")
    if duty.next:
        back = duty.next.astimezone(now.tzinfo)
        parts = {"day": times.day(back, now), "time": moments.clock_time(back)}
        return _("Back: %(day)s at %(time)s.") % parts
    return _("Not here just now.")
