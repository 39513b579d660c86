"""Who else is on this case (CV12)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from amends.cases import presence
from amends.desk.access import DeskRequest, wants
from amends.desk.doors import living_case


@require_http_methods(["GET", "POST"])
@wants("case.see")
def beat(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """GET tells who is here; POST says that one is here oneself, and with `typing` that one writes."""
    case = living_case(request, case_id, "case.see")
    now = timezone.now()
    if request.method == "POST":
        presence.here(case, request.user, writing=bool(request.POST.get("typing")), now=now)
    others = presence.others(case, request.user, now)
    return render(request, "desk/case/presence.html", {"case": case, "others": others})
