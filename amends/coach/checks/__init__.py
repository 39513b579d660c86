"""What can be wrong with a draft, one module for each family. English; other languages rest."""

from __future__ import annotations

from collections.abc import Iterator

from amends.coach.brief import Brief
from amends.coach.checks import again, apology, asking, knowing, manner, money, public, style, time
from amends.coach.draft import Draft
from amends.coach.review import Note

FAMILIES = (
    apology.notes,
    again.notes,
    manner.notes,
    money.notes,
    time.notes,
    asking.notes,
    knowing.notes,
    style.notes,
    public.notes,
)


def all_notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note of every family."""
    found = [note for notes in FAMILIES for note in notes(draft, brief)]
    yield from found
    yield from manner.defends(draft, brief, found)
    yield from style.set_phrases(draft, brief, found)
