"""What the coach says, as `ui/components/coach.html` shows it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.models import Case
from amends.coach.check import check
from amends.coach.review import Note, Review
from amends.desk.letters_shown import Look
from amends.flows import briefing


@dataclass(frozen=True)
class MendShown:
    """Words to mend a draft with, and the place they go."""

    label: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class NoteShown:
    """The inputs of `ui/components/coach_note.html`."""

    id: str
    weight: str
    fact: str
    line: str
    start: int
    end: int
    mends: tuple[MendShown, ...] = ()


@dataclass(frozen=True)
class VirtueShown:
    """One thing that a good answer has."""

    word: str
    present: bool


@dataclass(frozen=True)
class CoachShown:
    """The inputs of the component; see there."""

    count_line: str
    notes: list[NoteShown] = field(default_factory=list)
    virtues: list[VirtueShown] = field(default_factory=list)
    marks: list[dict[str, object]] = field(default_factory=list)
    resting: str = ""
    version: int = 0


def coach_of(text: str, case: Case, look: Look, aside: Collection[str] = ()) -> CoachShown:
    """The coach on a draft; `aside` names the advice that its writer put away."""
    if not text.strip():
        return CoachShown("", resting=_("Reads along while you write."))
    return shown_review(check(text, briefing.brief(case, look.me, look.now, text)), aside)


def shown_review(review: Review, aside: Collection[str] = ()) -> CoachShown:
    """A review in the shape of the component; pure. Red notes cannot be put away."""
    notes = [note for note in review.notes if note.weight == "fix" or note_id(note) not in aside]
    marks: list[dict[str, object]] = [
        {"start": note.start, "end": note.end, "weight": note.weight} for note in notes if note.end > note.start
    ]
    pledges: list[dict[str, object]] = [
        {"start": one.start, "end": one.end, "weight": "pledge"} for one in review.promises
    ]
    return CoachShown(
        count_line=(review.resting and _("Resting")) or _count(len(notes)),
        notes=[_note(note) for note in notes],
        virtues=[VirtueShown(virtue.word, virtue.met) for virtue in review.row],
        marks=marks + pledges,
        resting=review.resting,
    )


def note_id(note: Note) -> str:
    """The same for the same advice on words of the same length, wherever they stand."""
    return f"{note.code.lower()}-{note.end - note.start}"


def _note(note: Note) -> NoteShown:
    return NoteShown(note_id(note), note.weight, note.title, note.advice, note.start, note.end, _mends(note))


def _mends(note: Note) -> tuple[MendShown, ...]:
    if note.replacement is None or note.end <= note.start:
        return ()
    label = _("Say “%(words)s”") % {"words": note.replacement} if note.replacement else _("Take it out")
    return (MendShown(label, note.start, note.end, note.replacement),)


def _count(notes: int) -> str:
    if not notes:
        return _("Nothing to mend")
    return ngettext("%(count)s to mend", "%(count)s to mend", notes) % {"count": notes}
