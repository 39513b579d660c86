"""How the coach works here: the pause before a letter that quarrels, and its tips in one's own words."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amends.coach.models import Coaching, OwnTip
from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.coach import PauseForm, TipForm
from amends.desk.tips_shown import groups_of
from amends.desk.views.settings.frame import saved, see_other, show


@require_GET
@wants("coach.edit")
def coach(request: DeskRequest) -> HttpResponseBase:
    """All that it looks for, with tips and examples."""
    return _page(request)


@require_POST
@wants("coach.edit")
def pause(request: DeskRequest) -> HttpResponseBase:
    """How long a letter that quarrels waits."""
    form = PauseForm(request.POST, instance=Coaching.current())
    if not form.is_valid():
        messages.error(request, _("Take one of the lengths offered: from 0 to 300 seconds."))
        return see_other(reverse("coach_settings"))
    with transaction.atomic():
        form.save()
        audited.wrote(request, "coach.changed", fields=["pause_seconds"])
    return saved(request, "coach_settings")


@require_POST
@wants("coach.edit")
def tip(request: DeskRequest) -> HttpResponseBase:
    """One tip in one's own words; without words the coach's own comes back."""
    form = TipForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    code, advice = form.cleaned_data["code"], form.cleaned_data["advice"]
    with transaction.atomic():
        if advice:
            OwnTip.objects.update_or_create(code=code, defaults={"advice": advice})
        else:
            OwnTip.objects.filter(code=code).delete()
        audited.wrote(request, "coach.changed", fields=[code])
    return saved(request, "coach_settings")


def _page(request: DeskRequest, refused: TipForm | None = None) -> HttpResponseBase:
    own = dict(OwnTip.objects.values_list("code", "advice"))
    pause_form = PauseForm(instance=Coaching.current())
    shown = {"pause": pause_form, "tip_groups": groups_of(own), "refused": refused}
    return show(request, "coach_settings", "desk/settings/coach.html", **shown)
