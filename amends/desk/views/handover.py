"""Hand a case over, warm (CV8)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.models import Case
from amends.desk.access import DeskRequest, wants
from amends.desk.colleagues_shown import colleagues_of
from amends.desk.coming import summary_for
from amends.desk.doors import done, living_case, refused, sheet
from amends.desk.forms.case import HandoverForm
from amends.flows import handover, looking, new_name
from amends.people.models import Member

NAME = "{name}"
"""Stands in the words to the customer until a colleague is chosen."""


@require_http_methods(["GET", "POST"])
@wants("case.hand_over")
def hand_over(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Choose who has it now; the summary comes with last words and what is owed."""
    case = living_case(request, case_id, "case.hand_over")
    now = timezone.localtime()
    form = HandoverForm(request.POST or None, initial={"summary": summary_for(case, now), "tell": _told(case)})
    if not new_name.offered(case):
        del form.fields["tell"]
    context = {"form": form, "case": case, "colleagues": colleagues_of(case, now), "chosen": request.POST.get("to", "")}
    if not form.is_valid():
        return sheet(request, "desk/case/handover.html", context, 422 if form.is_bound else 200)
    to = looking.member_or_none(form.cleaned_data["to"])
    try:
        if to is None:
            raise handover.HandoverError(_("Choose who has it now."))
        tell = form.cleaned_data.get("tell", "").replace(NAME, to.name)
        handover.hand_over(case, to, form.cleaned_data["summary"], by=request.user, now=now, tell=tell)
    except handover.HandoverError as error:
        form.add_error("summary" if not form.cleaned_data["summary"].strip() else "to", str(error))
        return refused(request, "desk/case/handover.html", context)
    return done(request, case, _("%(name)s has the case now.") % {"name": to.name})


def _told(case: Case) -> str:
    """The words to the customer, if the brand wants any."""
    return new_name.words_for(case, Member(name=NAME), None) if case.brand.tell_new_name else ""
