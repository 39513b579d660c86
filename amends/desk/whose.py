"""Whose work a list of steps shows: mine, the team's, everyone's. Other brands are never counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amends.cases.models import NextStep
from amends.desk.access import DeskRequest
from amends.people.models import Brand, Member
from amends.people.permissions import Actor, can

MINE, TEAM, EVERYONE = "mine", "team", "all"
MOST_COUNTED = 300
"""Steps that are counted one by one; of more it says "300+", so that a count costs the same on any desk."""


@dataclass(frozen=True)
class Scope:
    """One way to look at the work."""

    key: str
    label: str
    steps: QuerySet[NextStep]

    def counted(self) -> str:
        """How many steps, in figures."""
        return counted(self.steps)


def counted(steps: QuerySet[NextStep]) -> str:
    """How many steps, in figures, as far as they are counted."""
    return capped(steps.order_by()[: MOST_COUNTED + 1].count())


def capped(count: int) -> str:
    """ "74", or "300+"."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def steps_of(actor: Actor) -> QuerySet[NextStep]:
    """What the member owes, in the brands they serve."""
    mine = NextStep.objects.filter(who=actor.member_id)
    return mine if actor.sees_all_brands else mine.filter(brand__in=actor.brand_ids)


def scopes(actor: Actor) -> list[Scope]:
    """The ways that make a difference for this member, the narrowest first."""
    found = [Scope(MINE, _("Mine"), steps_of(actor))] if can(actor, "case.reply") else []
    if actor.brand_ids and not (actor.sees_all_brands and _serves_all(actor)):
        found.append(Scope(TEAM, _("Team"), NextStep.objects.filter(brand__in=actor.brand_ids)))
    if actor.sees_all_brands:
        found.append(Scope(EVERYONE, _("Everyone"), NextStep.objects.all()))
    return found if found[:1] != found[-1:] and _have_colleagues() else found[:1]


def chosen(request: DeskRequest, offered: list[Scope]) -> Scope:
    """The way asked for with `?view=`, else the one used last, else the first."""
    by_key = {scope.key: scope for scope in offered}
    asked = by_key.get(request.GET.get("view", ""))
    if asked is not None and asked.key != request.session.get("view"):
        request.session["view"] = asked.key
    return asked or by_key.get(request.session.get("view", "")) or next(iter(offered), _nothing())


def _serves_all(actor: Actor) -> bool:
    return actor.brand_ids >= set(Brand.objects.values_list("pk", flat=True))


def _have_colleagues() -> bool:
    return Member.objects.filter(is_active=True).count() > 1


def _nothing() -> Scope:
    """A reader without a team."""
    return Scope(TEAM, _("Team"), NextStep.objects.none())
