"""Which policy packs bind a brand: what each will do, since when, and which files were refused (ES7)."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from amends.clock.models import PackInUse
from amends.clock.packs import shelf
from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.fields import is_near
from amends.desk.packs_shown import packs_of
from amends.desk.views.settings.frame import saved, see_other, show
from amends.people.models import Brand


class SinceForm(forms.Form):
    """From which day on complaints get the pack's deadlines."""

    since = forms.DateField(
        label=gettext_lazy("For complaints since"),
        widget=forms.DateInput({"type": "date", "class": "input short"}, "%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Name the day."), "invalid": gettext_lazy("Name the day.")},
    )

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if not is_near(day):
            raise forms.ValidationError(_("This is not within two years of today. Name another day."))
        return day


@require_GET
@wants("packs.edit")
def packs(request: DeskRequest, brand_id: int | None = None) -> HttpResponseBase:
    """Every pack, those in use first; and the files that are refused, with the reason."""
    brand = _brand(brand_id)
    if brand_id is None:
        return see_other(reverse("brand_packs", args=[brand.pk]))
    return _page(request, brand)


@require_POST
@wants("packs.edit")
def use(request: DeskRequest, brand_id: int, pack_id: str) -> HttpResponseBase:
    """Complaints get its deadlines from now on; those that came since the day get them within the minute."""
    brand, form = _brand(brand_id), SinceForm(request.POST)
    if pack_id not in shelf.shelf().packs:
        raise Http404(_("There is no such policy pack."))
    if not form.is_valid():
        return _page(request, brand, form, pack_id)
    since = datetime.combine(form.cleaned_data["since"], time(), ZoneInfo(brand.time_zone))
    with transaction.atomic():
        given = {"since": since, "by": request.user, "bound_upto": 0, "bound_at": None}
        row, _new = PackInUse.objects.update_or_create(brand=brand, pack=pack_id, defaults=given)
        audited.wrote(request, "pack.used", row, name=brand.name, pack=pack_id)
    return saved(request, "brand_packs", brand.pk)


@require_POST
@wants("packs.edit")
def stop(request: DeskRequest, brand_id: int, pack_id: str) -> HttpResponseBase:
    """New complaints get its deadlines no more; what is owed stays owed."""
    brand = _brand(brand_id)
    row = get_object_or_404(PackInUse, brand=brand, pack=pack_id)
    with transaction.atomic():
        audited.wrote(request, "pack.stopped", row, name=brand.name, pack=pack_id)
        row.delete()
    return saved(request, "brand_packs", brand.pk)


def _page(request: DeskRequest, brand: Brand, form: SinceForm | None = None, wrong_id: str = "") -> HttpResponse:
    return show(
        request,
        "packs",
        "desk/settings/packs.html",
        brand=brand,
        brands=Brand.objects.all(),
        packs=packs_of(brand.pk, timezone.localdate()),
        refused=shelf.shelf().refused,
        form=form,
        wrong_id=wrong_id,
    )


def _brand(brand_id: int | None) -> Brand:
    brands = Brand.objects.all()
    found = (brands.filter(pk=brand_id) if brand_id is not None else brands).first()
    if found is None:
        raise Http404(_("There is no such brand."))
    return found
