"""What was read in a letter, and where it was read wrongly."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.models import Entry, LetterReading
from amends.desk.access import DeskRequest, case_for, wants
from amends.desk.doors import done, refused, sheet
from amends.desk.heard_shown import heard_of, stances
from amends.desk.once import once
from amends.desk.views.files import letter_for
from amends.flows import correcting
from amends.people.permissions import can

TEMPLATE = "desk/case/heard.html"


@require_http_methods(["GET", "POST"])
@wants("case.see")
@once
def heard(request: DeskRequest, entry_id: int) -> HttpResponseBase:
    """Each label with its words; whoever works on the case says what is not so, and what is missing."""
    entry = letter_for(request, entry_id, "case.see")
    case = case_for(request, entry.case_id, "reading.correct" if request.method == "POST" else "case.see")
    reading = LetterReading.objects.select_related("turner").filter(pk=entry.pk).first()
    if reading is None:
        raise Http404(_("This letter has not been read yet. It is in a few seconds."))
    context = {
        "case": case,
        "entry": entry,
        "heard": heard_of(entry, reading),
        "stances": stances(),
        "may_correct": can(request.actor, "reading.correct", case.brand_id),
    }
    if request.method != "POST":
        return sheet(request, TEMPLATE, context)
    try:
        _correct(request, entry, timezone.now())
    except correcting.CorrectionError as error:
        return refused(request, TEMPLATE, {**context, "wrong": str(error)})
    return done(request, case, _("Noted. The reader learns from it."))


def _correct(request: DeskRequest, entry: Entry, now: datetime) -> None:
    if label := request.POST.get("deny"):
        correcting.deny(entry, label, by=request.user, now=now)
    elif stance := request.POST.get("stance"):
        correcting.set_stance(entry, stance, by=request.user, now=now)
    else:
        correcting.add(entry, request.POST.get("label", ""), _span(request), by=request.user, now=now)


def _span(request: HttpRequest) -> tuple[int, int]:
    start, _dash, end = request.POST.get("words", "").partition("-")
    return (int(start), int(end)) if start.isdecimal() and end.isdecimal() and len(start + end) < 20 else (0, 0)
