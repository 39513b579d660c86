"""What we learn about a person: one field, or one more way to reach them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.desk import acquaintance, learning, person_shown
from amends.desk.access import DeskRequest, brands_of, wants
from amends.desk.beginning import whose
from amends.desk.views.people import customer_in_sight, show
from amends.flows import knowing, sight
from amends.people.customers import FIELDS, CustomerError
from amends.people.identities import IdentityError
from amends.ui.moments import clock_time


@require_POST
@wants("person.edit")
def know(request: DeskRequest, customer_id: int, field: str) -> HttpResponseBase:
    """Save one field; the answer offers the way back."""
    customer = customer_in_sight(request, customer_id)
    if field not in FIELDS:
        raise Http404
    value, now = request.POST.get("value", ""), timezone.now()
    try:
        before = knowing.learn(customer, field, value, by=request.user, request=request)
    except CustomerError as error:
        shown = learning.field_of(customer, field, value=value, error=str(error))
        if not request.htmx:
            fields = [shown if one.name == field else one for one in learning.fields_of(customer)]
            return show(request, customer, {"fields": fields})
        return render(request, "desk/people/field.html", {"field": shown, "may_edit": True}, status=422)
    if not request.htmx:
        messages.success(request, _("Saved %(time)s") % {"time": clock_time(timezone.localtime(now))})
        return redirect("person", customer_id)
    shown = learning.field_of(customer, field, saved_at=now, before=before)
    return render(request, "desk/people/field.html", {"field": shown, "may_edit": True})


@require_POST
@wants("person.edit")
def reach(request: DeskRequest, customer_id: int) -> HttpResponseBase:
    """One more address or number."""
    customer = customer_in_sight(request, customer_id)
    shown, error = request.POST.get("reach", "").replace("\x00", "").strip(), ""
    try:
        knowing.reach_also(customer, shown, timezone.now(), by=request.user, request=request)
    except IdentityError as problem:
        error = sight.refusal(problem, whose(shown, shown), request.user)
    wrong = {"reach_error": error, "reach_typed": shown} if error else {}
    if not request.htmx:
        return show(request, customer, wrong) if error else redirect("person", customer_id)
    known = acquaintance.know(customer, brands_of(request), request.actor.hidden)
    context = {"customer": customer, "ways": person_shown.ways(known), "may_edit": True, **wrong}
    return render(request, "desk/people/reach.html", context, status=422 if error else 200)
