"""The case page, and the parts of it that look again by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import retarget

from amends.cases import presence
from amends.cases.models import Case
from amends.desk.access import DeskRequest, brands_of, wants
from amends.desk.case_shown import head_of
from amends.desk.composer_shown import Problem, composer_of
from amends.desk.doors import SeeOther, living_case, look_at, sheet
from amends.desk.panel_shown import panel_of
from amends.desk.standing_of_case import standing_of
from amends.desk.step_shown import step_of
from amends.desk.timeline_shown import timeline_of
from amends.desk.whole import whole
from amends.flows import escalating, suggesting


@require_GET
@wants("case.see")
def page(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """One case, one timeline; opening it tells colleagues that one reads."""
    case = living_case(request, case_id, "case.see")
    if case.pk != case_id:
        return SeeOther(reverse("case", args=[case.pk]))
    now = timezone.now()
    presence.here(case, request.user, writing=False, now=now)
    escalating.opened_by(case, request.user, now)
    return show(request, case, now, write=request.GET.get("write", ""))


def show(
    request: DeskRequest,
    case: Case,
    now: datetime,
    *,
    write: str = "",
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """The whole page; `problem` says in the composer why the words are still there."""
    look = look_at(request, case, now)
    context = {
        "case": case,
        "head": head_of(case, look),
        "step": step_of(case, look),
        "timeline": timeline_of(case, look, _since(request)),
        "panel": panel_of(case, look, brands_of(request), request.actor.hidden),
        "composer": composer_of(case, look, write, problem) if look.may_write else None,
        "others": presence.others(case, request.user, now),
        "may_write": look.may_write,
        "sums_up": suggesting.offered(case, "summary") if look.may_write else None,
    }
    return render(request, "desk/case/page.html", context, status=status)


@require_GET
@wants("case.see")
def timeline(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """The timeline from `since` on. Unfolding it replaces the list, not only the line that was clicked."""
    case = living_case(request, case_id, "case.see")
    if not request.htmx:
        return SeeOther(f"{reverse('case', args=[case.pk])}?{request.GET.urlencode()}")
    look = look_at(request, case, timezone.now())
    response = render(request, "desk/case/timeline.html", {"timeline": timeline_of(case, look, _since(request))})
    response["HX-Reswap"] = "morph:outerHTML"
    return retarget(response, "#timeline")


@require_GET
@wants("case.see")
def step(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Title and next step."""
    case = living_case(request, case_id, "case.see")
    look = look_at(request, case, timezone.now())
    return _part(request, case, "desk/case/head.html", head=head_of(case, look), step=step_of(case, look))


@require_GET
@wants("case.see")
def standing(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Why it stands where it stands, and why it is whose."""
    case = living_case(request, case_id, "case.see")
    found = standing_of(case, timezone.now())
    return sheet(request, "desk/case/standing.html", {"case": case, "standing": found})


@require_GET
@wants("case.see")
def panel(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """What stands beside the timeline."""
    case = living_case(request, case_id, "case.see")
    look = look_at(request, case, timezone.now())
    shown = panel_of(case, look, brands_of(request), request.actor.hidden)
    return _part(request, case, "desk/case/panel.html", panel=shown, may_write=look.may_write)


@require_GET
@wants("case.reply")
def composer(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """The composer for a letter, a note or a call."""
    case = living_case(request, case_id, "case.reply")
    look = look_at(request, case, timezone.now())
    shown = composer_of(case, look, request.GET.get("write", "letter"))
    return _part(request, case, "desk/case/composer.html", composer=shown)


def _part(request: DeskRequest, case: Case, template: str, **context: Any) -> HttpResponseBase:
    """A part for htmx; opened alone it is the page it belongs to."""
    if not request.htmx:
        return SeeOther(f"{reverse('case', args=[case.pk])}?{request.GET.urlencode()}")
    return render(request, template, {"case": case, **context})


def _since(request: DeskRequest) -> int | None:
    return whole(request.GET.get("since", ""))
