"""What an admin may do with all of a person's data: export it, forget it, put a legal hold on it."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.views.people import customer_in_sight, show
from amends.flows import erasing, exporting, holding

IN_MEMORY = 5 * 1024 * 1024


@require_POST
@wants("person.export")
def export(request: DeskRequest, customer_id: int) -> HttpResponseBase:
    """The archive, made and read at once: nothing of it stays on the server."""
    customer = customer_in_sight(request, customer_id)
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 the response closes it
    done = exporting.export(customer, archive, timezone.now())
    size = archive.tell()
    audited.wrote(request, "person.exported", customer, files=done.files, bytes=size)
    audited.wrote(request, "person.export_read", customer, bytes=size)
    archive.seek(0)
    return FileResponse(archive, as_attachment=True, filename=f"person-{customer.pk}.zip")


@require_POST
@wants("person.erase")
def erase(request: DeskRequest, customer_id: int) -> HttpResponseBase:
    """Forget the person, once one of their addresses or numbers was typed."""
    customer = customer_in_sight(request, customer_id)
    typed = request.POST.get("address", "").strip()
    known = {value.lower() for pair in customer.identities.values_list("value", "shown") for value in pair}
    if (known or {str(customer).lower()}).isdisjoint({typed.lower()}):
        wrong = _("That is none of their addresses. Nothing was erased. Type one as it stands above.")
        return show(request, customer, {"erase_error": wrong, "erase_typed": typed})
    try:
        gone = erasing.erase(customer, by=request.user, now=timezone.now(), request=request)
    except erasing.ErasingError as error:
        return show(request, customer, {"erase_error": str(error), "erase_typed": typed})
    messages.success(
        request,
        _("Erased: %(letters)s letters and %(files)s files on %(cases)s cases.") % vars(gone),
    )
    return redirect("people")


@require_POST
@wants("person.hold")
def hold(request: DeskRequest, customer_id: int) -> HttpResponseBase:
    """A legal hold: put on, or taken off."""
    customer = customer_in_sight(request, customer_id)
    if request.POST.get("on") == "yes":
        holding.hold(customer, "", by=request.user, now=timezone.now(), request=request)
    else:
        holding.let_go(customer, by=request.user, request=request)
    return redirect("person", customer_id)
