"""Who looks after the case, and when they are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from amends.cases.models import Case, NextStep
from amends.clock import calendars, promises, rungs
from amends.clock.calendars import Duty
from amends.people.models import Member
from amends.portal import times
from amends.ui import moments


@dataclass(frozen=True)
class Owner:
    """One person with a name."""

    id: int
    name: str
    first_name: str
    hours: str
    joined: str = ""
    """Who more senior looks at it too, and by when they decide: only while their rung is open (ES3)."""


def of(case: Case, step: NextStep | None, now: datetime) -> Owner | None:
    """The case's owner; None while it has none."""
    owner = case.owner
    if owner is None:
        return None
    hours = _hours(calendars.duties([owner], now)[owner.pk], now)
    if step is not None and step.who_id != owner.pk:
        hours = f"{hours} " + _("%(name)s does what comes next.") % {"name": step.who.first_name}
    return Owner(owner.pk, owner.name, owner.first_name, hours, _joined(case, step, now))


def _joined(case: Case, step: NextStep | None, now: datetime) -> str:
    if step is None or not step.rung:
        return ""
    rung = next((one for one in reversed(rungs.open_on(case)) if one.member and one.member_id != case.owner_id), None)
    if rung is None or rung.member is None:
        return ""
    told = {"senior": named(rung.member)}
    if rung.promise is None or rung.decided_at or not promises.is_owed(rung.promise):
        return _("%(senior)s looks at it too.") % told
    told["when"] = times.by_when(rung.promise.due.astimezone(now.tzinfo), now, within=True)
    return _("%(senior)s looks at it too and decides: %(when)s.") % told


def named(member: Member) -> str:
    """A name with its title, to stand in a sentence: "Ines Calder, head of service,"."""
    return f"{member.name}, {member.title}," if member.title else member.name


def _hours(duty: Duty, now: datetime) -> str:
    if duty.on and duty.until:
        until = moments.clock_time(duty.until.astimezone(now.tzinfo))
        return _("Here today until %(time)s.") % {"time": until}
    if duty.on:
        return _("Here now.")
    if duty.next:
        back = duty.next.astimezone(now.tzinfo)
        parts = {"day": times.day(back, now, within=True), "time": moments.clock_time(back)}
        return _("Back: %(day)s at %(time)s.") % parts
    return _("Not here just now.")
