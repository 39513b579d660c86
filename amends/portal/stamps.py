"""A form's own key and the moment it was opened, signed, so that neither can be made up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing

SALT = "amends.form"


@dataclass(frozen=True)
class Stamp:
    """`key` is new for every form that is served; `opened_at` is when."""

    key: str
    opened_at: datetime


def make(now: datetime) -> str:
    """The hidden field of a form."""
    return signing.dumps([secrets.token_hex(16), int(now.timestamp())], salt=SALT)


def read(text: str) -> Stamp | None:
    """What `make` wrote; None for anything else."""
    try:
        key, seconds = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Stamp(str(key), datetime.fromtimestamp(seconds, tz=UTC))
