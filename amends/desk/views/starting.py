"""A new case, begun by a member."""

from __future__ import annotations

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from amends.cases.models import Case
from amends.desk import acquaintance, person_shown
from amends.desk.access import DeskRequest, brands_of, in_brands, wants
from amends.desk.beginning import BeginningForm, filled, ways_of, whose
from amends.desk.once import once
from amends.desk.person_shown import OpenCase
from amends.desk.whole import whole
from amends.flows import sight, starting
from amends.people.identities import IdentityError
from amends.people.models import Brand, Customer


@wants("case.open")
@once
def new_case(request: DeskRequest) -> HttpResponseBase:
    """The form, and what it makes."""
    brands = list(in_brands(Brand.objects.all(), request, "pk"))
    if request.method == "POST":
        form = BeginningForm(request.POST, brands=brands)
        case = _start(request, form)
        if case is not None:
            return redirect("case", case.pk)
        return _page(request, form, _typed(request, request.POST), status=422)
    person = _person(request)
    form = BeginningForm(initial=filled(request.GET.dict(), person), brands=brands)
    return _page(request, form, person)


@require_GET
@wants("case.open")
def known(request: DeskRequest) -> HttpResponseBase:
    """Whoever has the typed address or number, and their open cases."""
    person = _typed(request, request.GET)
    context = {"person": person, "open_cases": _open_cases(request, person)}
    return render(request, "desk/people/known_already.html", context)


def _start(request: DeskRequest, form: BeginningForm) -> Case | None:
    if not form.is_valid():
        return None
    try:
        return starting.start(form.beginning(), by=request.user, now=timezone.now())
    except IdentityError as error:
        owner = whose("", form.cleaned_data["phone"])
        form.add_error("phone", sight.refusal(error, owner, request.user))
        return None


def _page(request: DeskRequest, form: BeginningForm, person: Customer | None, status: int = 200) -> HttpResponseBase:
    context = {"form": form, "person": person, "open_cases": _open_cases(request, person)}
    return render(request, "desk/people/new_case.html", context, status=status)


def _person(request: DeskRequest) -> Customer | None:
    asked = whole(request.GET.get("person", ""))
    if asked is None:
        return None
    in_sight = sight.in_sight(brands_of(request), request.actor.hidden)
    return in_sight.prefetch_related("identities").filter(pk=asked).first()


def _typed(request: DeskRequest, given: QueryDict) -> Customer | None:
    """The person whom the typed address belongs to, when the member may know them."""
    ways = ways_of(given.get("address", ""), given.get("phone", ""))
    brand_ids, hidden = brands_of(request), request.actor.hidden
    known = (sight.who_has(kind, value, brand_ids, hidden) for kind, value in ways)
    return next((person for person in known if person is not None), None)


def _open_cases(request: DeskRequest, person: Customer | None) -> list[OpenCase]:
    """Of the brands that the member serves; what is elsewhere stays unknown to them."""
    if person is None:
        return []
    return person_shown.open_cases(
        acquaintance.opened_by(person, brands_of(request), request.actor.hidden), timezone.now()
    )
