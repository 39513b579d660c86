"""A call is written up."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.desk.access import DeskRequest, wants
from amends.desk.composer_shown import Problem
from amends.desk.doors import SeeOther, done, living_case
from amends.desk.forms.ladder import HeardForm
from amends.desk.once import once
from amends.desk.views.case import show
from amends.desk.views.deeds import Deed, deed
from amends.desk.written import written_in
from amends.flows import starting


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
    """What was said on the phone counts as our answer."""
    case = living_case(request, case_id, "case.reply")
    if request.method == "GET":
        return SeeOther(f"{reverse('case', args=[case.pk])}?write=call#composer")
    written = written_in(request.POST)
    now = timezone.now()
    try:
        starting.write_up_call(case, written.text, by=request.user, now=now)
    except starting.EmptyCall as error:
        problem = Problem(error=str(error), written=written)
        return show(request, case, now, write="call", problem=problem, status=422)
    return done(request, case)
