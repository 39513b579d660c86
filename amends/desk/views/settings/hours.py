"""When a brand is open, how fast it promises, its holidays; and how long every letter is held (SL1, SL2)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amends.clock import calendars, weeks
from amends.clock.models import Holiday, Target
from amends.desk import audited, undoing
from amends.desk.access import DeskRequest, in_brands, wants
from amends.desk.counted_shown import CountedShown, example
from amends.desk.forms.clock import CHANNELS, HoldForm, HolidayForm, PublicHolidaysForm, TargetForm
from amends.desk.forms.week import WeekForm
from amends.desk.views.settings.frame import saved, see_other, show
from amends.people.models import Brand, Desk
from amends.people.permissions import can


@dataclass(frozen=True)
class Promised:
    """The targets of one channel."""

    name: str
    form: TargetForm


@wants("hours.edit")
def hours(request: DeskRequest, brand_id: int | None = None) -> HttpResponseBase:
    """The week and the targets of one brand; the first when none is named."""
    brand = _brand(request, brand_id)
    if brand_id is None:
        return see_other(f"{reverse('brand_hours', args=[brand.pk])}")
    if request.method != "POST":
        return _hours(request, brand, WeekForm.kept(brand=brand), _targets(request, brand))
    form, targets = WeekForm.posted(request.POST), _targets(request, brand)
    if "example" in request.POST:
        return render(request, "desk/settings/example.html", {"examples": _examples(brand, form, targets)})
    if WeekForm.only_changes(request.POST):
        if request.headers.get("HX-Request"):
            return render(request, "desk/settings/week.html", {"week": form})
        return _hours(request, brand, form, [_as_typed(request, target) for target in targets])
    if not all([form.is_valid(), *(target.form.is_valid() for target in targets)]):
        return _hours(request, brand, form, targets, wrong=True)
    kept = [undoing.row(t.form.instance, TargetForm.Meta.fields) for t in targets if t.form.instance.pk]
    undoing.remember(request, "hours.edit", undoing.week(brand=brand), *kept)
    with transaction.atomic():
        weeks.set_week(form.week, brand=brand)
        for target in targets:
            target.form.save()
        audited.wrote(request, "hours.changed", brand, name=brand.name)
        fields = [target.form.add_prefix(field) for target in targets for field in target.form.changed_data]
        if fields:
            audited.wrote(request, "targets.changed", brand, name=brand.name, fields=fields)
    return saved(request, "brand_hours", brand.pk)


@require_POST
@wants("desk.edit")
def hold(request: DeskRequest) -> HttpResponseBase:
    """How many seconds every letter waits before it leaves."""
    desk = Desk.current()
    assert desk is not None
    form = HoldForm(request.POST, instance=desk)
    if not form.is_valid():
        messages.error(request, _("Take one of the lengths offered: from 0 to 120 seconds."))
        return see_other(reverse("hours"))
    with transaction.atomic():
        form.save()
        audited.wrote(request, "desk.changed", desk, fields=form.changed_data)
    return saved(request, "brand_hours", _brand(request, None).pk)


@wants("hours.edit")
def holidays(request: DeskRequest, brand_id: int | None = None) -> HttpResponseBase:
    """The days on which a brand is closed; a new one by hand."""
    brand = _brand(request, brand_id)
    if brand_id is None:
        return see_other(reverse("brand_holidays", args=[brand.pk]))
    form = HolidayForm(request.POST or None, instance=Holiday(brand=brand))
    if form.is_valid():
        with transaction.atomic():
            audited.wrote(request, "holiday.made", form.save(), name=brand.name)
        return saved(request, "brand_holidays", brand.pk)
    return _holidays(request, brand, form, PublicHolidaysForm.begun(brand.time_zone, timezone.localdate()))


@require_POST
@wants("hours.edit")
def holidays_import(request: DeskRequest, brand_id: int) -> HttpResponseBase:
    """Take over a country's public holidays of this year and the next; what is there stays."""
    brand = _brand(request, brand_id)
    form = PublicHolidaysForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _holidays(request, brand, HolidayForm(instance=Holiday(brand=brand)), form)
    with transaction.atomic():
        count = form.take_over(brand=brand)
        audited.wrote(request, "holidays.imported", brand, name=brand.name, count=count)
    words = ngettext("%(count)s holiday added.", "%(count)s holidays added.", count) % {"count": count}
    messages.success(request, words)
    return saved(request, "brand_holidays", brand.pk)


@require_POST
@wants("hours.edit")
def holiday_delete(request: DeskRequest, brand_id: int, holiday_id: int) -> HttpResponseBase:
    """The brand is open on that day after all."""
    brand = _brand(request, brand_id)
    found = get_object_or_404(Holiday, pk=holiday_id, brand=brand)
    with transaction.atomic():
        audited.deleted(request, "holiday", found, name=brand.name)
        found.delete()
    return saved(request, "brand_holidays", brand_id)


def _brand(request: DeskRequest, brand_id: int | None) -> Brand:
    brands = in_brands(Brand.objects.all(), request, "pk")
    found: Brand | None = (brands.filter(pk=brand_id) if brand_id is not None else brands).first()
    if found is None:
        raise Http404(_("There is no such brand."))
    return found


def _targets(request: DeskRequest, brand: Brand) -> list[Promised]:
    kept = {target.channel: target for target in Target.objects.filter(brand=brand, severity=Target.ANY)}
    data = request.POST if request.method == "POST" else None
    return [
        Promised(
            str(name),
            TargetForm(data, prefix=channel, instance=kept.get(channel) or Target(brand=brand, channel=channel)),
        )
        for channel, name in CHANNELS
    ]


@dataclass(frozen=True)
class Example:
    """What a message of one channel would be due by, and every minute counted for it."""

    name: str
    sentence: str
    counted: CountedShown


def _examples(brand: Brand, week: WeekForm, targets: list[Promised]) -> list[Example]:
    """By the page as it stands; none while something in the week is wrong, nor for a target that is."""
    if not week.is_valid():
        return []
    calendar = calendars.as_typed(brand, week.week)
    found: dict[str, Example] = {}
    for target in targets:
        form = target.form
        if not form.is_bound or form.is_valid():
            minutes = form.cleaned_data["first_reply"] if form.is_bound else form.instance.first_reply
            shown = example(calendar, minutes, timezone.now())
            if shown is not None:
                found.setdefault(shown[0], Example(target.name, *shown))
    return list(found.values())


def _as_typed(request: DeskRequest, target: Promised) -> Promised:
    """The targets as they stand in the page, not yet to be saved and therefore not judged."""
    form = target.form
    typed = {
        name: field.widget.value_from_datadict(request.POST, request.FILES, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    return Promised(target.name, TargetForm(prefix=form.prefix, instance=form.instance, initial=typed))


def _hours(
    request: DeskRequest, brand: Brand, week: WeekForm, targets: list[Promised], *, wrong: bool = False
) -> HttpResponse:
    return show(
        request,
        "hours",
        "desk/settings/hours.html",
        brand=brand,
        brands=in_brands(Brand.objects.all(), request, "pk"),
        week=week,
        targets=targets,
        examples=_examples(brand, deepcopy(week), targets),  # what is still being typed is not judged here
        hold=HoldForm(instance=Desk.current()) if can(request.actor, "desk.edit") else None,
        wrong=wrong,
    )


def _holidays(request: DeskRequest, brand: Brand, form: HolidayForm, public: PublicHolidaysForm) -> HttpResponse:
    return show(
        request,
        "holidays",
        "desk/settings/holidays.html",
        brand=brand,
        brands=in_brands(Brand.objects.all(), request, "pk"),
        holidays=Holiday.objects.filter(brand=brand, date__gte=timezone.localdate()),
        form=form,
        public=public,
    )
