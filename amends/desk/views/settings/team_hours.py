"""A team with hours, holidays and a time zone of its own: its cases are counted by them, not by their brand's (SL2)."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amends.clock import weeks
from amends.clock.models import Holiday, TeamHours
from amends.desk import audited, undoing
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.clock import HolidayForm, PublicHolidaysForm, TeamHoursForm
from amends.desk.forms.week import WeekForm
from amends.desk.views.settings.frame import saved, show
from amends.people.models import Brand, Team


@wants("teams.edit")
def hours(request: DeskRequest, team_id: int) -> HttpResponseBase:
    """The week and the time zone of one team; saving them makes them its own."""
    team = get_object_or_404(Team, pk=team_id)
    kept = TeamHours.objects.filter(team=team).first()
    own = kept or TeamHours(team=team, time_zone=_zone_of_brand(team))
    if request.method != "POST":
        return _hours(request, own, TeamHoursForm(instance=own), WeekForm.kept(team=kept, brand=_brand(team, kept)))
    form, week = TeamHoursForm(request.POST, instance=own), WeekForm.posted(request.POST)
    if WeekForm.only_changes(request.POST):
        if request.headers.get("HX-Request"):
            return render(request, "desk/settings/week.html", {"week": week})
        typed = TeamHoursForm(instance=own, initial={"time_zone": request.POST.get("time_zone", "")})
        return _hours(request, own, typed, week)
    if not all([form.is_valid(), week.is_valid()]):
        return _hours(request, own, form, week, wrong=True)
    undoing.remember(request, "teams.edit", undoing.team_hours(team))
    with transaction.atomic():
        weeks.set_week(week.week, team=form.save())
        audited.wrote(request, "hours.changed", team, name=team.name)
    return saved(request, "team_hours", team.pk)


@require_POST
@wants("teams.edit")
def as_brand(request: DeskRequest, team_id: int) -> HttpResponseBase:
    """The team works as its brands do again; its own hours and holidays go."""
    own = _own(team_id)
    undoing.remember(request, "teams.edit", undoing.team_hours(own.team), back=reverse("team", args=[team_id]))
    with transaction.atomic():
        audited.wrote(request, "hours.changed", own.team, name=own.team.name)
        own.delete()
    return saved(request, "team", team_id)


@wants("teams.edit")
def holidays(request: DeskRequest, team_id: int) -> HttpResponseBase:
    """The days on which a team with hours of its own is closed; a new one by hand."""
    own = _own(team_id)
    form = HolidayForm(request.POST or None, instance=Holiday(team=own))
    if form.is_valid():
        with transaction.atomic():
            audited.wrote(request, "holiday.made", form.save(), name=own.team.name)
        return saved(request, "team_holidays", own.pk)
    return _holidays(request, own, form, PublicHolidaysForm.begun(own.time_zone, timezone.localdate()))


@require_POST
@wants("teams.edit")
def holidays_import(request: DeskRequest, team_id: int) -> HttpResponseBase:
    """Take over a country's public holidays of this year and the next; what is there stays."""
    own = _own(team_id)
    form = PublicHolidaysForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _holidays(request, own, HolidayForm(instance=Holiday(team=own)), form)
    with transaction.atomic():
        count = form.take_over(team=own)
        audited.wrote(request, "holidays.imported", own.team, name=own.team.name, count=count)
    words = ngettext("%(count)s holiday added.", "%(count)s holidays added.", count) % {"count": count}
    messages.success(request, words)
    return saved(request, "team_holidays", own.pk)


@require_POST
@wants("teams.edit")
def holiday_delete(request: DeskRequest, team_id: int, holiday_id: int) -> HttpResponseBase:
    """The team works on that day after all."""
    own = _own(team_id)
    found = get_object_or_404(Holiday, pk=holiday_id, team=own)
    with transaction.atomic():
        audited.deleted(request, "holiday", found, name=own.team.name)
        found.delete()
    return saved(request, "team_holidays", own.pk)


def _own(team_id: int) -> TeamHours:
    team = get_object_or_404(Team, pk=team_id)
    return get_object_or_404(TeamHours.objects.select_related("team"), team=team)


def _brand(team: Team, kept: TeamHours | None) -> Brand | None:
    """Whose week the page begins with while the team has none."""
    return team.brands.first() if kept is None else None


def _zone_of_brand(team: Team) -> str:
    brand = team.brands.first()
    return brand.time_zone if brand else "UTC"


def _hours(
    request: DeskRequest, own: TeamHours, form: TeamHoursForm, week: WeekForm, *, wrong: bool = False
) -> HttpResponse:
    is_own = TeamHours.objects.filter(pk=own.pk).exists()
    return show(
        request,
        "teams",
        "desk/settings/team_hours.html",
        team=own.team,
        form=form,
        week=week,
        is_own=is_own,
        wrong=wrong,
    )


def _holidays(request: DeskRequest, own: TeamHours, form: HolidayForm, public: PublicHolidaysForm) -> HttpResponse:
    return show(
        request,
        "teams",
        "desk/settings/team_holidays.html",
        team=own.team,
        holidays=Holiday.objects.filter(team=own, date__gte=timezone.localdate()),
        form=form,
        public=public,
    )
