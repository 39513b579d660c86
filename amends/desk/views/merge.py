"""Two cases were one matter, or one case was two (CV10)."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.models import Case, Entry
from amends.desk import audited
from amends.desk.access import DeskRequest, brands_of, case_for, wants
from amends.desk.doors import go, living_case, look_at, refused, sheet
from amends.desk.files_shown import files_of
from amends.desk.forms.case import SplitForm
from amends.desk.letters_shown import letter_of
from amends.desk.once import once
from amends.desk.panel_shown import panel_of
from amends.desk.whole import whole
from amends.flows import merging


@require_http_methods(["GET", "POST"])
@wants("case.merge")
def merge(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Choose another case of the same person; both sides are shown before one is taken into the other."""
    case = living_case(request, case_id, "case.merge")
    other = _other(request)
    look = look_at(request, case, timezone.now())
    context = {
        "case": case,
        "other": other,
        "others": [] if other else panel_of(case, look, brands_of(request), request.actor.hidden).others,
        "sides": [_side(request, one) for one in (case, other) if one] if other else [],
    }
    if request.method == "GET" or other is None:
        return sheet(request, "desk/case/merge.html", context)
    keep, take = (other, case) if request.POST.get("keep") == str(other.pk) else (case, other)
    try:
        with transaction.atomic():
            merging.merge(take, keep, by=request.user, now=look.now)
            audited.wrote(request, "case.merged", keep, taken=take.reference)
    except merging.MergeError as error:
        return refused(request, "desk/case/merge.html", {**context, "error": str(error)})
    said = _("%(case)s was taken in. Its letters stand here too.") % {"case": take.reference}
    return go(request, reverse("case", args=[keep.pk]), said)


@require_http_methods(["GET", "POST"])
@wants("case.split")
@once
def split(request: DeskRequest, case_id: int) -> HttpResponseBase:
    """Choose messages that are a matter of their own."""
    case = living_case(request, case_id, "case.split")
    look = look_at(request, case, timezone.now())
    heard = list(
        Entry.objects.filter(case=case, kind="contact.in", letter__isnull=False)
        .select_related("letter", "customer", "member")
        .order_by("-at", "-pk")
    )
    look = replace(look, files=files_of([entry.pk for entry in heard]))
    form = SplitForm(request.POST or None)
    form.fields["entries"].choices = [(entry.pk, entry.pk) for entry in heard]  # type: ignore[attr-defined]
    context = {
        "form": form,
        "case": case,
        "letters": [letter_of(entry, look) for entry in heard],
        "chosen": set(map(whole, request.POST.getlist("entries"))),
    }
    if not form.is_valid():
        return sheet(request, "desk/case/split.html", context, 422 if form.is_bound else 200)
    chosen = [entry for entry in reversed(heard) if entry.pk in form.cleaned_data["entries"]]
    try:
        with transaction.atomic():
            part = merging.split(case, chosen, form.cleaned_data["title"], by=request.user, now=look.now)
            audited.wrote(request, "case.split", part, source=case.reference)
    except merging.MergeError as error:
        form.add_error(None, str(error))
        return refused(request, "desk/case/split.html", context)
    return go(request, reverse("case", args=[part.pk]), _("A case of its own. Both sides show the other."))


def _other(request: DeskRequest) -> Case | None:
    given = whole(request.POST.get("with") or request.GET.get("with", ""))
    return None if given is None else case_for(request, given, "case.merge")


def _side(request: DeskRequest, case: Case) -> dict[str, object]:
    look = look_at(request, case, timezone.now())
    panel = panel_of(case, look, brands_of(request), request.actor.hidden)
    last = (
        Entry.objects.filter(case=case, kind__in=("contact.in", "contact.out"), letter__isnull=False)
        .select_related("letter", "customer", "member")
        .order_by("-at", "-pk")
        .first()
    )
    look = replace(look, files=files_of([last.pk] if last else []))
    return {"case": case, "panel": panel, "letter": letter_of(last, look) if last else None}
