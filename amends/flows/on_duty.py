"""The duty manager: who sees to what nobody else can see to now (C4, RO5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from amends.clock.calendars import Duty
from amends.flows.looking import Staff
from amends.people.models import Brand, Member, Role, Rung


def duty_manager(brand: Brand, now: datetime, staff: Staff | None = None) -> Member | None:
    """Who is responsible for a brand, as `responsible` says. `staff` where it is read already."""
    staff = staff or Staff(now)
    return responsible((member, duty, staff.carries(member.pk)) for member, duty in staff.serving(brand.pk))


def responsible(members: Iterable[tuple[Member, Duty, int]]) -> Member | None:
    """Somebody of rung 2 or higher who is there; else a lead, else an admin. None: nobody leads here.

    Of these members, each with their duty and what they carry: whoever is on duty goes before who is off their shift,
    and both before who is away; among them the lowest rung that can decide, and who carries least.
    """
    standing = [(_standing(*one), one[0]) for one in members]
    ranked = [(rank, member) for rank, member in standing if rank is not None]
    return min(ranked, key=lambda one: one[0])[1] if ranked else None


def sees_to(promisor: Member, brand: Brand, due: datetime, now: datetime, staff: Staff) -> Member | None:
    """Who is told of a promise: its promisor, unless they are gone or not at work before it is due."""
    duty = next((duty for member, duty in staff.serving(brand.pk) if member.pk == promisor.pk), None)
    there = duty is not None and not duty.absent and (duty.on or (duty.next is not None and duty.next < due))
    return promisor if there else duty_manager(brand, now, staff) or promisor


def _standing(member: Member, duty: Duty, carries: int) -> tuple[int, int, int, int, int] | None:
    if member.rung >= Rung.MANAGER:
        place = 0
    elif member.role in (Role.LEAD, Role.ADMIN):
        place = 1 if member.role == Role.LEAD else 2
    else:
        return None
    there = 0 if duty.on else 2 if duty.absent else 1
    return there, place, member.rung, carries, member.pk
