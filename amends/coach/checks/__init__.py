"""What can be wrong with a draft, one module for each family. English; other languages rest."""

from __future__ import annotations

from collections.abc import Iterator

from amends.coach.brief import Brief
from amends.coach.checks import apology, knowing, manner, money, style, time
from amends.coach.draft import Draft
from amends.coach.review import Note

FAMILIES = (apology.notes, manner.notes, money.notes, time.notes, knowing.notes, style.notes)


def all_notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note of every family."""
    for notes in FAMILIES:
        yield from notes(draft, brief)
