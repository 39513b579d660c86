"""Promises: what is owed by day and by person, the partners' included (SL6)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from amends.desk import agenda
from amends.desk.access import DeskRequest, wants


@require_GET
@wants("case.see")
def promises(request: DeskRequest) -> HttpResponse:
    """A page of the agenda; for htmx its next rows, or the whole list again."""
    now = timezone.now()
    shown = agenda.page(request, now)
    part = "desk/promises/rows.html" if shown.begins_later else "desk/promises/list.html"
    context = {"agenda": shown, "moment": timezone.localtime(now), "again_url": request.get_full_path()}
    return render(request, part if request.htmx and not request.htmx.boosted else "desk/promises/page.html", context)
