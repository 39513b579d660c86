"""What is being written: saved on every pause, taken over, with its files, its promises, its coach."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.cases import drafts
from amends.cases.drafts import DraftGone, DraftTaken
from amends.cases.models import Case, Draft, DraftFile
from amends.clock import calendars
from amends.clock.promises import PromiseError
from amends.desk.access import DeskRequest, wants
from amends.desk.answers_shown import choices_for, why_none, words_for
from amends.desk.call_shown import call_list_of
from amends.desk.coach_shown import coach_of
from amends.desk.composer_shown import Problem, files_of, found_in, saved_line
from amends.desk.doors import SeeOther, done, go, living_case, look_at, refused, sheet
from amends.desk.forms.case import PledgeForm
from amends.desk.times import as_likely, likely_times
from amends.desk.views.case import show
from amends.desk.whole import whole
from amends.desk.written import uploads_in, written_in
from amends.desk.zones import zone_of
from amends.flows import drafting, pledging
from amends.kit.serving import kept_file

VERBS = {Draft.Kind.LETTER: "case.reply", Draft.Kind.NOTE: "case.note"}


@require_http_methods(["GET", "POST"])
@wants("case.note")
def save(request: DeskRequest, case_id: int, kind: str) -> HttpResponseBase:
    """Save; answers the line beside the button. 409 when a colleague holds the pen.

    Without a script the form brings chosen files along.
    """
    case = _case(request, case_id, kind)
    if request.method == "GET":
        return SeeOther(_composer(case, kind))
    now = timezone.now()
    try:
        draft = drafting.save(case, kind, written_in(request.POST), by=request.user, now=now)
        files = [] if request.htmx else uploads_in(request)
        if files:
            drafting.attach(case, kind, files, by=request.user, now=now)
    except drafting.FileRefused as error:
        return show(request, case, now, write=kind, problem=Problem(str(error)), status=422)
    except DraftTaken as taken:
        return _taken(request, case, kind, taken.draft)
    except DraftGone:
        return _gone(request, case, kind)
    if not request.htmx:
        return SeeOther(_composer(case, kind))
    response = _words(saved_line(draft))
    response["X-Draft-Version"] = str(draft.version)
    return response


@require_POST
@wants("case.note")
def take(request: DeskRequest, case_id: int, kind: str) -> HttpResponseBase:
    """Take the pen from a colleague; one's own words stand below theirs."""
    case = _case(request, case_id, kind)
    try:
        drafting.take_over(case, kind, written_in(request.POST).text, by=request.user, now=timezone.now())
    except DraftGone:
        return go(request, _composer(case, kind), _("The draft has left or was thrown away meanwhile."))
    return go(request, _composer(case, kind))


@require_POST
@wants("case.note")
def attach(request: DeskRequest, case_id: int, kind: str) -> HttpResponseBase:
    """Attach files; answers their lines in the list."""
    case = _case(request, case_id, kind)
    try:
        uploads = uploads_in(request)
        added = drafting.attach(case, kind, uploads, by=request.user, now=timezone.now())
    except drafting.FileRefused as error:
        return _words(str(error), 422)
    except DraftTaken as taken:
        return _words(_("%(name)s is writing this.") % {"name": taken.draft.author.name}, 409)
    except DraftGone:
        return _words(_("The draft has left or was thrown away meanwhile."), 409)
    if not request.htmx:
        return SeeOther(_composer(case, kind))
    ids = {file.pk for file in added}
    shown = [file for file in files_of(drafts.open_draft(case, kind)) if file.id in ids]
    return render(request, "desk/case/attached.html", {"files": shown})


@require_POST
@wants("case.note")
def take_out(request: DeskRequest, file_id: int) -> HttpResponseBase:
    """Remove a file from one's own draft. Without a script the words come along, and are kept."""
    file = _draft_file(request, file_id)
    try:
        drafting.take_out(file, by=request.user)
    except DraftGone:
        return _words(_("The file leaves with the letter already."), 409)
    if request.htmx:
        return HttpResponse()
    if "text" in request.POST:
        return save(request, file.draft.case_id, file.draft.kind)
    return SeeOther(_composer(file.draft.case, file.draft.kind))


@require_GET
@wants("case.note")
def file(request: DeskRequest, file_id: int) -> HttpResponseBase:
    """A file of a draft."""
    one = _draft_file(request, file_id)
    return kept_file(one.sha256, one.name)


@require_POST
@wants("case.reply")
def coach(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """What the coach says of the words as they stand, and the promises in them; of a call its list."""
    case = living_case(request, case_id, "case.reply")
    look = look_at(request, case, timezone.now())
    written = written_in(request.POST)
    if request.POST.get("profile") == "call":
        listed = call_list_of(case, look, written.text, request.POST.getlist("tick"))
        return render(request, "desk/case/call_list.html", {"listed": listed})
    mine = look.draft(Draft.Kind.LETTER)
    decided = mine.promises if mine and mine.author_id == request.user.pk else []
    now_found = Draft(case=case, promises=pledging.pledges_in(written.text, case, decided, look.now))
    context = {
        "coach": coach_of(written.text, case, look, request.POST.getlist("aside")),
        "found": found_in(now_found, look.now),
    }
    return render(request, "desk/case/coach.html", context)


@require_http_methods(["GET", "POST"])
@wants("case.reply")
def promise(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Change or drop a promise that was found in one's draft."""
    case = living_case(request, case_id, "case.reply")
    draft = drafts.open_draft(case, Draft.Kind.LETTER)
    number = _number(request)
    if draft is None or draft.author_id != request.user.pk or number >= len(draft.promises):
        raise Http404(_("These words are not in the draft any more."))
    pledge = draft.promises[number]
    now = timezone.localtime()
    said = [as_likely(datetime.fromisoformat(pledge["due"]), now)] if pledge["due"] else []
    form = PledgeForm(request.POST or None, initial={"act": pledge["act"], "when": said[0].value if said else ""})
    likely = likely_times(calendars.of_case(case), now, zone_of(case))
    times = [*said, *(one for one in likely if one not in said)]
    title = _("A promise in your letter") if said else _("Who, and by when?")
    context = {"form": form, "case": case, "pledge": pledge, "times": times, "title": title}
    try:
        if request.POST.get("drop"):
            pledging.drop(draft, number, by=request.user)
        elif form.is_valid():
            pledging.change(draft, number, form.cleaned_data["act"], form.cleaned_data["due"], by=request.user, now=now)
        else:
            return sheet(request, "desk/case/pledge.html", context, 422 if form.is_bound else 200)
    except (PromiseError, DraftGone) as error:
        form.add_error(None, str(error) or _("The draft has left meanwhile."))
        return refused(request, "desk/case/pledge.html", context)
    return _found_again(request, case, draft)


@require_http_methods(["GET", "POST"])
@wants("case.reply")
def answers(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Saved answers of the brand and the library; one is put at the end of the draft."""
    case = living_case(request, case_id, "case.reply")
    none = why_none(case, timezone.now())
    if request.method == "GET":
        own, shelves = choices_for(case, request.user) if not none else ([], [])
        context = {"case": case, "answers": own, "library": shelves, "why_none": none}
        return sheet(request, "desk/case/answers.html", context)
    if none:
        return go(request, _composer(case, "letter"), none)
    words = words_for(request.POST.get("answer", ""), case, request.user)
    if words is None:
        raise Http404(_("These words are not there any more."))
    try:
        drafting.add_words(case, Draft.Kind.LETTER, words, by=request.user, now=timezone.now())
    except DraftTaken as taken:
        return go(
            request, _composer(case, "letter"), _("%(name)s is writing this.") % {"name": taken.draft.author.name}
        )
    except DraftGone:
        return go(request, _composer(case, "letter"), _("The draft has left or was thrown away meanwhile."))
    return go(request, _composer(case, "letter"))


def _words(said: str, status: int = 200) -> HttpResponse:
    """A sentence for the line beside the button: names and files may look like HTML."""
    return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")


def _found_again(request: DeskRequest, case: Case, draft: Draft) -> HttpResponseBase:
    if not request.htmx:
        return SeeOther(_composer(case, "letter"))
    response = done(request, case)
    found = render(request, "desk/case/found_again.html", {"found": found_in(draft, timezone.now())})
    response.content += found.content
    return response


def _taken(request: DeskRequest, case: Case, kind: str, draft: Draft) -> HttpResponseBase:
    if not request.htmx:
        problem = Problem(taken=draft, written=written_in(request.POST))
        return show(request, case, timezone.now(), write=kind, problem=problem, status=409)
    url = reverse("case_draft_take", args=[case.pk, kind])
    return render(request, "desk/case/taken.html", {"name": draft.author.name, "take_url": url}, status=409)


def _gone(request: DeskRequest, case: Case, kind: str) -> HttpResponseBase:
    """Somebody sends it, throws it away or takes the pen in this moment."""
    said = _("This was sent, thrown away or taken over meanwhile. Your words stay here, but are not saved.")
    if request.htmx:
        return HttpResponse(said, status=409)
    problem = Problem(said, written=written_in(request.POST))
    return show(request, case, timezone.now(), write=kind, problem=problem, status=409)


def _case(request: DeskRequest, case_id: int, kind: str) -> Case:
    if kind not in VERBS:
        raise Http404
    return living_case(request, case_id, VERBS[Draft.Kind(kind)])


def _draft_file(request: DeskRequest, file_id: int) -> DraftFile:
    file = get_object_or_404(DraftFile.objects.select_related("draft__case"), pk=file_id)
    living_case(request, file.draft.case_id, "case.note")
    return file


def _composer(case: Case, kind: str) -> str:
    return f"{reverse('case', args=[case.pk])}?write={kind}#composer"


def _number(request: DeskRequest) -> int:
    given = whole(request.POST.get("number") or request.GET.get("number", ""))
    if given is None:
        raise Http404
    return given
