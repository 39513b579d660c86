"""Where a page that has been open for long listens on."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from amends.desk.access import DeskRequest, wants
from amends.desk.frame import live_url


@require_GET
@wants("case.see")
def address(request: DeskRequest) -> HttpResponseBase:
    """The event stream's address with a new ticket: the one that the page was drawn with does not last."""
    return HttpResponse(live_url(request, request.actor), content_type="text/plain")
