"""The duty board."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from amends.desk.access import DeskRequest, wants
from amends.desk.duty_shown import board_of


@require_GET
@wants("case.see")
def duty(request: DeskRequest) -> HttpResponseBase:
    """Who is here, how much each carries, who is responsible."""
    return render(request, "desk/duty.html", {"board": board_of(request.actor, timezone.now())})
