"""Find or do."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from amends.desk import found
from amends.desk.access import DeskRequest, wants

ON_THE_PAGE = 30
LONGEST = 200


@require_GET
@wants("case.see")
def palette(request: DeskRequest) -> HttpResponseBase:
    """What fits `?q=`: people, cases, deeds. Without script it is the page of results."""
    text = _asked(request)
    if not request.htmx:
        return redirect(f"{reverse('search')}?{request.GET.urlencode()}")
    hits = found.find(text, request.actor, limit=found.IN_PALETTE)
    offered = found.deeds(text, request.actor, request.headers.get("Referer", ""))
    nothing = bool(text) and hits.nothing and not offered
    new = found.for_new_case(text, request.actor) if nothing else None
    deeds = _once([*hits.deeds, *offered, *([new] if new else [])])
    context = {"found": hits, "deeds": deeds, "text": text, "nothing": nothing}
    return render(request, "desk/search/palette.html", context)


@require_GET
@wants("case.see")
def search(request: DeskRequest) -> HttpResponseBase:
    """A page of people and cases that fit `?q=`."""
    text = _asked(request)
    hits = found.find(text, request.actor, limit=ON_THE_PAGE)
    new = found.for_new_case(text, request.actor) if text and hits.nothing else None
    return render(request, "desk/search/page.html", {"found": hits, "text": text, "new": new})


def _asked(request: DeskRequest) -> str:
    return request.GET.get("q", "")[:LONGEST].replace("\x00", "").strip()


def _once(options: list[found.Option]) -> list[found.Option]:
    return list({option.url: option for option in options}.values())
