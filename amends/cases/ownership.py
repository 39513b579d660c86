"""One owner a case, one hand on it at a time; every change of owner is on the timeline (CV8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import timeline
from amends.cases.models import Case, Closure
from amends.kit.rows import set_each
from amends.people.models import Member, Team

TAKEN_AWAY = gettext_lazy("This case was taken into another one. Open that one.")


def hold(case_id: int) -> Case:
    """The case as it stands now; until the caller's transaction ends, whoever else holds it waits.

    Stands at the top of everything that changes a case: PostgreSQL lets two go on at once, each seeing what
    was true before the other. New entries and drafts do not wait. Lock customers before cases.
    """
    return _held().get(pk=case_id)


def hold_home(case_id: int) -> Case:
    """The case, or the one that it was taken into, however far; held as by `hold`."""
    case = hold(case_id)
    while case.merged_into_id is not None:
        case = hold(case.merged_into_id)
    return case


def hold_all(case_ids: Iterable[int]) -> dict[int, Case]:
    """Hold many at once, always in the same order, so that two who do so never wait for each other."""
    return {case.pk: case for case in _held().filter(pk__in=list(case_ids)).order_by("pk")}


def is_open(case: Case) -> bool:
    """Whether it goes on, and here: it is neither closed nor taken into another. Asked anew."""
    return not why_ended(case)


def why_ended(case: Case) -> str:
    """Why nothing more can be done on it, and what to do instead; empty while it is open."""
    if case.merged_into_id is not None:
        return str(TAKEN_AWAY)
    return _("This case is closed. Reopen it first.") if Closure.objects.filter(case=case).exists() else ""


def give_to(case: Case, member: Member, *, at: datetime, by: Member | None, why: list[Any]) -> bool:
    """Make `member` the owner. False when nothing changed."""
    return bool(give_all([(case, member, why)], at=at, by=by))


def give_all(given: Sequence[tuple[Case, Member, list[Any]]], *, at: datetime, by: Member | None) -> list[Case]:
    """Make each member the owner of the case beside them, with the reasons why; returns the cases that changed hands.

    A case follows its owner into their team, whose hours count from then on (C0.3); a clock that runs runs on (SL3).
    """
    changing = [(case, member, why) for case, member, why in given if case.owner_id != member.pk]
    teams = _teams_of([(case, member) for case, member, _why in changing])
    events, moved = [], {}
    for case, member, why in changing:
        told = {"owner": member.pk, "owner_name": member.name, "before": case.owner_id, "why": why}
        if team := teams.get(case.pk):
            told |= {"team": team.pk, "team_name": team.name, "team_before": case.team_id}
            case.team = team
            moved[case.pk] = team.pk
        events.append(timeline.Event(case, "owner.set", at, by, data=told))
        case.owner = member
    set_each(Case, "owner", {case.pk: case.owner_id for case, _member, _why in changing})
    set_each(Case, "team", moved)
    timeline.record_all(events)
    return [case for case, _member, _why in changing]


def _teams_of(given: Iterable[tuple[Case, Member]]) -> dict[int, Team]:
    """Case id → the new owner's team for the case's brand, of several the first; none where it is in theirs already.

    Whoever is in no team of the brand, as a lead who helps out, leaves it where it is.
    """
    others = [(case, member) for case, member in given if case.team_id not in {one.pk for one in member.teams.all()}]
    if not others:
        return {}
    serving: dict[int, set[int]] = {}
    for brand_id, team_id in Team.brands.through.objects.filter(
        brand__in={case.brand_id for case, _member in others}
    ).values_list("brand", "team"):
        serving.setdefault(brand_id, set()).add(team_id)
    found = {}
    for case, member in others:
        theirs = [team for team in member.teams.all() if team.pk in serving.get(case.brand_id, ())]
        if theirs:
            found[case.pk] = min(theirs, key=lambda team: team.pk)
    return found


def _held() -> QuerySet[Case]:
    held = Case.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("brand", "customer", "owner", "team__lead")
