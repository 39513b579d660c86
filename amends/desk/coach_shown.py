"""What the coach says, as `ui/components/coach.html` shows it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.models import Case
from amends.coach.check import Note, Review, Virtue, check
from amends.desk.letters_shown import Look
from amends.flows import briefing


@dataclass(frozen=True)
class CoachShown:
    """The inputs of the component; see there."""

    count_line: str
    notes: list[NoteShown] = field(default_factory=list)
    virtues: tuple[Virtue, ...] = ()
    marks: list[dict[str, object]] = field(default_factory=list)
    resting: str = ""
    version: int = 0


@dataclass(frozen=True)
class NoteShown:
    """The inputs of `ui/components/coach_note.html`."""

    id: str
    weight: str
    fact: str
    line: str
    mends: tuple[object, ...]


def coach_of(text: str, case: Case, look: Look, aside: Collection[str] = ()) -> CoachShown:
    """The coach on a draft; `aside` names the advice that its writer put away."""
    if not text.strip():
        return CoachShown(_("Nothing to read yet"))
    review = check(text, briefing.brief(case, look.me, look.now))
    pledged = briefing.promises_in(text, case, look.now)
    shown = shown_review(review, aside)
    pledges = [{"start": one.start, "end": one.end, "weight": "pledge"} for one in pledged]
    return CoachShown(shown.count_line, shown.notes, shown.virtues, shown.marks + pledges, shown.resting)


def shown_review(review: Review, aside: Collection[str] = ()) -> CoachShown:
    """A review in the shape of the component; pure. Red notes cannot be put away."""
    notes = [note for note in review.notes if note.weight == "fix" or note_id(note) not in aside]
    return CoachShown(
        count_line=_count(notes),
        notes=[NoteShown(note_id(note), note.weight, note.fact, note.line, note.mends) for note in notes],
        virtues=review.virtues,
        marks=[{"start": n.start, "end": n.end, "weight": n.weight} for n in notes if n.end > n.start],
        resting=review.resting,
    )


def note_id(note: Note) -> str:
    """The same for the same advice on the same words, wherever they stand."""
    return f"{note.code.lower()}-{note.end - note.start}"


def _count(notes: list[Note]) -> str:
    if not notes:
        return _("Nothing to mend")
    return ngettext("%(count)s to mend", "%(count)s to mend", len(notes)) % {"count": len(notes)}
