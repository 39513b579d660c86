"""What was read in a letter, and where it was read wrongly."""

from __future__ import annotations

from collections.abc import Sequence
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
from amends.desk.whole import whole
from amends.flows import correcting, thanking
from amends.people.models import Member
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
    to_thank = thanking.to_thank(entry, reading)
    context = {
        "case": case,
        "entry": entry,
        "heard": heard_of(entry, reading),
        "stances": stances(),
        "to_thank": to_thank,
        "may_correct": can(request.actor, "reading.correct", case.brand_id),
    }
    if request.method != "POST":
        return sheet(request, TEMPLATE, context)
    try:
        said = _do(request, entry, to_thank, timezone.now())
    except (correcting.CorrectionError, thanking.ThanksError) as error:
        return refused(request, TEMPLATE, {**context, "wrong": str(error)})
    return done(request, case, said)


def _do(request: DeskRequest, entry: Entry, to_thank: Sequence[Member], now: datetime) -> str:
    if not (chosen := whole(request.POST.get("thank", ""))):
        _correct(request, entry, now)
        return _("Noted. The reader learns from it.")
    to = next((one for one in to_thank if one.pk == chosen), None)
    if to is None:
        raise thanking.ThanksError(_("They were told already, or this letter does not thank them."))
    thanking.pass_on(entry, to, by=request.user, now=now)
    return _("%(name)s hears of it.") % {"name": to.name}


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
