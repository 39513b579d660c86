"""The duty board: who is here and until when, how much each carries, what is late, who is responsible now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases import next_step
from amends.clock import calendars
from amends.clock.calendars import Duty
from amends.clock.models import Absence
from amends.desk.colleagues_shown import duty_line
from amends.flows import on_duty
from amends.people.models import Member, Role
from amends.people.permissions import LEADS, Actor

AHEAD = timedelta(days=14)
FULL = 100


@dataclass(frozen=True)
class OnBoard:
    """One member: `share` is the percent of what they can carry, 100 at most."""

    id: int
    name: str
    line: str
    count: int
    capacity: int
    share: int
    over: bool
    late: str
    responsible: bool
    url: str = ""


@dataclass(frozen=True)
class Coming:
    """Somebody who will be away soon."""

    name: str
    id: int
    line: str


@dataclass(frozen=True)
class Board:
    """What `desk/duty.html` draws."""

    heading: str
    line: str
    here: list[OnBoard] = field(default_factory=list)
    off: list[OnBoard] = field(default_factory=list)
    away: list[OnBoard] = field(default_factory=list)
    coming: list[Coming] = field(default_factory=list)


def board_of(actor: Actor, now: datetime) -> Board:
    """The board as a member may see it: colleagues of their brands, and only the work of these."""
    members = list(_members(actor))
    brands = actor.brands_seen
    duties = calendars.duties(members, now)
    carried, late = next_step.carried(brands), next_step.late_of(brands, now)
    manager = on_duty.responsible((one, duties[one.pk], carried.get(one.pk, 0)) for one in members)
    names = {member.pk: member.name for member in members}
    rows: dict[str, list[OnBoard]] = {"here": [], "off": [], "away": []}
    for member in members:
        one = duties[member.pk]
        line = duty_line(one, names, timezone.localtime(now))
        responsible = manager is not None and member.pk == manager.pk
        row = _row(member, line, carried.get(member.pk, 0), late.get(member.pk, 0), responsible=responsible)
        rows["here" if one.on else "away" if one.absent else "off"].append(row)
    return Board(_heading(len(rows["here"])), _responsible(manager, duties), **rows, coming=_coming(members, now))


def _members(actor: Actor) -> QuerySet[Member]:
    working = Member.objects.filter(is_active=True).exclude(role=Role.READER)
    if not actor.sees_all_brands:
        working = working.filter(Q(teams__brands__in=actor.brand_ids) | Q(role__in=LEADS)).distinct()
    return working.order_by("name", "pk")


def _row(member: Member, line: str, count: int, late: int, *, responsible: bool) -> OnBoard:
    share = FULL if not member.capacity else round(FULL * count / member.capacity)
    words = ngettext("%(count)s late", "%(count)s late", late) % {"count": late} if late else ""
    return OnBoard(
        member.pk, member.name, line, count, member.capacity, min(FULL, share), share > FULL, words, responsible
    )


def _heading(here: int) -> str:
    if not here:
        return _("Nobody is on duty")
    return ngettext("%(count)s person is on duty", "%(count)s people are on duty", here) % {"count": here}


def _responsible(manager: Member | None, duties: Mapping[int, Duty]) -> str:
    if manager is None:
        return _("Nobody leads here: an admin can give somebody that part in Settings.")
    if duties[manager.pk].on:
        return _("%(name)s is responsible now.") % {"name": manager.name}
    return _("%(name)s is responsible, and not on duty.") % {"name": manager.name}


def _coming(members: Collection[Member], now: datetime) -> list[Coming]:
    soon = Absence.objects.filter(member__in=members, starts__gt=now, starts__lte=now + AHEAD)
    return [
        Coming(
            one.member.name,
            one.member_id,
            _("from %(first)s to %(last)s")
            % {"first": date_format(one.first_day, "D j F"), "last": date_format(one.last_day, "D j F")}
            + (_(", %(name)s stands in") % {"name": one.stand_in.name} if one.stand_in else ""),
        )
        for one in soon.select_related("member", "stand_in").order_by("starts", "pk")
    ]
