"""Into a case: the object, its reader, and the answer of a deed done to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect, reswap, trigger_client_event

from amends.cases.models import Case
from amends.desk.access import DeskRequest, case_for
from amends.desk.letters_shown import Look
from amends.people.permissions import can


class SeeOther(HttpResponseRedirect):
    """After a deed the browser looks at the page anew."""

    status_code = 303


def living_case(request: DeskRequest, case_id: int, verb: str) -> Case:
    """The case, or the one it was taken into; both must be open to the member for `verb`."""
    case = case_for(request, case_id, verb)
    while case.merged_into_id is not None:
        case = case_for(request, case.merged_into_id, verb)
    return case


def look_at(request: DeskRequest, case: Case, now: datetime) -> Look:
    """Who looks, and what they may do here."""
    return Look(
        case=case,
        me=request.user,
        now=now,
        may_write=can(request.actor, "case.reply", case.brand_id),
        may_see_raw=can(request.actor, "case.raw", case.brand_id),
        may_blacken=can(request.actor, "case.blacken", case.brand_id),
        hidden=request.actor.hidden,
    )


def sheet(request: DeskRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A form on its own page, or in the page's sheet when htmx asks."""
    base = "desk/case/sheet_part.html" if request.htmx else "desk/case/sheet_page.html"
    return render(request, template, {**context, "base": base}, status=status)


def refused(request: DeskRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The same form again, with what is wrong in it."""
    return sheet(request, template, context, 422)


def done(request: DeskRequest, case: Case, said: str = "") -> HttpResponse:
    """The deed is done: back to the case; in a sheet, close it and let what changed look again."""
    if said:
        messages.success(request, said)
    if not request.htmx:
        return SeeOther(reverse("case", args=[case.pk]))
    response: HttpResponse = reswap(render(request, "desk/case/told.html"), "none")
    for event in ("close-dialog", "deed", f"live:case-{case.pk}", "live:outbox"):
        response = trigger_client_event(response, event, {})
    return response


def go(request: DeskRequest, url: str, said: str = "") -> HttpResponse:
    """The deed is done and another page shows it."""
    if said:
        messages.success(request, said)
    return HttpResponseClientRedirect(url) if request.htmx else SeeOther(url)
