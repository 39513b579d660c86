"""What the coach says, as `ui/components/coach.html` shows it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.models import Case, Draft
from amends.coach.brief import Brief
from amends.coach.check import check
from amends.coach.registry import example
from amends.coach.review import Note, Review, Virtue
from amends.desk.first_words_shown import FirstWords, first_words
from amends.desk.letters_shown import Look
from amends.flows import briefing, moment


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
    good: str = ""
    bad: str = ""


@dataclass(frozen=True)
class VirtueShown:
    """One thing that a good answer has; how to say it, with an example."""

    word: str
    present: bool
    hint: str = ""
    good: str = ""


@dataclass(frozen=True)
class MomentShown:
    """The inputs of `ui/components/coach_moment.html`."""

    theirs: str
    futures: tuple[str, str]
    opening: str
    line: str
    until: str = ""
    over: str = ""


@dataclass(frozen=True)
class CoachShown:
    """The inputs of the component; see there."""

    count_line: str
    notes: list[NoteShown] = field(default_factory=list)
    virtues: list[VirtueShown] = field(default_factory=list)
    lacking: list[VirtueShown] = field(default_factory=list)
    marks: list[dict[str, object]] = field(default_factory=list)
    resting: str = ""
    moment: MomentShown | None = None
    brief: FirstWords | None = None
    asks: bool = False
    """The brief is asked for once the page is there: it takes as long as half of a case's page."""


def at_first(text: str, case: Case, look: Look) -> CoachShown:
    """The coach as a page has it: beside an empty letter it asks for the brief afterwards."""
    if text.strip():
        return coach_of(text, case, look)
    return CoachShown("", resting=_("Reads along while you write."), asks=True)


def coach_of(text: str, case: Case, look: Look, aside: Collection[str] = ()) -> CoachShown:
    """The coach on a draft; `aside` names the advice that its writer put away."""
    if not text.strip():
        return CoachShown("", resting=_("Reads along while you write."), brief=first_words(case, look))
    brief = briefing.brief(case, look.me, look.now, text)
    review = check(text, brief)
    shown = shown_review(review, aside)
    return replace(shown, moment=_moment(case, look, brief)) if review.take_a_moment else shown


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
        virtues=[_virtue(virtue) for virtue in review.row],
        lacking=[_virtue(virtue) for virtue in review.virtues if not virtue.met],
        marks=marks + pledges,
        resting=review.resting,
    )


def _moment(case: Case, look: Look, brief: Brief) -> MomentShown:
    """What stands in the pause before a letter that quarrels, and how long it waits (C7.3)."""
    found = moment.of_case(case, brief, look.now)
    draft = look.draft(Draft.Kind.LETTER)
    until = moment.waits_until(draft) if draft and draft.author_id == look.me.pk else None
    over = _("The moment is over. If the letter must go so, say in one line why.")
    if until is None:
        line = _("As it is, it waits %(seconds)d seconds before it can leave.") % {"seconds": found.seconds}
        line = line if found.seconds else ""
    elif until > look.now:
        line = _("It can leave from %(time)s.") % {"time": f"{timezone.localtime(until):%H:%M:%S}"}
    else:
        line = over
    waits = until.isoformat() if until and until > look.now else ""
    return MomentShown(found.theirs, found.futures, found.opening, line, waits, over)


def note_id(note: Note) -> str:
    """The same for the same advice on words of the same length, wherever they stand."""
    return f"{note.code.lower()}-{note.end - note.start}"


def _virtue(virtue: Virtue) -> VirtueShown:
    shown = example(virtue.code)
    return VirtueShown(virtue.word, virtue.met, virtue.hint, shown.good if shown else "")


def _note(note: Note) -> NoteShown:
    shown = example(note.code)
    pair = (shown.good, shown.bad) if shown else ("", "")
    return NoteShown(note_id(note), note.weight, note.title, note.advice, note.start, note.end, _mends(note), *pair)


def _mends(note: Note) -> tuple[MendShown, ...]:
    if note.replacement is None or note.end <= note.start:
        return ()
    label = _("Say “%(words)s”") % {"words": note.replacement} if note.replacement else _("Take it out")
    return (MendShown(label, note.start, note.end, note.replacement),)


def _count(notes: int) -> str:
    if not notes:
        return _("Nothing to mend")
    return ngettext("%(count)s to mend", "%(count)s to mend", notes) % {"count": notes}
