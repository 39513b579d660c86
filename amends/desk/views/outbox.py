"""What is about to leave, and undo (CV14)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amends.cases.drafts import DraftGone
from amends.desk.access import DeskRequest, wants
from amends.desk.doors import SeeOther, go
from amends.desk.frame import held_lines
from amends.flows import reply


@require_GET
@wants("case.see")
def outbox(request: DeskRequest) -> HttpResponseBase:
    """One's own letters that wait their seconds."""
    template = "desk/case/outbox_part.html" if request.htmx else "desk/case/outbox.html"
    return render(request, template, {"held": held_lines(request.user)})


@require_POST
@wants("case.reply")
def undo(request: DeskRequest, draft_id: int) -> HttpResponseBase:
    """Bring a letter back: text, files and promises. Only its writer can."""
    try:
        draft = reply.take_back(draft_id, by=request.user, now=timezone.now())
    except DraftGone:
        messages.error(request, _("It has left already. Write again to put it right."))
        return SeeOther(reverse("now"))
    except reply.KeptAsNote as kept:
        return go(request, reverse("case", args=[kept.entry.case_id]), str(kept))
    return go(request, f"{reverse('case', args=[draft.case_id])}?write={draft.kind}#composer")
