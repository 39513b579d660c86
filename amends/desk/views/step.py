"""The next step: done, or not now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.models import Case
from amends.clock import calendars
from amends.clock.models import Promise
from amends.clock.promises import is_given
from amends.desk.access import DeskRequest, wants
from amends.desk.coming import what_comes
from amends.desk.doors import SeeOther, done, living_case, look_at, refused, sheet
from amends.desk.forms.case import KNOWN, DoneForm, LaterForm
from amends.desk.once import once
from amends.desk.step_shown import step_of
from amends.desk.times import likely_times
from amends.desk.views.promise import keeps_elsewhere
from amends.desk.zones import zone_of
from amends.flows import steps


@require_http_methods(["GET", "POST"])
@wants("case.promise")
@once
def finished(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Done: what shows it, and what comes next, with the likely answer filled in."""
    case = living_case(request, case_id, "case.promise")
    promise = steps.promise_of(case)
    elsewhere = keeps_elsewhere(promise) if request.method == "GET" and promise is not None else ""
    if elsewhere:
        return SeeOther(elsewhere)
    now = timezone.localtime()
    form = DoneForm(request.POST or None, proof=steps.evidence_for(case))
    look = look_at(request, case, now)
    context: dict[str, Any] = {
        "form": form,
        "case": case,
        "step": step_of(case, look),
        "coming": what_comes(case, now),
        "times": _times(case, now),
    }
    if not form.is_valid():
        return _answer(request, "desk/case/done.html", context)
    try:
        told = form.cleaned_data
        after = _next(form, request)
        steps.done(case, after, by=request.user, now=now, how=told["how"], seconds=told.get("seconds"))
    except steps.StepError as error:
        form.add_error(None, str(error))
        return refused(request, "desk/case/done.html", context)
    return done(request, case, _("Done. The next step is set."))


@require_http_methods(["GET", "POST"])
@wants("case.promise")
@once
def later(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Not now: another time, and why. What the customer was promised is not put off without telling them."""
    case = living_case(request, case_id, "case.promise")
    promise = steps.promise_of(case)
    if request.method == "GET" and promise is not None and (elsewhere := _waits_elsewhere(promise)):
        return SeeOther(elsewhere)
    now = timezone.localtime()
    form = LaterForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "case": case,
        "step": step_of(case, look_at(request, case, now)),
        "times": _times(case, now),
    }
    if not form.is_valid():
        return _answer(request, "desk/case/later.html", context)
    due, reason = form.cleaned_data["due"], form.cleaned_data["reason"]
    try:
        steps.not_now(case, due, reason, by=request.user, now=now)
    except steps.StepError as error:
        form.add_error("reason" if not reason.strip() else "other", str(error))
        return refused(request, "desk/case/later.html", context)
    return done(request, case, _("It waits until then."))


def _waits_elsewhere(promise: Promise) -> str:
    """Where it gets another time when not here; empty for what simply waits."""
    if is_given(promise):
        return reverse("promise_moved", args=[promise.pk])
    if promise.rule:
        return reverse("case_law", args=[promise.case_id])
    return keeps_elsewhere(promise)


def _next(form: DoneForm, request: DeskRequest) -> steps.Next | None:
    cleaned = form.cleaned_data
    if cleaned["then"] == KNOWN:
        return None
    return steps.Next(cleaned["what"], cleaned["due"], request.user)


def _times(case: Case, now: datetime) -> object:
    return likely_times(calendars.of_case(case), now, zone_of(case))


def _answer(request: DeskRequest, template: str, context: dict[str, Any]) -> HttpResponseBase:
    return sheet(request, template, context, 422 if request.method == "POST" else 200)
