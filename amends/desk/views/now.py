"""Now: what is owed, by the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from amends.cases.next_step import MOST_COUNTED
from amends.desk import alarms_shown, emptiness, heading, my_day, notices, queue, whose
from amends.desk.access import DeskRequest, brands_of, wants
from amends.desk.queue import From, Owed, Queue
from amends.desk.whose import Scope
from amends.people.permissions import can


@require_GET
@wants("case.see")
def now(request: DeskRequest) -> HttpResponseBase:
    """The first page of the list, with everything around it."""
    return render(request, "desk/now/page.html", _context(request, timezone.now(), From(), queue.SIZE))


@require_GET
@wants("case.see")
def rows(request: DeskRequest) -> HttpResponseBase:
    """The next rows after a key; without one the list again, as far as it is shown. Whole as a page too."""
    moment, start = timezone.now(), From.of(request.GET.dict())
    size = queue.SIZE if start.after else queue.again(request.GET.getlist("shown"))
    if not request.htmx:
        return render(request, "desk/now/page.html", _context(request, moment, start, size))
    if start.after:
        scope = whose.chosen(request, [*whose.scopes(request.actor), *whose.perils(request.actor)])
        more = _page(request, scope, moment, queue.owed(scope.whose, moment), start, size)
        return render(request, "desk/now/rows.html", {"queue": more})
    return render(request, "desk/now/fresh.html", _context(request, moment, start, size))


@require_POST
@wants("case.see")
def naming_seen(request: DeskRequest, naming_id: int) -> HttpResponseBase:
    """Put a colleague's words away."""
    notices.seen(request.user, naming_id, timezone.now())
    return HttpResponse() if request.htmx else redirect("now")


def _context(request: DeskRequest, moment: datetime, start: From, size: int) -> dict[str, Any]:
    offered, perils = whose.scopes(request.actor), whose.perils(request.actor)
    scope = whose.chosen(request, [*offered, *perils])
    counts = queue.owed(scope.whose, moment)
    page = _page(request, scope, moment, counts, start, size)
    brand_ids = brands_of(request)
    may_mend = can(request.actor, "mailboxes.edit")
    namings, alarms = notices.waiting(request.user, moment)
    rows = [row for group in page.groups for row in group.rows]
    return {
        "moment": timezone.localtime(moment),
        "heading": heading.owed(counts.groups["late"], counts.groups["today"], MOST_COUNTED - 1),
        "segments": _segments(offered, whose.counted_perils(perils), scope, counts.count),
        "day": my_day.day_of(request.user, rows, moment, brand_ids=brand_ids) if scope.key == whose.MINE else None,
        "alarms": alarms_shown.for_you(request.user, brand_ids, moment, request.actor.hidden) if alarms else [],
        "known": notices.for_you(request.user, brand_ids, request.actor.hidden) if namings else [],
        "troubles": [
            *(notices.troubles(moment, may_mend=may_mend) if request.actor.sees_all_brands else []),
            *(notices.scanner(moment) if request.actor.sees_all_brands else []),
            *(notices.bad_packs() if can(request.actor, "packs.edit") else []),
        ],
        "queue": page,
        "begins_later": start.after is not None,
        "empty": emptiness.of(request.actor, scope, offered, moment) if not page.groups else None,
        "may_open": can(request.actor, "case.open"),
    }


def _page(request: DeskRequest, scope: Scope, moment: datetime, counts: Owed, start: From, size: int) -> Queue:
    acting = can(request.actor, "case.reply")
    return queue.page(scope, request.user, moment, counts=counts, start=start, size=size, acting=acting)


def _segments(
    offered: list[Scope], perils: list[tuple[Scope, int]], current: Scope, count: str
) -> list[dict[str, Any]]:
    """The views, when there is a choice; each with what is owed in it. Who may be lost stands there when somebody may."""
    shown = [(scope, count if scope is current else scope.counted()) for scope in offered]
    shown += [(scope, whose.capped(many)) for scope, many in perils if many or scope is current]
    if len(shown) < 2:
        return []
    return [
        {"url": f"?view={scope.key}", "label": scope.label, "count": many, "current": scope is current}
        for scope, many in shown
    ]
