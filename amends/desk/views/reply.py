"""Send the letter; bring one that did not arrive back to the composer."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.cases.drafts import DraftGone, DraftTaken
from amends.cases.models import Case, Draft, Entry
from amends.desk.access import DeskRequest, wants
from amends.desk.composer_shown import Problem
from amends.desk.doors import SeeOther, done, go, living_case, look_at, refused, sheet
from amends.desk.forms.case import AgainForm
from amends.desk.once import once
from amends.desk.recipients_shown import recipients_of
from amends.desk.views.case import show
from amends.desk.written import seen_in, uploads_in, written_in
from amends.flows import drafting, note, releasing, reply
from amends.flows.second_eye import SecondError


@require_http_methods(["GET", "POST"])
@wants("case.reply")
def send(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Hold the letter for its seconds. Whatever hinders it stands in the composer; the words stay."""
    case = living_case(request, case_id, "case.reply")
    if request.method == "GET":
        return SeeOther(f"{reverse('case', args=[case.pk])}?write=letter#composer")
    now = timezone.now()
    written = written_in(request.POST)
    try:
        files = uploads_in(request)
        if files:
            drafting.attach(case, Draft.Kind.LETTER, files, by=request.user, now=now)
        if request.POST.get("as") == "note":
            return once(_as_note)(request, case, written.text)
        reply.send(case, written, by=request.user, now=now, seen=seen_in(request.POST))
    except DraftTaken as taken:
        return _again(request, case, Problem(taken=taken.draft, written=written), 409)
    except DraftGone:
        return _again(
            request, case, Problem(_("The letter has left already, or was thrown away."), written=written), 409
        )
    except drafting.FileRefused as error:
        return _again(request, case, Problem(error=str(error), written=written))
    except reply.AnsweredMeanwhile as error:
        return _again(request, case, Problem(newer=error.entry), 409)
    except reply.CannotSend as error:
        wants_reason = isinstance(error, reply.CoachHolds | reply.TakesAMoment | reply.WaitsForSecond)
        return _again(request, case, Problem(str(error), needs_reason=wants_reason))
    return done(request, case)


@require_POST
@wants("case.reply")
@once
def let_go(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """A second person has read a colleague's letter, and it may leave."""
    case = living_case(request, case_id, "case.reply")
    try:
        releasing.let_go(case, request.POST.get("words", ""), by=request.user, now=timezone.now())
    except DraftGone:
        return _again(request, case, Problem(_("The letter has left already, or was thrown away.")), 409)
    except (SecondError, reply.CannotSend) as error:
        return _again(request, case, Problem(str(error)))
    return go(request, reverse("case", args=[case.pk]), _("It leaves in a moment."))


@require_http_methods(["GET", "POST"])
@wants("case.reply")
def put_right(request: DeskRequest, entry_id: int) -> HttpResponseBase:
    """A letter did not arrive: choose another address, and it is a draft again."""
    entry = get_object_or_404(Entry.objects.select_related("letter"), pk=entry_id, kind="contact.out")
    case = living_case(request, entry.case_id, "case.reply")
    form = AgainForm(request.POST or None)
    context = {
        "form": form,
        "case": case,
        "entry": entry,
        "recipients": recipients_of(look_at(request, case, timezone.now()), None),
        "delivery": getattr(entry, "delivery", None),
    }
    if not form.is_valid():
        return sheet(request, "desk/case/put_right.html", context, 422 if form.is_bound else 200)
    try:
        reply.write_again(entry, form.cleaned_data["address"], by=request.user, now=timezone.now())
    except (reply.CannotSend, DraftTaken) as error:
        form.add_error("address", str(error))
        return refused(request, "desk/case/put_right.html", context)
    return go(request, f"{reverse('case', args=[case.pk])}?write=letter#composer")


def _as_note(request: DeskRequest, case: Case, text: str) -> HttpResponseBase:
    """A colleague was faster: keep the words for us."""
    now = timezone.now()
    try:
        note.keep_letter(case, text, by=request.user, now=now)
    except note.EmptyNote as error:
        return _again(request, case, Problem(str(error)))
    return SeeOther(reverse("case", args=[case.pk]))


def _again(request: DeskRequest, case: Case, problem: Problem, status: int = 422) -> HttpResponseBase:
    return show(request, case, timezone.now(), write="letter", problem=problem, status=status)
