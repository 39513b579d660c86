"""Brands, and the name of the desk."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from amends.desk import audited, undoing
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.brands import BrandForm, DeskForm
from amends.desk.views.settings.frame import saved, show
from amends.people.models import Brand, Desk


@wants("brands.edit")
def brands(request: DeskRequest) -> HttpResponseBase:
    """All brands, and the name of the desk."""
    return _brands(request, DeskForm(instance=Desk.current()))


@wants("brands.edit")
def brand_new(request: DeskRequest) -> HttpResponseBase:
    """A new brand."""
    form = BrandForm(request.POST or None, initial={"time_zone": request.user.time_zone})
    if form.is_valid():
        with transaction.atomic():
            made = form.save()
            audited.made(request, "brand", made)
        return saved(request, "brand", made.pk)
    return show(request, "brands", "desk/settings/brand.html", form=form)


@wants("brands.edit")
def brand(request: DeskRequest, brand_id: int) -> HttpResponseBase:
    """One brand."""
    found = get_object_or_404(Brand, pk=brand_id)
    form = BrandForm(request.POST or None, instance=found)
    if form.is_valid():
        with transaction.atomic():
            undoing.save(request, "brands.edit", form)
            audited.changed(request, "brand", form)
        return saved(request, "brand", brand_id)
    return show(request, "brands", "desk/settings/brand.html", form=form, brand=found)


@require_POST
@wants("desk.edit")
def desk(request: DeskRequest) -> HttpResponseBase:
    """How the desk is called."""
    form = DeskForm(request.POST, instance=Desk.current())
    if form.is_valid():
        with transaction.atomic():
            form.save()
            audited.wrote(request, "desk.changed", form.instance, fields=form.changed_data)
        return saved(request, "brands")
    return _brands(request, form)


def _brands(request: DeskRequest, form: DeskForm) -> HttpResponseBase:
    rows = Brand.objects.prefetch_related("accounts", "teams")
    return show(request, "brands", "desk/settings/brands.html", brands=rows, form=form)
