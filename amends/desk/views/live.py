"""A fresh ticket for pages that stay open longer than theirs is good for."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from amends.desk.access import DeskRequest, wants
from amends.desk.live import ticket


@require_GET
@wants("case.see")
def renew(request: DeskRequest) -> HttpResponseBase:
    """The address of the event stream."""
    return HttpResponse(
        ticket.address(request.user.pk, session_key=request.session.session_key),
        content_type="text/plain; charset=utf-8",
    )
