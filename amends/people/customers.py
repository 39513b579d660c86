"""What we know of a customer, corrected field by field."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from amends.people.models import Customer

FIELDS = ("name", "language", "time_zone", "good_to_know")
LONGEST_NOTE = 4000

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


class CustomerError(Exception):
    """The value cannot be kept so; the message says what would do."""


def change(customer: Customer, field: str, value: str) -> str:
    """Put `value` into one of FIELDS and give back what stood there. Raises CustomerError."""
    before = str(getattr(customer, field))
    setattr(customer, field, _checked(field, value.replace("\x00", "").strip()))
    customer.save(update_fields=[field])
    return before


def _checked(field: str, value: str) -> str:
    if field == "name" and not value:
        raise CustomerError(_("A name is missing. Write at least one word, even if only a first name."))
    if field == "time_zone" and value and not _is_zone(value):
        raise CustomerError(_("%(value)s is not a time zone. Write it like Europe/London.") % {"value": value})
    if field == "language" and value and not _LANGUAGE.fullmatch(value):
        raise CustomerError(_("%(value)s is not a language. Write its code: en, de, pt-BR.") % {"value": value})
    return value[: LONGEST_NOTE if field == "good_to_know" else 200]


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
