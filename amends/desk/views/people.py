"""People: the list, and one person with all the years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from amends.cases.models import Hold
from amends.desk import acquaintance, acquaintances, found, learning, person_shown
from amends.desk.access import DeskRequest, brands_of, wants
from amends.desk.whole import whole
from amends.flows import forgotten, sight
from amends.people.models import Customer
from amends.people.permissions import can

LONGEST = 200


@require_GET
@wants("person.see")
def people(request: DeskRequest) -> HttpResponseBase:
    """Those who wrote last, or those who fit `?q=`."""
    text = request.GET.get("q", "")[:LONGEST].replace("\x00", "").strip()
    if text:
        hits = found.find(text, request.actor, limit=acquaintances.SIZE)
        return render(request, "desk/people/list.html", {"text": text, "found": hits})
    page = acquaintances.lately(brands_of(request), whole(request.GET.get("before", "")), hidden=request.actor.hidden)
    from_the_top = not (request.htmx and request.GET.get("before"))
    return render(request, f"desk/people/{'list' if from_the_top else 'more'}.html", {"text": "", "page": page})


@require_GET
@wants("person.see")
def person(request: DeskRequest, customer_id: int) -> HttpResponseBase:
    """One person."""
    return show(request, customer_in_sight(request, customer_id))


def show(request: DeskRequest, customer: Customer, refused: Mapping[str, Any] | None = None) -> HttpResponseBase:
    """The whole page; `refused` says in its forms what could not be kept, and why."""
    known = acquaintance.know(customer, brands_of(request), request.actor.hidden)
    now = timezone.now()
    context = {
        "customer": known.customer,
        "name": str(known.customer),
        "since": person_shown.since_line(known),
        "life": person_shown.life(known, now),
        "years": person_shown.years(known, now),
        "ways": person_shown.ways(known),
        "open_cases": person_shown.open_cases(known.open_cases, now),
        "facts": person_shown.facts(known),
        "telephone": person_shown.telephone(known),
        "fields": learning.fields_of(known.customer),
        "may_edit": can(request.actor, "person.edit"),
        "may_open": can(request.actor, "case.open"),
        "may_erase": can(request.actor, "person.erase"),
        "owed": forgotten.owed(customer) if can(request.actor, "person.erase") else [],
        "held": Hold.objects.filter(customer=customer).exists() if can(request.actor, "person.hold") else False,
    }
    return render(request, "desk/people/person.html", {**context, **(refused or {})}, status=422 if refused else 200)


def customer_in_sight(request: DeskRequest, customer_id: int) -> Customer:
    """The customer, when the member serves a brand that knows them; otherwise there is none."""
    customer = sight.in_sight(brands_of(request), request.actor.hidden).filter(pk=customer_id).first()
    if customer is None:
        raise Http404(_("There is no such person, or they know none of your brands."))
    return customer
