"""What a case is about and who may see it; and the path for abuse of the people here (A077, ES8)."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.clock import calendars
from amends.desk.access import DeskRequest, wants
from amends.desk.doors import living_case
from amends.desk.forms.ladder import AbuseForm, MatterForm
from amends.desk.once import once
from amends.desk.times import likely_times
from amends.desk.views.deeds import Deed, deed
from amends.flows import abuse, matter
from amends.flows.abuse import AbuseError
from amends.flows.judging import JudgingError


@require_http_methods(["GET", "POST"])
@wants("case.matter")
def matter_of(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Order, cause, severity, occasion, and whether only those see it who need it."""
    case = living_case(request, case_id, "case.matter")
    before = matter.of(case)
    form = MatterForm(request.POST or None, instance=case)

    def change(now: datetime) -> None:
        matter.change(case, before, {name: form.cleaned_data[name] for name in before}, by=request.user, now=now)

    intro = _("Clocks are counted anew from the same start. What the customer was told does not become later.")
    what = Deed(_("What it is about"), _("Save"), "tag", _("Saved."), case.title, intro, refuses=(JudgingError,))
    return deed(request, case, form, change, what)


@require_http_methods(["GET", "POST"])
@wants("case.escalate")
@once
def abused(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Warn, pause, a second person: never a slower answer for having been loud."""
    case = living_case(request, case_id, "case.escalate")
    now = timezone.localtime()
    form = AbuseForm(request.POST or None, choices=abuse.choices(case, now))

    def act(at: datetime) -> None:
        told = form.cleaned_data
        abuse.act(case, told["what"], told["why"], until=told["due"], by=request.user, now=at)

    intro = _(
        "For words and deeds that nobody here must bear. Anger about what we did wrong is none: help first. What the "
        "case needs, and how soon, stays as it is."
    )
    times = likely_times(calendars.of_case(case), now)
    more = {"times": times, "times_legend": _("If you pause: until when")}
    what = Deed(
        _("Abuse of people here"), _("Do it"), "shield", _("Done."), case.title, intro, refuses=(AbuseError,), more=more
    )
    return deed(request, case, form, act, what)
