"""Who is away, and who stands in: for leads (RO5)."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from amends.clock.models import Absence
from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.you import OthersAbsenceForm
from amends.desk.once import once
from amends.desk.views.settings.frame import saved, show
from amends.people.models import Member


@wants("absence.edit")
@once
def absences(request: DeskRequest) -> HttpResponseBase:
    """Everybody who is or will be away, and a new absence."""
    form = OthersAbsenceForm(request.POST or None, stand_ins=Member.objects.filter(is_active=True))
    if form.is_valid():
        with transaction.atomic():
            absence = form.absence_of(form.cleaned_data["member"])
            absence.save()
            audited.wrote(request, "absence.made", absence, name=absence.member.name)
        return saved(request, "absences")
    coming = Absence.objects.filter(ends__gt=timezone.now()).select_related("member", "stand_in")
    return show(request, "absences", "desk/settings/absences.html", form=form, absences=coming)


@require_POST
@wants("absence.edit")
def absence_end(request: DeskRequest, absence_id: int) -> HttpResponseBase:
    """The member is here after all."""
    absence = get_object_or_404(Absence.objects.select_related("member"), pk=absence_id)
    with transaction.atomic():
        audited.wrote(request, "absence.ended", absence, name=absence.member.name)
        absence.delete()
    return saved(request, "absences")
