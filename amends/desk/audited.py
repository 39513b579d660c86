"""What members do at the desk, written to the audit log with the place it was done from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.forms import ModelForm

from amends.audit import log
from amends.audit.log import Fact
from amends.desk.access import DeskRequest


def wrote(
    request: DeskRequest, verb: str, subject: models.Model | tuple[str, object] | None = None, **facts: Fact
) -> None:
    """One record by the member of this request; inside the transaction of the deed itself."""
    log.write(verb, by=request.user, subject=subject, request=request, **facts)


def made(request: DeskRequest, kind: str, thing: models.Model) -> None:
    """A setting is new."""
    wrote(request, f"{kind}.made", thing, name=str(thing))


def changed(request: DeskRequest, kind: str, form: ModelForm[Any], *, name: str = "") -> None:
    """A form was saved: the names of the fields that changed, never what stands in them."""
    if form.changed_data:
        wrote(request, f"{kind}.changed", form.instance, name=name or str(form.instance), fields=form.changed_data)


def deleted(request: DeskRequest, kind: str, thing: models.Model, *, name: str = "") -> None:
    """A setting is about to be deleted; it still has its number."""
    wrote(request, f"{kind}.deleted", thing, name=name or str(thing))
