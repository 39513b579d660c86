"""What policy packs ask of a case (ES7)."""

from __future__ import annotations

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amends.cases.drafts import DraftGone, DraftTaken
from amends.clock.models import Promise
from amends.desk.access import DeskRequest, wants
from amends.desk.doors import done, go, living_case, refused, sheet
from amends.desk.forms.case import line
from amends.desk.packs_shown import law_of
from amends.desk.promises_shown import name_of
from amends.flows import lawful
from amends.people.permissions import can


class LongerForm(forms.Form):
    """Why it takes longer, and how they were told."""

    reason = line(
        gettext_lazy("Why it takes longer, and how the customer was told"),
        missing=gettext_lazy("Say why it takes longer, and how the customer was told."),
        opens_here=True,
    )


@require_http_methods(["GET", "POST"])
@wants("case.promise")
def law(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """What is owed by policy packs; begin a stage (`begin`), or a letter (`letter`)."""
    case = living_case(request, case_id, "case.promise")
    now = timezone.localtime()
    problem = ""
    if request.method == "POST":
        try:
            if "letter" in request.POST:
                lawful.write_letter(case, request.POST["letter"], by=request.user, now=now)
                return go(request, f"{reverse('case', args=[case.pk])}?write=letter#composer")
            lawful.begin(case, request.POST.get("begin", ""), by=request.user, now=now)
            return done(request, case, _("It has begun. The clock runs."))
        except lawful.LawError as error:
            problem = str(error)
        except DraftTaken as taken:
            problem = _("%(name)s is writing here. Begin the letter when they are done.") % {
                "name": taken.draft.author.name
            }
        except DraftGone:
            problem = _("Another letter is leaving just now. Try again in a moment.")
    may_write = can(request.actor, "case.reply", case.brand_id)
    context = {"case": case, "law": law_of(case, now, may_write=may_write), "problem": problem}
    return sheet(request, "desk/case/law.html", context, 422 if problem else 200)


@require_http_methods(["GET", "POST"])
@wants("case.promise")
def longer(request: DeskRequest, promise_id: int) -> HttpResponseBase:
    """Take the longer time that a policy pack allows."""
    promise = get_object_or_404(Promise.objects.select_related("case__customer", "promisor"), pk=promise_id)
    case = living_case(request, promise.case_id, "case.promise")
    form = LongerForm(request.POST or None)
    context = {"form": form, "case": case, "name": name_of(promise, case.customer.first_name)}
    if not form.is_valid():
        return sheet(request, "desk/case/longer.html", context, 422 if form.is_bound else 200)
    try:
        lawful.extend(promise, form.cleaned_data["reason"], by=request.user, now=timezone.now())
    except lawful.LawError as error:
        form.add_error(None, str(error))
        return refused(request, "desk/case/longer.html", context)
    return done(request, case, _("It has another time."))
