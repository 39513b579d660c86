"""A note that only we see."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from amends.cases.drafts import DraftTaken
from amends.cases.models import Draft
from amends.desk.access import DeskRequest, wants
from amends.desk.composer_shown import Problem
from amends.desk.doors import SeeOther, living_case
from amends.desk.once import once
from amends.desk.views.case import show
from amends.desk.written import uploads_in, written_in
from amends.flows import drafting, note


@require_http_methods(["GET", "POST"])
@wants("case.note")
@once
def write(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Write the note down, with the files of its draft; whoever is named in it is told."""
    case = living_case(request, case_id, "case.note")
    if request.method == "GET":
        return SeeOther(f"{reverse('case', args=[case.pk])}?write=note#composer")
    written = written_in(request.POST)
    now = timezone.now()
    try:
        files = uploads_in(request)
        if files:
            drafting.attach(case, Draft.Kind.NOTE, files, by=request.user, now=now)
        note.write_draft(case, written.text, by=request.user, now=now)
    except (note.NoteRefused, drafting.FileRefused) as error:
        problem = Problem(error=str(error), written=written)
        return show(request, case, now, write="note", problem=problem, status=422)
    except DraftTaken as taken:
        problem = Problem(taken=taken.draft, written=written)
        return show(request, case, now, write="note", problem=problem, status=409)
    return SeeOther(reverse("case", args=[case.pk]))
