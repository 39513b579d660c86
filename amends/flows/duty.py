"""Who is told when nobody else can be: the duty manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from amends.clock import calendars
from amends.clock.calendars import Duty
from amends.flows import looking
from amends.people.models import Brand, Member, Role, Rung


def manager(brand: Brand, now: datetime) -> Member | None:
    """Of those who may act for a brand; None only when nobody leads anything here."""
    members = looking.brand_members(brand)
    return chosen(members, calendars.duties(members, now))


def chosen(members: Sequence[Member], duties: Mapping[int, Duty]) -> Member | None:
    """Of rung 2 or higher, else a lead: on duty before off duty, away last, the lowest rung that may decide."""
    able = [one for one in members if one.rung >= Rung.MANAGER] or [one for one in members if one.role != Role.AGENT]
    able = [one for one in able if one.role != Role.READER]
    return min(able, key=lambda one: (duties[one.pk].absent, not duties[one.pk].on, one.rung, one.pk), default=None)
