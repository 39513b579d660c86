"""The ladder on a case: ask for backup, join, decide, end; and the page for the president (ES1, ES2)."""

from __future__ import annotations

from datetime import datetime

from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from amends.cases.models import Case
from amends.clock.ladder import RUNGS
from amends.clock.models import Escalation
from amends.clock.rungs import RungError
from amends.desk import brief_shown, standing_shown
from amends.desk.access import DeskRequest, brands_of, wants
from amends.desk.doors import living_case
from amends.desk.forms.ladder import BackupForm, DecisionForm, EndForm
from amends.desk.ladder_shown import rung_name
from amends.desk.once import once
from amends.desk.views.deeds import Deed, deed
from amends.flows import escalating


@require_http_methods(["GET", "POST"])
@wants("case.escalate")
@once
def backup(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Somebody senior joins; one key, one line."""
    case = living_case(request, case_id, "case.escalate")
    form = BackupForm(request.POST or None)

    def ask(now: datetime) -> None:
        escalating.ask_for_backup(case, form.cleaned_data["why"], by=request.user, now=now)

    what = Deed(
        _("Ask for backup"), _("Ask"), "arrow-up", _("Somebody senior joins."), case.title, refuses=(RungError,)
    )
    return deed(request, case, form, ask, what)


@require_http_methods(["GET", "POST"])
@wants("case.escalate")
def joined(request: DeskRequest, rung_id: int) -> HttpResponseBase:
    """Join a rung on which nobody stands."""
    rung, case = _rung(request, rung_id)
    form = Form(request.POST if request.method == "POST" else None)

    def join(now: datetime) -> None:
        escalating.join(rung, by=request.user, now=now)

    said = _("You joined. The clock of your rung runs.")
    lines = [line for line in rung.summary.splitlines() if line]
    may = str(RUNGS[rung.rung].may)
    what = Deed(_("Join"), _("Join"), "arrow-up", said, rung_name(rung.rung), may, lines, (RungError,))
    return deed(request, case, form, join, what)


@require_http_methods(["GET", "POST"])
@wants("case.escalate")
def decided(request: DeskRequest, rung_id: int) -> HttpResponseBase:
    """Say what was decided."""
    rung, case = _rung(request, rung_id)
    form = DecisionForm(request.POST or None)

    def decide(now: datetime) -> None:
        told = form.cleaned_data
        escalating.decide_on(rung, told["words"], told["how"], by=request.user, now=now)

    what = Deed(
        _("Decide"),
        _("Decide it"),
        "scale",
        _("Decided. The owner sees it."),
        rung_name(rung.rung),
        str(RUNGS[rung.rung].may),
        [line for line in rung.summary.splitlines() if line],
        (RungError,),
    )
    return deed(request, case, form, decide, what)


@require_http_methods(["GET", "POST"])
@wants("case.escalate")
def ended(request: DeskRequest, rung_id: int) -> HttpResponseBase:
    """The case goes down again."""
    rung, case = _rung(request, rung_id)
    form = EndForm(request.POST or None)

    def end(now: datetime) -> None:
        escalating.end(rung, form.cleaned_data["reason"], by=request.user, now=now)

    what = Deed(
        _("Leave the rung"),
        _("Leave it"),
        "arrow-down",
        _("It left the rung."),
        rung_name(rung.rung),
        refuses=(RungError,),
    )
    return deed(request, case, form, end, what)


@require_GET
@wants("case.see")
def brief(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """One page, one case: for the president, to read and to print (ES2)."""
    case = living_case(request, case_id, "case.see")
    now = timezone.now()
    return render(request, "desk/case/brief.html", {"case": case, "brief": brief_shown.brief_of(case, now)})


@require_GET
@wants("case.see")
def of_house(request: DeskRequest) -> HttpResponseBase:
    """Who stands where, and whether the calm wait longer than the angry."""
    shown = standing_shown.house_ladder(timezone.now(), brands_of(request))
    return render(request, "desk/ladder.html", {"ladder": shown})


def _rung(request: DeskRequest, rung_id: int) -> tuple[Escalation, Case]:
    rung = get_object_or_404(Escalation.objects.select_related("case", "member", "promise"), pk=rung_id)
    return rung, living_case(request, rung.case_id, "case.escalate")
