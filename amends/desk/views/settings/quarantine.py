"""Files that the scanner objects to: what they are, and the way out for a false alarm."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.desk import audited, quarantine_shown
from amends.desk.access import DeskRequest, wants
from amends.desk.views.settings.frame import saved, show
from amends.flows import inspecting
from amends.kit import inspected
from amends.kit.models import Inspection

A_PAGE = 25


@wants("file.release")
def quarantine(request: DeskRequest) -> HttpResponseBase:
    """Everything that is in quarantine, the newest first."""
    page = Paginator(quarantine_shown.held(), A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": quarantine_shown.shown(page.object_list), "pages": page, "on": inspected.switched_on()}
    return show(request, "quarantine", "desk/settings/quarantine.html", **context)


@require_POST
@wants("file.release")
def quarantine_release(request: DeskRequest, inspection_id: int) -> HttpResponseBase:
    """A false alarm: let it be opened."""
    one = get_object_or_404(Inspection.objects.filter(inspected.held_ones()), pk=inspection_id)
    with transaction.atomic():
        released = inspecting.release(one, by=request.user, now=timezone.now())
        if released:
            audited.wrote(request, "file.released", inspecting.subject_of(one), found=one.said)
    if released:
        messages.success(request, _("It can be opened now. The log has it that you let it out."))
    return saved(request, "quarantine")


@require_POST
@wants("file.release")
def quarantine_again(request: DeskRequest, inspection_id: int) -> HttpResponseBase:
    """Ask the scanner again, after new signatures or with a larger limit; it stays shut meanwhile."""
    one = get_object_or_404(Inspection.objects.filter(inspected.held_ones()), pk=inspection_id)
    if inspected.ask_again(one.pk, timezone.now()):
        audited.wrote(request, "file.asked_again", inspecting.subject_of(one), found=one.said)
        messages.success(request, _("The scanner looks at it again now. It stays shut meanwhile."))
    return saved(request, "quarantine")
