"""What the tests of the case page share: a Tuesday at eleven, good words, and short ways to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from amends.cases.models import Case, Entry
from amends.people.models import Member
from tests.cast import TUESDAY

NOW = TUESDAY + timedelta(hours=1)
HTMX = {"HX-Request": "true"}
SignIn = Callable[[Member], Client]
GOOD = (
    "Dear Rosalind,\n\nthank you for telling me about Winifred's flowers. We sent the wrong ones. That was our "
    "mistake, and I am sorry that it spoilt her birthday; you have every reason to be angry. I will bring her the "
    "right arrangement tomorrow at 10:00.\n\nDelphine Marsh"
)


def kinds_of(case: Case) -> list[str]:
    """What happened, in order."""
    return list(Entry.objects.filter(case=case).order_by("pk").values_list("kind", flat=True))


def letter(case: Case, text: str = GOOD, **fields: Any) -> dict[str, Any]:
    """The composer's form as a browser without script posts it."""
    newest = Entry.objects.filter(case=case, kind__in=("contact.in", "contact.out")).latest("pk").pk
    return {"text": text, "to": "rosalind@example.com", "cc": "", "subject": "", "seen": newest, **fields}
