"""Whose work a list of steps shows: mine, the team's, everyone's. Other brands are never counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amends.cases import next_step
from amends.cases.next_step import MOST_COUNTED, Whose
from amends.desk.access import DeskRequest
from amends.kit.prepared import prepared
from amends.people.models import Brand, Member
from amends.people.permissions import Actor, can

MINE, TEAM, EVERYONE, LOST, LAST = "mine", "team", "all", "lost", "last"


@dataclass(frozen=True)
class Scope:
    """One way to look at the work."""

    key: str
    label: str
    whose: Whose

    def counted(self) -> str:
        """How many steps, in figures."""
        return counted(self.whose)


def counted(whose: Whose) -> str:
    """How many steps, in figures, as far as they are counted."""
    return capped(next_step.counted(whose))


def capped(count: int) -> str:
    """ "74", or "300+"."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def of_oneself(actor: Actor) -> Whose:
    """What the member owes, in the brands they serve."""
    return Whose(actor.member_id, actor.brands_seen, hidden=actor.hidden)


def scopes(actor: Actor) -> list[Scope]:
    """The ways that make a difference for this member, the narrowest first."""
    found = [Scope(MINE, _("Mine"), of_oneself(actor))] if can(actor, "case.reply") else []
    if actor.brand_ids and not (actor.sees_all_brands and _serves_all(actor)):
        found.append(Scope(TEAM, _("Team"), Whose(brands=actor.brand_ids, hidden=actor.hidden)))
    if actor.sees_all_brands:
        found.append(Scope(EVERYONE, _("Everyone"), Whose()))
    return found if found[:1] != found[-1:] and _have_colleagues() else found[:1]


def perils(actor: Actor) -> list[Scope]:
    """Whoever is about to be lost, whoever gives us a last chance, in the brands one serves (A054, A106)."""
    brands = actor.brands_seen
    return [
        Scope(LOST, _("About to be lost"), Whose(brands=brands, about_to_be_lost=True, hidden=actor.hidden)),
        Scope(LAST, _("Last chance"), Whose(brands=brands, last_chance=True, hidden=actor.hidden)),
    ]


def counted_perils(perils: list[Scope]) -> list[tuple[Scope, int]]:
    """Each with how many there are, in one query."""
    return list(zip(perils, next_step.perils(perils[0].whose), strict=True))


def chosen(request: DeskRequest, offered: list[Scope]) -> Scope:
    """The way asked for with `?view=`, else the one used last, else the first."""
    by_key = {scope.key: scope for scope in offered}
    asked = by_key.get(request.GET.get("view", ""))
    if asked is not None and asked.key != request.session.get("view"):
        request.session["view"] = asked.key
    return asked or by_key.get(request.session.get("view", "")) or next(iter(offered), _nothing())


def _serves_all(actor: Actor) -> bool:
    return actor.brand_ids >= set(_brands())


def _have_colleagues() -> bool:
    return len(_two_members()) > 1


@prepared
def _brands() -> QuerySet[Brand, int]:
    return Brand.objects.order_by().values_list("pk", flat=True)


@prepared
def _two_members() -> QuerySet[Member, int]:
    return Member.objects.filter(is_active=True).order_by().values_list("pk", flat=True)[:2]


def _nothing() -> Scope:
    """A reader without a team."""
    return Scope(TEAM, _("Team"), Whose(brands=frozenset()))
