"""Suggestions: whom the house asks for drafts and summaries, for which brands, and whether it answers."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.channels.message import ChannelError, Finding
from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.forms.connector import ConnectorForm
from amends.desk.views.settings.frame import UNPROCESSABLE, saved, show
from amends.flows import suggesting
from amends.people.models import Connector


@require_http_methods(["GET", "POST"])
@wants("connector.edit")
def connector(request: DeskRequest) -> HttpResponseBase:
    """The one connector of the house; off until a brand is ticked."""
    form = ConnectorForm(request.POST or None, instance=Connector.current())
    if form.is_valid():
        with transaction.atomic():
            form.save()
            audited.changed(request, "connector", form)
        return saved(request, "connector")
    return _page(request, form)


@require_POST
@wants("connector.edit")
def try_out(request: DeskRequest) -> HttpResponseBase:
    """Ask what stands in the form for a greeting, saved or not. Says nothing of anybody, and keeps nothing."""
    form = ConnectorForm(request.POST, instance=Connector.current())
    findings = [_found(form)] if form.is_valid() else None
    if request.htmx:
        context = {"findings": findings, "form": form, "learned": False}
        return render(request, "desk/settings/findings.html", context, status=200 if findings else UNPROCESSABLE)
    return _page(request, form, findings)


def _found(form: ConnectorForm) -> Finding:
    endpoint = form.endpoint()
    try:
        said = suggesting.try_out(endpoint)
    except ChannelError as error:
        return Finding(endpoint.name, False, str(error))
    return Finding(endpoint.name, True, _("It says: “%(words)s”") % {"words": said})


def _page(request: DeskRequest, form: ConnectorForm, findings: list[Finding] | None = None) -> HttpResponse:
    kept = Connector.current()
    on_for = list(kept.brands.values_list("name", flat=True)) if kept.pk else []
    return show(request, "connector", "desk/settings/connector.html", form=form, findings=findings, on_for=on_for)
