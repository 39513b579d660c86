"""A case ends, begins again, gets a better title; links to the customer's page are taken back."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk.access import DeskRequest, wants
from amends.desk.doors import done, living_case, look_at, refused, sheet
from amends.desk.forms.case import CloseForm, ReopenForm, TitleForm
from amends.desk.promises_shown import promises_of
from amends.flows import closing, page_links, titling


@require_http_methods(["GET", "POST"])
@wants("case.close")
def close(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """End the case with a reason; what is still owed stands above."""
    case = living_case(request, case_id, "case.close")
    now = timezone.localtime()
    form = CloseForm(request.POST or None, initial={"seen": closing.newest_heard(case)})
    owed, _settled = promises_of(look_at(request, case, now))
    context = {"form": form, "case": case, "owed": [one for one in owed if one.given]}
    if not form.is_valid():
        return sheet(request, "desk/case/close.html", context, 422 if form.is_bound else 200)
    try:
        closing.close(case, by=request.user, now=now, **form.cleaned_data)
    except closing.ClosingError as error:
        form.add_error(None, str(error))
        return refused(request, "desk/case/close.html", context)
    return done(request, case, _("Closed. It opens again when the customer writes."))


@require_http_methods(["GET", "POST"])
@wants("case.reopen")
def reopen(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Begin again."""
    case = living_case(request, case_id, "case.reopen")
    form = ReopenForm(request.POST or None)
    context = {"form": form, "case": case}
    if not form.is_valid():
        return sheet(request, "desk/case/reopen.html", context, 422 if form.is_bound else 200)
    try:
        closing.reopen(case, by=request.user, now=timezone.now(), why=form.cleaned_data["why"])
    except closing.ClosingError as error:
        form.add_error(None, str(error))
        return refused(request, "desk/case/reopen.html", context)
    return done(request, case, _("Open again."))


@require_http_methods(["GET", "POST"])
@wants("case.note")
def title(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Name the matter anew."""
    case = living_case(request, case_id, "case.note")
    form = TitleForm(request.POST or None, initial={"title": case.title})
    context = {"form": form, "case": case}
    if not form.is_valid():
        return sheet(request, "desk/case/title.html", context, 422 if form.is_bound else 200)
    try:
        titling.retitle(case, form.cleaned_data["title"], by=request.user, now=timezone.now())
    except titling.TitleError as error:
        form.add_error("title", str(error))
        return refused(request, "desk/case/title.html", context)
    return done(request, case)


@require_POST
@wants("case.reply")
def take_back_link(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Links to the customer's page that were given out open nothing any more."""
    case = living_case(request, case_id, "case.reply")
    page_links.take_back(case, by=request.user, now=timezone.now())
    return done(request, case, _("Earlier links open nothing any more. The next letter carries a new one."))
