"""Ask whom the house has named for a draft or a summary, and take it over: never by itself, never instead of words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.drafts import DraftGone, DraftTaken
from amends.cases.models import Case
from amends.channels.message import ChannelError
from amends.coach.prompts import Kind
from amends.desk.access import DeskRequest, wants
from amends.desk.coach_shown import coach_of
from amends.desk.doors import go, living_case, look_at, refused, sheet
from amends.desk.once import once
from amends.flows import suggesting
from amends.people.models import Connector
from amends.ui.moments import clock_time

TEMPLATE = "desk/case/suggestion.html"


@require_http_methods(["GET", "POST"])
@wants("case.suggest")
def suggestion(request: DeskRequest, case_id: int, kind: str) -> HttpResponseBase:
    """What would leave the desk; a POST asks, one with `text` takes that over into one's draft.

    It is asked here, in the request: whoever pressed the key waits before the sheet and may close it, a row in a queue
    would keep words that nobody has taken, and `completions.AT_ONCE` leaves the other threads to the pages.
    """
    if request.method == "POST" and "text" in request.POST:
        return _take(request, case_id=case_id, kind=kind)
    return _sheet(request, *_offered(request, case_id, kind))


def _offered(request: DeskRequest, case_id: int, kind: str) -> tuple[Case, Connector, Kind]:
    if kind not in suggesting.DRAFTS:
        raise Http404
    case = living_case(request, case_id, "case.suggest")
    connector = suggesting.offered(case, kind)
    if connector is None:
        raise Http404(_("Nobody is asked for suggestions here."))
    return case, connector, kind


def _sheet(request: DeskRequest, case: Case, connector: Connector, kind: Kind) -> HttpResponse:
    now = timezone.now()
    look = look_at(request, case, now)
    mine = look.draft(suggesting.DRAFTS[kind])
    context: dict[str, Any] = {"case": case, "connector": connector, "kind": kind, "begun": mine and mine.text.strip()}
    try:
        asked = suggesting.question(case, connector, kind, by=request.user, now=now)
    except suggesting.Withheld as why:
        return sheet(request, TEMPLATE, {**context, "withheld": str(why)}, 200 if request.method == "GET" else 422)
    context["messages_sent"] = asked.messages
    if request.method == "GET":
        return sheet(request, TEMPLATE, context)
    try:
        words = suggesting.ask(asked, case, by=request.user, now=now, request=request)
    except ChannelError as error:
        return refused(request, TEMPLATE, {**context, "wrong": str(error)})
    coach = coach_of(words, case, look) if kind == "draft" else None
    told = {"words": words, "coach": coach, "at": clock_time(timezone.localtime(now))}
    return sheet(request, TEMPLATE, {**context, **told})


@once  # not around the asking: no transaction waits for the network
def _take(request: DeskRequest, case_id: int, kind: str) -> HttpResponseBase:
    case, connector, wanted = _offered(request, case_id, kind)
    write = suggesting.DRAFTS[wanted]
    composer = f"{reverse('case', args=[case.pk])}?write={write}#composer"
    words = request.POST["text"]
    if not words.strip():
        return go(request, composer)
    try:
        suggesting.take(case, connector, wanted, words, by=request.user, now=timezone.now())
    except DraftTaken as taken:
        return go(request, composer, _("%(name)s is writing this.") % {"name": taken.draft.author.name})
    except DraftGone:
        return go(request, composer, _("The draft has left or was thrown away meanwhile."))
    return go(request, composer)
