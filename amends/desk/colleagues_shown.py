"""Colleagues to choose from: who is here, until when, and how much they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.models import Case
from amends.clock import calendars
from amends.clock.calendars import Duty
from amends.flows import looking
from amends.ui.moments import by_when, clock_time


@dataclass(frozen=True)
class Colleague:
    """One line of the choice."""

    id: int
    name: str
    line: str
    load: str
    absent: bool


def colleagues_of(case: Case, now: datetime) -> list[Colleague]:
    """Everybody who may have the case but its owner: those on duty first, then by room."""
    members = [member for member in looking.brand_members(case.brand) if member.pk != case.owner_id]
    duty = calendars.duties(members, now)
    names = {member.pk: member.name for member in members}
    members.sort(key=lambda one: (duty[one.pk].absent, not duty[one.pk].on, _share(one)))
    return [
        Colleague(one.pk, one.name, duty_line(duty[one.pk], names, now), _load(one), duty[one.pk].absent)
        for one in members
    ]


def _share(member: object) -> float:
    return getattr(member, "open_steps", 0) / max(1, getattr(member, "capacity", 1))


def _load(member: object) -> str:
    steps = int(getattr(member, "open_steps", 0))
    return ngettext("%(count)s step", "%(count)s steps", steps) % {"count": steps}


def duty_line(duty: Duty, names: dict[int, str], now: datetime) -> str:
    """Whether somebody is here, until or from when, and who stands in."""
    if duty.absent:
        stand_in = names.get(duty.stand_in_id or 0)
        back = _("away until %(time)s") % {"time": _moment(duty.next, now)} if duty.next else _("away")
        return _("%(back)s, %(name)s stands in") % {"back": back, "name": stand_in} if stand_in else back
    if duty.on:
        until = clock_time(timezone.localtime(duty.until)) if duty.until else ""
        return _("on duty until %(time)s") % {"time": until} if until else _("on duty")
    return _("back %(time)s") % {"time": _moment(duty.next, now)} if duty.next else _("off duty")


def _moment(at: datetime | None, now: datetime) -> str:
    return by_when(timezone.localtime(at), timezone.localtime(now), name_today=True, within=True) if at else ""
