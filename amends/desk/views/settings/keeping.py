"""How long closed cases are kept: the days, what would go under them, and what is held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from amends.cases.models import Hold
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.keeping import KeepingForm
from amends.desk.views.settings.frame import saved, show
from amends.flows import forgotten
from amends.flows import keeping as flow

SHOWN = 50
"""Cases that are named; the others are counted."""


@require_http_methods(["GET", "POST"])
@wants("retention.edit")
def keeping(request: DeskRequest) -> HttpResponseBase:
    """The page. `look` shows what would go under the days that were typed; only `save` saves them."""
    now, known = timezone.now(), flow.rules()
    if request.method != "POST":
        return _page(request, KeepingForm(initial=known), known, now)
    form = KeepingForm(request.POST)
    if not form.is_valid():
        return _page(request, form, known, now)
    if "save" not in request.POST:
        return _page(request, form, form.days(), now, tried=form.days() != known)
    for channel in flow.CHANNELS:
        if form.days().get(channel) != known.get(channel):
            flow.set_days(channel, form.days().get(channel), by=request.user, request=request)
    return saved(request, "keeping")


def _page(
    request: DeskRequest, form: KeepingForm, days: Mapping[str, int], now: datetime, *, tried: bool = False
) -> HttpResponseBase:
    due = flow.due(now, days).select_related("closure", "brand")
    holds = Hold.objects.select_related("case", "customer", "by").order_by("-at")[:SHOWN]
    context = {
        "form": form,
        "due": due[:SHOWN],
        "count": due.count(),
        "holds": holds,
        "tried": tried,
        "owed": forgotten.owed(),
    }
    return show(request, "keeping", "desk/settings/keeping.html", **context)
