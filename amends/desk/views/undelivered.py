"""Letters that did not arrive, or may not have: the list, send again, leave it (features 5)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amends.channels.models import Delivery
from amends.desk.access import DeskRequest, case_for, wants
from amends.desk.doors import SeeOther
from amends.desk.undelivered_shown import rows
from amends.flows import undelivered as flow


@require_GET
@wants("case.see")
def undelivered(request: DeskRequest) -> HttpResponseBase:
    """What failed, came back, is in doubt, or waits after a try that did not work."""
    shown = rows(request, timezone.now())
    wanting = sum(row.may_leave for row in shown)
    return render(request, "desk/undelivered.html", {"rows": shown, "wanting": wanting})


@require_POST
@wants("case.reply")
def again(request: DeskRequest, delivery_id: int) -> HttpResponseBase:
    """Send a letter once more, under the same Message-ID; those who have got it are left out."""
    delivery = _delivery(request, delivery_id)
    if flow.send_again(delivery, by=request.user, now=timezone.now()):
        messages.success(request, _("It is on its way again."))
    else:
        messages.info(request, _("There is nothing to send again: it left, or is being sent just now."))
    return _back(request, delivery)


@require_POST
@wants("case.reply")
def leave(request: DeskRequest, delivery_id: int) -> HttpResponseBase:
    """Leave a letter as it is: it goes from the list, and the case says who left it."""
    delivery = _delivery(request, delivery_id)
    if flow.leave(delivery, by=request.user, now=timezone.now()):
        messages.success(request, _("Left as it is. The case says so."))
    else:
        messages.info(request, _("Somebody has seen to it already."))
    return _back(request, delivery)


def _delivery(request: DeskRequest, delivery_id: int) -> Delivery:
    found = Delivery.objects.select_related("case").filter(pk=delivery_id).first()
    if found is None:
        raise Http404(_("There is no such letter."))
    case_for(request, found.case_id, "case.reply")
    return found


def _back(request: DeskRequest, delivery: Delivery) -> SeeOther:
    """Where the button was: on the case, or in the list."""
    if request.POST.get("from") == "case":
        return SeeOther(reverse("case", args=[delivery.case_id]))
    return SeeOther(reverse("undelivered"))
