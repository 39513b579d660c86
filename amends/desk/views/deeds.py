"""A deed with a few plain fields: shown as a sheet, done once, refused with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils import timezone

from amends.cases.models import Case
from amends.desk.access import DeskRequest
from amends.desk.doors import done, refused, sheet

TEMPLATE = "desk/case/deed.html"


@dataclass(frozen=True)
class Deed:
    """What `desk/case/deed.html` says around the form, what is said when it is done, and what may refuse it."""

    title: str
    label: str
    icon_name: str
    said: str
    line: str = ""
    intro: str = ""
    shown: Sequence[str] = ()
    refuses: tuple[type[Exception], ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


def deed(
    request: DeskRequest, case: Case, form: forms.BaseForm, do: Callable[[datetime], None], what: Deed
) -> HttpResponseBase:
    """Show the form; on a valid POST do it, now."""
    context = {"form": form, "case": case, **vars(what), **what.more}
    if not form.is_valid():
        return sheet(request, TEMPLATE, context, 422 if form.is_bound else 200)
    try:
        do(timezone.now())
    except what.refuses as error:
        form.add_error(None, str(error))
        return refused(request, TEMPLATE, context)
    return done(request, case, what.said)
