"""A call that reached nobody; what a partner shall do, and what they said to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.clock.models import Promise
from amends.desk import zones
from amends.desk.access import DeskRequest, wants
from amends.desk.doors import living_case
from amends.desk.forms.calls import TriedForm
from amends.desk.forms.promises import PartnerAskedForm, PartnerSaidForm
from amends.desk.once import once
from amends.desk.times import as_likely
from amends.desk.views.promise import deed, promise_and_case
from amends.flows import calling, partnering

ASK_WITHIN = timedelta(minutes=30)
"""What "at once" means (`promise.now`)."""


@require_http_methods(["GET", "POST"])
@wants("case.promise")
@once
def tried(request: DeskRequest, promise_id: int) -> HttpResponseBase:
    """Nobody answered."""
    promise, case = promise_and_case(request, promise_id)
    if promise.kind != Promise.Kind.CALLBACK:
        raise Http404(_("Only a call can be tried."))
    offered = as_likely(calling.next_window(promise), timezone.localtime())
    form = TriedForm(request.POST or None, times=[offered])

    def attempt(now: datetime) -> None:
        told = form.cleaned_data
        calling.attempt(promise, left_message=told["left_message"], by=request.user, now=now, due=told["due"])

    said = _("Written down.")
    return deed(request, case, "desk/case/promise_tried.html", form, attempt, said=said, promise=promise)


@require_http_methods(["GET", "POST"])
@wants("case.promise")
@once
def ask(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """A partner shall do something, and we ask them."""
    case = living_case(request, case_id, "case.promise")
    form = PartnerAskedForm(request.POST or None)

    def promise(now: datetime) -> None:
        told = form.cleaned_data
        ask_by = told["ask_by"] or min(now + ASK_WITHIN, told["due"])
        asked = partnering.Asked(told["partner"], told["act"], told["due"], ask_by, told["beneficiary"])
        partnering.ask(case, asked, by=request.user, now=now)

    said = _("Promised. Ask them, and write down what they say.")
    return deed(request, case, "desk/case/partner_asked.html", form, promise, said=said)


@require_http_methods(["GET", "POST"])
@wants("case.promise")
@once
def answered(request: DeskRequest, promise_id: int) -> HttpResponseBase:
    """The partner said yes, or no."""
    promise, case = promise_and_case(request, promise_id)
    if promise.source != Promise.Source.PARTNER:
        raise Http404(_("This is our own promise, not a partner’s."))
    zone = promise.partner.time_zone if promise.partner is not None else "UTC"
    form = PartnerSaidForm(request.POST or None, clock=zones.clock_in(ZoneInfo(zone), timezone.now()))

    def write_down(now: datetime) -> None:
        told = form.cleaned_data
        answer = partnering.said_yes if told["answer"] == PartnerSaidForm.YES else partnering.said_no
        answer(promise, told["words"], by=request.user, now=now)

    yes = request.POST.get("answer") == PartnerSaidForm.YES
    said = _("They said yes. Tell the customer within the hour.") if yes else _("Then we do it. The step says by when.")
    return deed(request, case, "desk/case/partner_said.html", form, write_down, said=said, promise=promise)
