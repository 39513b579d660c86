"""Saved answers: words worth using again."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from amends.coach.models import SavedAnswer
from amends.coach.saved import library
from amends.desk import audited, undoing
from amends.desk.access import DeskRequest, wants
from amends.desk.answers_shown import answers_of, verdict_of
from amends.desk.forms.answers import AnswerForm
from amends.desk.once import once
from amends.desk.views.settings.frame import saved, show


@wants("answers.edit")
def answers(request: DeskRequest) -> HttpResponseBase:
    """All of them."""
    rows = SavedAnswer.objects.select_related("brand")
    return show(request, "answers", "desk/settings/answers.html", answers=answers_of(rows), library=library())


@wants("answers.edit")
@once
def answer_new(request: DeskRequest) -> HttpResponseBase:
    """A new one."""
    form = AnswerForm(request.POST or None, initial=_from_library(request))
    if form.is_valid():
        with transaction.atomic():
            audited.made(request, "saved_answer", form.save())
        return saved(request, "answers")
    return show(request, "answers", "desk/settings/answer.html", form=form)


@wants("answers.edit")
def answer(request: DeskRequest, answer_id: int) -> HttpResponseBase:
    """Change one."""
    found = get_object_or_404(SavedAnswer, pk=answer_id)
    form = AnswerForm(request.POST or None, instance=found)
    if form.is_valid():
        with transaction.atomic():
            undoing.save(request, "answers.edit", form)
            audited.changed(request, "saved_answer", form)
        return saved(request, "answer", answer_id)
    said = verdict_of(found.body, found.use, found.language)
    return show(request, "answers", "desk/settings/answer.html", form=form, answer=found, verdict=said)


def _from_library(request: DeskRequest) -> dict[str, str]:
    """The words of the library to begin from, if the address names some."""
    begun = next((one for one in library() if one.key == request.GET.get("from")), None)
    return {"name": begun.name, "use": begun.use, "language": begun.language, "body": begun.body} if begun else {}


@require_POST
@wants("answers.edit")
def answer_delete(request: DeskRequest, answer_id: int) -> HttpResponseBase:
    """Throw one away."""
    found = get_object_or_404(SavedAnswer, pk=answer_id)
    with transaction.atomic():
        audited.deleted(request, "saved_answer", found)
        found.delete()
    return saved(request, "answers")
