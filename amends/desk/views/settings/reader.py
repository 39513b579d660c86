"""What the reader learned from corrections here, how well it does, and what tipped and turned stories."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amends.cases.models import Lesson
from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.heard_words import words_of
from amends.desk.views.settings.frame import see_other, show
from amends.flows import learning, turns

LESSONS = 10
DAYS = 90


@require_GET
@wants("reader.learn")
def reader(request: DeskRequest) -> HttpResponseBase:
    """The lessons, the newest first; what was corrected most; what tipped and turned stories lately."""
    tipped, turned = turns.counted(timezone.now() - timedelta(days=DAYS))
    return show(
        request,
        "reader",
        "desk/settings/reader.html",
        lessons=Lesson.objects.all()[:LESSONS],
        corrected=[(_stance_or(label), count) for label, count in learning.corrected().items()],
        tipped=[(words_of(by) if by else _("for no known reason"), count) for by, count in tipped],
        turned=[(words_of(by) if by else _("for no known reason"), count) for by, count in turned],
        turners=turns.turners(timezone.now() - timedelta(days=DAYS)),
        days=DAYS,
    )


@require_POST
@wants("reader.learn")
def learn(request: DeskRequest) -> HttpResponseBase:
    """Learn now; it is used only when it does better."""
    trial = learning.tried()
    with transaction.atomic():
        lesson = learning.keep(trial, timezone.now())
        audited.wrote(request, "reader.learned", lesson, before=lesson.before, after=lesson.after, kept=lesson.in_use)
    if lesson.in_use:
        messages.success(request, _("Learned. New letters are read with it."))
    else:
        messages.info(request, _("Not kept: it did no better. The reader reads as before."))
    return see_other(reverse("reader"))


@require_POST
@wants("reader.learn")
def back(request: DeskRequest) -> HttpResponseBase:
    """Use the lesson before the present one, or none."""
    try:
        with transaction.atomic():
            before = learning.go_back()
            audited.wrote(request, "reader.went_back", before)
    except learning.LearningError as error:
        messages.error(request, str(error))
        return see_other(reverse("reader"))
    messages.success(
        request, _("The lesson before is in use again.") if before else _("Only the reader itself reads now.")
    )
    return see_other(reverse("reader"))


def _stance_or(label: str) -> str:
    return _("how they stand to us") if label == "stance" else words_of(label)
