"""Offers and their answers, and what shows how it stands (C3.4, C5.1)."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.models import Case, Entry
from amends.desk.access import DeskRequest, wants
from amends.desk.doors import living_case
from amends.desk.forms.ladder import EvidenceOfForm, OfferAnswerForm, OfferForm
from amends.desk.once import once
from amends.desk.views.deeds import Deed, deed
from amends.flows import offering
from amends.flows.offering import OfferError


@require_http_methods(["GET", "POST"])
@wants("case.promise")
@once
def made(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Write down what was offered."""
    case = living_case(request, case_id, "case.promise")
    form = OfferForm(request.POST or None)

    def make(now: datetime) -> None:
        letter = offering.our_last_letter(case) if form.cleaned_data["in_letter"] else None
        offering.make(case, form.cleaned_data["what"], by=request.user, now=now, letter=letter)

    said = _("Written down. Now it is the customer's word that counts.")
    what = Deed(_("Write down an offer"), _("Offered"), "gift", said, case.title, refuses=(OfferError,))
    return deed(request, case, form, make, what)


@require_http_methods(["GET", "POST"])
@wants("case.promise")
@once
def answered(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Write down what the customer said to it."""
    case = living_case(request, case_id, "case.promise")
    form = OfferAnswerForm(request.POST or None)

    def answer(now: datetime) -> None:
        told = form.cleaned_data
        offering.answer(case, told["how"], told["words"], by=request.user, now=now)

    what = Deed(
        _("What they said to the offer"),
        _("Write it down"),
        "message-circle",
        _("Written down."),
        case.title,
        shown=_offered(case),
        refuses=(OfferError,),
    )
    return deed(request, case, form, answer, what)


@require_http_methods(["GET", "POST"])
@wants("case.promise")
@once
def witnessed(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Write down what the customer did elsewhere."""
    case = living_case(request, case_id, "case.promise")
    form = EvidenceOfForm(request.POST or None)

    def witness(now: datetime) -> None:
        told = form.cleaned_data
        offering.witness(case, told["kind"], told["words"], by=request.user, now=now)

    title = _("What they did elsewhere")
    what = Deed(title, _("Write it down"), "flag", _("Written down."), case.title, refuses=(OfferError,))
    return deed(request, case, form, witness, what)


def _offered(case: Case) -> list[str]:
    """The newest offer: what their answer is about."""
    made = Entry.objects.filter(case=case, kind="offer.made").order_by("-pk").first()
    return [str(made.data.get("what", ""))] if made is not None else []
