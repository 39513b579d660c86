"""The fields of a person that can be corrected in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.people.customers import FIELDS
from amends.people.models import Customer

LABELS: dict[str, tuple[Promise, Promise | str]] = {
    "good_to_know": (_("Good to know"), _("What a colleague should know before writing or ringing.")),
    "name": (_("Name"), ""),
    "language": (_("Language"), _("Its code, such as en or pt-BR. Letters are checked in it.")),
    "time_zone": (_("Time zone"), _("Such as Europe/London.")),
}


@dataclass(frozen=True)
class Field:
    """One field with its own form; after saving it knows what stood there before."""

    name: str
    label: str
    help: str
    value: str
    url: str
    long: bool = False
    error: str = ""
    saved_at: datetime | None = None
    before: str | None = None


def fields_of(customer: Customer) -> list[Field]:
    """All of them, as they stand."""
    return [field_of(customer, name) for name in LABELS]


def field_of(
    customer: Customer,
    name: str,
    *,
    value: str | None = None,
    error: str = "",
    saved_at: datetime | None = None,
    before: str | None = None,
) -> Field:
    """One of them; `value` is what was typed when it could not be kept."""
    assert name in FIELDS
    label, help_line = LABELS[name]
    return Field(
        name=name,
        label=str(label),
        help=str(help_line),
        value=getattr(customer, name) if value is None else value,
        url=reverse("person_know", args=[customer.pk, name]),
        long=name == "good_to_know",
        error=error,
        saved_at=saved_at,
        before=before,
    )
