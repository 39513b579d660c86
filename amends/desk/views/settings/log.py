"""The audit log, for admins: newest first, by kind of deed and by person."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from amends.desk import log_shown
from amends.desk.access import DeskRequest, wants
from amends.desk.views.settings.frame import show
from amends.desk.whole import whole


@require_GET
@wants("log.read")
def log(request: DeskRequest) -> HttpResponseBase:
    """One page; `?before=` goes on below a record."""
    asked = log_shown.Asked(
        request.GET.get("deed", ""), whole(request.GET.get("who", "")), whole(request.GET.get("before", ""))
    )
    return show(request, "log", "desk/settings/log.html", log=log_shown.log(asked))
