"""A call is written up: how it went, how long it was, what was said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.models import Case
from amends.clock.promises import PromiseError
from amends.desk.access import DeskRequest, wants
from amends.desk.composer_shown import Problem
from amends.desk.doors import SeeOther, done, living_case
from amends.desk.forms.calls import CallForm
from amends.desk.forms.ladder import HeardForm
from amends.desk.once import once
from amends.desk.views.case import show
from amends.desk.views.deeds import Deed, deed
from amends.desk.written import written_in
from amends.flows import calling, starting
from amends.people.models import Member
from amends.ui.moments import by_when


@require_http_methods(["GET", "POST"])
@wants("case.reply")
@once
def heard(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """The customer rang: what they said, and whether they were sent around."""
    case = living_case(request, case_id, "case.reply")
    form = HeardForm(request.POST or None)

    def hear(now: datetime) -> None:
        starting.hear_call(case, form.rang, by=request.user, now=now)

    title = _("They rang")
    what = Deed(
        title, _("Write it down"), "phone-incoming", _("Written down."), case.title, refuses=(starting.EmptyCall,)
    )
    return deed(request, case, form, hear, what)


@require_http_methods(["GET", "POST"])
@wants("case.reply")
@once
def write(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """What was said on the phone counts as our answer; that nobody took it counts as a try (C4.2)."""
    case = living_case(request, case_id, "case.reply")
    if request.method == "GET":
        return SeeOther(f"{reverse('case', args=[case.pk])}?write=call#composer")
    written, form, now = written_in(request.POST), CallForm(request.POST), timezone.now()
    ticked = tuple(request.POST.getlist("tick"))
    try:
        said = _write_up(case, written.text, form, ticked, by=request.user, now=now)
    except (starting.EmptyCall, PromiseError) as error:
        problem = Problem(error=str(error), written=written, call=form, ticked=ticked)
        return show(request, case, now, write="call", problem=problem, status=422)
    return done(request, case, said)


def _write_up(case: Case, words: str, form: CallForm, ticked: Collection[str], *, by: Member, now: datetime) -> str:
    """What is said of it then. Raises EmptyCall with what is missing, and PromiseError."""
    if not form.is_valid():
        raise starting.EmptyCall(next(error for errors in form.errors.values() for error in errors))
    outcome = form.cleaned_data["outcome"]
    if outcome == CallForm.REACHED:
        starting.write_up_call(case, words, by=by, now=now, seconds=form.seconds, ticked=ticked)
        return ""
    left_message = outcome == CallForm.MESSAGE
    after = calling.nobody_answered(case, words, left_message=left_message, by=by, now=now)
    if after is None:
        return _("Written down: nobody answered. The call is still owed.")
    due = by_when(timezone.localtime(after.due), timezone.localtime(now), name_today=True, within=True)
    return _("Tried twice, and a message left. The next call is promised by %(due)s.") % {"due": due}
