"""A word is given, kept, moved, or let off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from amends.cases.models import Case
from amends.clock import calendars
from amends.clock.models import Escalation, Promise
from amends.clock.promises import PromiseError, is_given
from amends.desk.access import DeskRequest, wants
from amends.desk.doors import SeeOther, done, go, living_case, refused, sheet
from amends.desk.forms.case import EvidenceForm, MovedForm, PromiseForm, ReasonForm
from amends.desk.once import once
from amends.desk.promises_shown import name_of
from amends.desk.times import likely_times
from amends.desk.why_shown import why_of
from amends.desk.zones import zone_of
from amends.flows import promising, retiming
from amends.flows.retiming import NewTime
from amends.people.permissions import can


@require_http_methods(["GET", "POST"])
@wants("case.promise")
@once
def new(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Give a word outside a letter."""
    case = living_case(request, case_id, "case.promise")
    form = PromiseForm(request.POST or None)

    def give(now: datetime) -> None:
        me, check_at = request.user, form.cleaned_data["check_at"]
        promising.give(case, form.word, promisor=me, by=me, now=now, check_at=check_at)

    return deed(request, case, "desk/case/promise_new.html", form, give, said=_("Promised. The clock runs."))


@require_http_methods(["GET", "POST"])
@wants("case.promise")
def kept(request: DeskRequest, promise_id: int) -> HttpResponseBase:
    """It was done, and this shows it."""
    promise, case = promise_and_case(request, promise_id)
    if elsewhere := keeps_elsewhere(promise):
        return SeeOther(elsewhere)
    form = EvidenceForm(request.POST or None, proof=promising.evidence_for(promise))

    def keep(now: datetime) -> None:
        told = form.cleaned_data
        promising.keep(promise, by=request.user, now=now, evidence=told["evidence"], seconds=told.get("seconds"))

    return deed(request, case, "desk/case/promise_kept.html", form, keep, said=_("Kept."), promise=promise)


@require_http_methods(["GET", "POST"])
@wants("case.promise")
def moved(request: DeskRequest, promise_id: int) -> HttpResponseBase:
    """It has another time, and the customer hears of it: in a call that was held, or by a letter that comes next."""
    promise, case = promise_and_case(request, promise_id)
    given = is_given(promise)
    form = MovedForm(request.POST or None, given=given)
    by_letter = given and request.POST.get("how", MovedForm.LETTER) == MovedForm.LETTER

    def move(now: datetime) -> None:
        told, me = form.cleaned_data, request.user
        new = NewTime(told["due"], told["reason"])
        if not given:
            retiming.unseen(promise, new, by=me, now=now)
        elif by_letter:
            retiming.by_letter(promise, new, by=me, now=now)
        else:
            retiming.by_call(promise, new, told["said"], told["spoke_at"] or now, by=me, now=now)

    said = _("Now tell them: it has its new time once this letter leaves.") if by_letter else _("It has another time.")
    answer = deed(request, case, "desk/case/promise_moved.html", form, move, said=said, promise=promise)
    if by_letter and request.method == "POST" and answer.status_code < HTTPStatus.BAD_REQUEST:
        return go(request, f"{reverse('case', args=[case.pk])}?write=letter#composer")
    return answer


@require_http_methods(["GET", "POST"])
@wants("case.promise")
def released(request: DeskRequest, promise_id: int) -> HttpResponseBase:
    """The customer lets us off."""
    promise, case = promise_and_case(request, promise_id)
    form = ReasonForm(request.POST or None)

    def let_off(now: datetime) -> None:
        promising.let_off(promise, form.cleaned_data["reason"], by=request.user, now=now)

    return deed(request, case, "desk/case/promise_released.html", form, let_off, said=_("Let off."), promise=promise)


@require_GET
@wants("case.see")
def why(request: DeskRequest, promise_id: int) -> HttpResponseBase:
    """Why it is due then: every minute that was counted."""
    promise, case = promise_and_case(request, promise_id, "case.see")
    shown = why_of(promise, timezone.now(), may_edit=can(request.actor, "hours.edit", case.brand_id))
    context = {"case": case, "why": shown, "name": name_of(promise, case.customer.first_name)}
    return sheet(request, "desk/case/promise_why.html", context)


def deed(
    request: DeskRequest,
    case: Case,
    template: str,
    form: forms.Form,
    do: Callable[[datetime], None],
    *,
    said: str,
    promise: Promise | None = None,
) -> HttpResponseBase:
    """A sheet with one form about a promise: shown, done, or shown again with what is wrong.

    A form may bring likely `times` of its own.
    """
    now = timezone.localtime()
    context: dict[str, Any] = {
        "form": form,
        "case": case,
        "promise": promise,
        "name": name_of(promise, case.customer.first_name) if promise else "",
        "times": getattr(form, "times", None) or likely_times(calendars.of_case(case), now, zone_of(case)),
    }
    if not form.is_valid():
        return sheet(request, template, context, 422 if form.is_bound else 200)
    try:
        do(now)
    except PromiseError as error:
        form.add_error(None, str(error))
        return refused(request, template, context)
    return done(request, case, said)


def keeps_elsewhere(promise: Promise) -> str:
    """Where it is kept when not here: by a partner's yes, or by what is decided on its rung; empty for the rest."""
    if promise.depends_on_id is not None:
        return reverse("promise_answered", args=[promise.depends_on_id])
    rung = Escalation.objects.filter(promise=promise).first() if promise.kind == Promise.Kind.RUNG else None
    return reverse("rung_decided", args=[rung.pk]) if rung is not None else ""


def promise_and_case(request: DeskRequest, promise_id: int, verb: str = "case.promise") -> tuple[Promise, Case]:
    """The promise and its case, both open to the member for this."""
    promise = get_object_or_404(Promise.objects.select_related("case__brand", "promisor", "partner"), pk=promise_id)
    return promise, living_case(request, promise.case_id, verb)
