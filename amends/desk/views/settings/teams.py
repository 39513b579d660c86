"""Teams and skills."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.people import SkillForm, TeamForm
from amends.desk.views.settings.frame import saved, show
from amends.people.models import Skill, Team


@wants("teams.edit")
def teams(request: DeskRequest) -> HttpResponseBase:
    """All teams, all skills, and a new skill."""
    return _teams(request, SkillForm())


@wants("teams.edit")
def team_new(request: DeskRequest) -> HttpResponseBase:
    """A new team."""
    return _team(request, Team())


@wants("teams.edit")
def team(request: DeskRequest, team_id: int) -> HttpResponseBase:
    """One team: its brands, its lead, its members."""
    return _team(request, get_object_or_404(Team, pk=team_id))


@require_POST
@wants("teams.edit")
def team_delete(request: DeskRequest, team_id: int) -> HttpResponseBase:
    """Take a team apart; its cases keep their owners and brands."""
    found = get_object_or_404(Team, pk=team_id)
    if found.members.exists():
        messages.error(request, _("There are still members in %(team)s. Take them out first.") % {"team": found})
        return saved(request, "team", team_id)
    with transaction.atomic():
        audited.deleted(request, "team", found)
        found.delete()
    return saved(request, "teams")


@require_POST
@wants("teams.edit")
def skill_new(request: DeskRequest) -> HttpResponseBase:
    """One more thing that not everybody knows."""
    form = SkillForm(request.POST)
    if form.is_valid():
        with transaction.atomic():
            audited.made(request, "skill", form.save())
        return saved(request, "teams")
    return _teams(request, form)


@require_POST
@wants("teams.edit")
def skill_delete(request: DeskRequest, skill_id: int) -> HttpResponseBase:
    """Forget a skill."""
    found = get_object_or_404(Skill, pk=skill_id)
    with transaction.atomic():
        audited.deleted(request, "skill", found)
        found.delete()
    return saved(request, "teams")


def _teams(request: DeskRequest, form: SkillForm) -> HttpResponseBase:
    return show(
        request,
        "teams",
        "desk/settings/teams.html",
        teams=Team.objects.select_related("lead").prefetch_related("brands", "members"),
        skills=Skill.objects.annotate(count=Count("members")),
        skill_form=form,
    )


def _team(request: DeskRequest, found: Team) -> HttpResponseBase:
    form = TeamForm(request.POST or None, instance=found)
    if form.is_valid():
        new = found.pk is None
        with transaction.atomic():
            form.save()
            audited.made(request, "team", found) if new else audited.changed(request, "team", form)
        return saved(request, "team", found.pk)
    return show(request, "teams", "desk/settings/team.html", form=form, team=found)
