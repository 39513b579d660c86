"""Words of a letter go for good (reliability §7)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from amends.cases.models import File
from amends.desk.access import DeskRequest, case_for, wants
from amends.desk.doors import done, refused, sheet
from amends.desk.forms.case import BlackenForm
from amends.desk.views.files import letter_for
from amends.desk.whole import whole
from amends.flows import blackening


@require_http_methods(["GET", "POST"])
@wants("case.blacken")
def blacken(request: DeskRequest, entry_id: int) -> HttpResponseBase:
    """Say which words, which files, or all of the letter; and why."""
    entry = letter_for(request, entry_id, "case.blacken")
    case = case_for(request, entry.case_id, "case.blacken")
    files = list(File.objects.filter(entry=entry).order_by("pk"))
    form = BlackenForm(request.POST or None)
    form.fields["enclosed"].choices = [(file.pk, file.name) for file in files]  # type: ignore[attr-defined]
    context = {
        "form": form,
        "case": case,
        "entry": entry,
        "files": files,
        "chosen": set(map(whole, request.POST.getlist("enclosed"))),
    }
    if not form.is_valid():
        return sheet(request, "desk/case/blacken.html", context, 422 if form.is_bound else 200)
    try:
        gone = blackening.blacken(
            entry, form.what, why=form.cleaned_data["why"], by=request.user, now=timezone.now(), request=request
        )
    except blackening.BlackeningError as error:
        form.add_error(None, str(error))
        return refused(request, "desk/case/blacken.html", context)
    letters = ngettext(
        "Blackened for good, in %(count)s letter.", "Blackened for good, in %(count)s letters.", len(gone.letters)
    )
    return done(request, case, letters % {"count": len(gone.letters)})
