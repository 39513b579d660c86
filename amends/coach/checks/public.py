"""Before everybody's eyes: short, and nothing private (C7.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from amends.coach.brief import Brief
from amends.coach.draft import Draft
from amends.coach.faults import note
from amends.coach.review import Note

MOST_SENTENCES = 3
LEAST_SECRET = 5
"""Characters of a value that gives somebody away."""
_PRIVATE = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,}|\+?\d[\d /()-]{7,20}\d|\b[A-Z]{2}\d{2}(?: ?[\dA-Z]{4}){3,7}\b"
)
_PUBLIC_VALUES = frozenset(["name"])


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Notes for a public reply; none in private."""
    if not brief.public:
        return
    private = _private(draft, brief)
    if private is not None:
        title = _("“%(words)s” is not for everybody's eyes") % {"words": draft.text[slice(*private)]}
        yield note("PRIVATE_DATA", private, title)
    if len(draft.body) > MOST_SENTENCES + 1:
        rest = draft.body[MOST_SENTENCES].start, draft.body[-1].end
        title = _("Long for a public reply")
        yield note("LONG_PUBLIC", rest, title)


def _private(draft: Draft, brief: Brief) -> tuple[int, int] | None:
    """An address, a number, or what the case knows of them."""
    found = _PRIVATE.search(draft.plain)
    if found is not None:
        return found.span()
    lower = draft.plain.lower()
    secrets = (
        value for name, value in brief.known.items() if name not in _PUBLIC_VALUES and len(value) >= LEAST_SECRET
    )
    places = ((lower.find(value.lower()), len(value)) for value in secrets)
    return next(((start, start + length) for start, length in places if start >= 0), None)
