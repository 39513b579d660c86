"""Partners: whose word we pass on, whom to speak to there, and who is asked no more (C4.3)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from amends.clock import promises
from amends.desk import audited, undoing
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.partners import PartnerForm
from amends.desk.once import once
from amends.desk.views.settings.frame import saved, show
from amends.people.models import Partner

OWED = Q(**{f"promises__{name}": None for name in promises.OWED})


@wants("partners.edit")
def partners(request: DeskRequest) -> HttpResponseBase:
    """All of them, with how much each still owes; those who are asked no more stand apart."""
    rows = list(Partner.objects.annotate(owes=Count("promises", filter=OWED)))
    asked = [one for one in rows if one.retired_at is None]
    retired = [one for one in rows if one.retired_at is not None]
    return show(request, "partners", "desk/settings/partners.html", asked=asked, retired=retired)


@wants("partners.edit")
@once
def partner_new(request: DeskRequest) -> HttpResponseBase:
    """A new one."""
    form = PartnerForm(request.POST or None, initial={"time_zone": request.user.time_zone})
    if form.is_valid():
        with transaction.atomic():
            audited.made(request, "partner", form.save())
        return saved(request, "partners")
    return show(request, "partners", "desk/settings/partner.html", form=form)


@wants("partners.edit")
def partner(request: DeskRequest, partner_id: int) -> HttpResponseBase:
    """Change one."""
    found = get_object_or_404(Partner, pk=partner_id)
    form = PartnerForm(request.POST or None, instance=found)
    if form.is_valid():
        with transaction.atomic():
            undoing.save(request, "partners.edit", form)
            audited.changed(request, "partner", form)
        return saved(request, "partner", partner_id)
    owes = found.promises.filter(**promises.OWED).count()
    return show(request, "partners", "desk/settings/partner.html", form=form, partner=found, owes=owes)


@require_POST
@wants("partners.edit")
def retire(request: DeskRequest, partner_id: int) -> HttpResponseBase:
    """Ask them for nothing new, or again; what they owe they owe still."""
    found = get_object_or_404(Partner, pk=partner_id)
    back = request.POST.get("back") == "yes"
    with transaction.atomic():
        waiting = Partner.objects.filter(pk=partner_id, retired_at__isnull=not back)
        if waiting.update(retired_at=None if back else timezone.now()):
            audited.wrote(request, "partner.brought_back" if back else "partner.retired", found, name=found.name)
    return saved(request, "partners")
