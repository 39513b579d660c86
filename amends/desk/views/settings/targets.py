"""How fast a brand wants to be, by channel and severity; each change with what it leads to (SL1, SL3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from amends.cases.models import Case
from amends.clock import calendars
from amends.clock.hours import Calendar, Week
from amends.clock.models import Target
from amends.clock.targets import house
from amends.desk import audited, undoing
from amends.desk.access import DeskRequest, in_brands, wants
from amends.desk.counted_shown import CountedShown, example
from amends.desk.forms.targets import CHANNELS, ChannelForm
from amends.desk.views.settings.frame import saved, see_other, show
from amends.flows import recounting
from amends.people.models import Brand


@dataclass(frozen=True)
class Example:
    """What a message of one channel would be due by; `counted` only where hours are counted."""

    name: str
    sentence: str
    counted: CountedShown | None


@require_http_methods(["GET", "POST"])
@wants("targets.edit")
def targets(request: DeskRequest, brand_id: int | None = None, severity: int = Target.ANY) -> HttpResponseBase:
    """The table of one brand, for any severity or one; `example` shows what it leads to, unsaved."""
    brand = _brand(request, brand_id)
    if severity not in (Target.ANY, *Case.Severity.values):
        raise Http404(_("There is no such severity."))
    if brand_id is None:
        return see_other(reverse("brand_targets", args=[brand.pk]))
    forms = _forms(brand, severity, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, brand, severity, forms)
    wrong = [form for form in forms if not form.is_valid()]  # all are asked: each says what is wrong in it
    if "example" in request.POST:
        return render(request, "desk/settings/target_example.html", {"examples": _examples(brand, forms)})
    if wrong:
        return _page(request, brand, severity, forms, wrong=True)
    of = {"brand_id": brand.pk, "severity": severity}
    undoing.remember(request, "targets.edit", undoing.table(Target, of, "channel", ChannelForm.FIELDS, brand.name))
    with transaction.atomic():
        changed = [f"{form.prefix} {severity or ''}".strip() for form in forms if form.keep()]
        if changed:
            audited.wrote(request, "targets.changed", brand, name=brand.name, fields=changed)
    return saved(request, "severity_targets", brand.pk, severity)


@require_POST
@wants("targets.edit")
def recount(request: DeskRequest, brand_id: int) -> HttpResponseBase:
    """Count clocks that run already by what is set now; never later than the customer was told.

    Of very many some at a time: the page then goes on after the case up to which was looked.
    """
    brand = _brand(request, brand_id)
    why = _("the targets or the hours were changed")
    done = recounting.recount_brand(brand, why=why, by=request.user, now=timezone.now(), after=_after(request.POST))
    audited.wrote(request, "targets.recounted", brand, name=brand.name, count=done.cases)
    told = ngettext("One open case has another time now.", "%(count)s open cases have another time now.", done.cases)
    messages.success(request, told % {"count": done.cases})
    back = saved(request, "brand_targets", brand.pk)
    return back if done.upto is None else see_other(f"{back.url}&after={done.upto}")


def _forms(brand: Brand, severity: int, data: Mapping[str, Any] | None) -> list[ChannelForm]:
    rows = Target.objects.filter(brand=brand, severity__in={Target.ANY, severity})
    kept = {(row.channel, row.severity): row for row in rows}
    forms = []
    for channel, name in CHANNELS:
        any_one = kept.get((channel, Target.ANY)) or house(channel)
        own = kept.get((channel, severity)) if severity != Target.ANY else any_one
        target = own or Target()
        target.brand, target.channel, target.severity = brand, channel, severity
        forms.append(ChannelForm(data, target, str(name), any_one if severity != Target.ANY else None))
    return forms


def _examples(brand: Brand, forms: list[ChannelForm]) -> list[Example]:
    """A sentence for each channel that is right as it stands; those that lead to the same are told once."""
    calendar = calendars.of_brand(brand)
    found: dict[str, Example] = {}
    for form in forms:
        row = _as_it_stands(form)
        if row is not None and (shown := _example(calendar, *row)) is not None:
            found.setdefault(shown[0], Example(form.name, *shown))
    return list(found.values())


def _as_it_stands(form: ChannelForm) -> tuple[int, str] | None:
    """Minutes of a first answer and the clock that counts them."""
    if form.is_bound and not form.is_valid():
        return None
    told: Mapping[str, Any] = form.cleaned_data if form.is_bound else vars(form.target)
    if form.inherited is not None and (form.is_left_to_any if form.is_bound else form.target.pk is None):
        return form.inherited.first_reply, form.inherited.clock
    return told["first_reply"], told["clock"]


def _example(calendar: Calendar, minutes: int, clock: str) -> tuple[str, CountedShown | None] | None:
    now = timezone.now()
    if clock == Target.Clock.OPEN:
        return example(calendar, minutes, now)
    shown = example(Calendar(Week.always(), calendar.tz), minutes, now)
    return (_("%(sentence)s All hours count.") % {"sentence": shown[0]}, shown[1]) if shown else None


def _page(
    request: DeskRequest, brand: Brand, severity: int, forms: list[ChannelForm], *, wrong: bool = False
) -> HttpResponse:
    names = [(Target.ANY, _("Any severity")), *Case.Severity.choices]
    after = _after(request.GET)
    running = recounting.would_change(brand, timezone.now(), after) if "saved" in request.GET else None
    return show(
        request,
        "targets",
        "desk/settings/targets.html",
        brand=brand,
        brands=in_brands(Brand.objects.all(), request, "pk"),
        forms=forms,
        severity=severity,
        severities=names,
        examples=_examples(brand, forms),
        running=running,
        after=after,
        wrong=wrong,
    )


def _after(given: Mapping[str, Any]) -> int:
    """The case up to which clocks were counted anew; 0 for a number that is none."""
    typed = str(given.get("after", ""))
    return int(typed) if re.fullmatch(r"[0-9]{1,18}", typed) else 0


def _brand(request: DeskRequest, brand_id: int | None) -> Brand:
    brands = in_brands(Brand.objects.all(), request, "pk")
    found: Brand | None = (brands.filter(pk=brand_id) if brand_id is not None else brands).first()
    if found is None:
        raise Http404(_("There is no such brand."))
    return found
