"""Who may do what: one pure function over a table, closed by default (features AD, reliability S7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from amends.kit.prepared import prepared
from amends.people.models import Member, Role, Team

EVERYONE = frozenset({Role.ADMIN, Role.LEAD, Role.AGENT, Role.READER})
WORKERS = frozenset({Role.ADMIN, Role.LEAD, Role.AGENT})
LEADS = frozenset({Role.ADMIN, Role.LEAD})
ADMINS = frozenset({Role.ADMIN})

TABLE: dict[str, frozenset[Role]] = {
    "case.see": EVERYONE,
    "case.open": WORKERS,
    "case.reply": WORKERS,
    "case.note": WORKERS,
    "case.promise": WORKERS,
    "case.hand_over": WORKERS,
    "case.escalate": WORKERS,
    "case.matter": WORKERS,
    "case.close": WORKERS,
    "case.reopen": WORKERS,
    "case.merge": WORKERS,
    "case.split": WORKERS,
    "case.raw": WORKERS,
    "case.pictures": WORKERS,
    "case.blacken": LEADS,
    "case.suggest": WORKERS,
    "reading.correct": WORKERS,
    "person.see": EVERYONE,
    "person.edit": WORKERS,
    "you.edit": EVERYONE,
    "answers.edit": LEADS,
    "reader.learn": LEADS,
    "coach.edit": LEADS,
    "connector.edit": ADMINS,
    "hours.edit": LEADS,
    "targets.edit": LEADS,
    "packs.edit": ADMINS,
    "absence.edit": LEADS,
    "partners.edit": LEADS,
    "teams.edit": ADMINS,
    "members.edit": ADMINS,
    "brands.edit": ADMINS,
    "mailboxes.edit": ADMINS,
    "mail.reread": ADMINS,
    "file.release": ADMINS,
    "desk.edit": ADMINS,
    "log.read": ADMINS,
    "person.export": ADMINS,
    "person.erase": ADMINS,
    "person.hold": ADMINS,
    "retention.edit": ADMINS,
}
"""verb → roles. A verb that is not here is nobody's."""


@dataclass(frozen=True)
class Actor:
    """What permission needs to know of a member."""

    member_id: int
    role: str
    active: bool
    brand_ids: frozenset[int]
    """Brands served through teams; admins and leads see every brand."""
    hidden: frozenset[int] = frozenset()
    """Cases of their brands that they may not see, because only those see them who need them (ES8)."""

    @property
    def sees_all_brands(self) -> bool:
        return self.role in LEADS

    @property
    def brands_seen(self) -> frozenset[int] | None:
        """The brands whose cases and people they may see; None means every brand."""
        return None if self.sees_all_brands else self.brand_ids


def can(actor: Actor, verb: str, brand_id: int | None = None) -> bool:
    """May `actor` do `verb`, to a thing of brand `brand_id` (None: the thing has no brand)?"""
    if not actor.active or actor.role not in TABLE.get(verb, frozenset()):
        return False
    return brand_id is None or actor.sees_all_brands or brand_id in actor.brand_ids


def actor_of(member: Member) -> Actor:
    """The actor for a member, with one query for the brands served."""
    return Actor(member.pk, member.role, member.is_active, frozenset(_brands_of(member.pk)))


def actors_of(member_ids: Iterable[int]) -> dict[int, Actor]:
    """Member id → actor, for many members in two queries."""
    members = Member.objects.filter(pk__in=member_ids)
    brands: dict[int, set[int]] = defaultdict(set)
    served = Team.brands.through.objects.filter(team__members__in=members)
    for member_id, brand_id in served.values_list("team__members", "brand_id"):
        brands[member_id].add(brand_id)
    return {one.pk: Actor(one.pk, one.role, one.is_active, frozenset(brands[one.pk])) for one in members}


@prepared
def _brands_of(member_id: int) -> QuerySet[Any, int]:
    served = Team.brands.through.objects.filter(team__members=member_id)
    return served.order_by().values_list("brand_id", flat=True)
