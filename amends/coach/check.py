"""The coach: reads a draft and says what a good colleague would (C7, RQ3 to RQ8). Pure; no model.

It never sends and never rewrites. The same function serves the hints while typing and the gate.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from amends.coach.brief import Brief
from amends.coach.call import ticks
from amends.coach.checks import all_notes
from amends.coach.checks.manner import LOUD
from amends.coach.draft import Draft
from amends.coach.faults import FAULTS, note, penalty
from amends.coach.labels import is_whole, labels_of
from amends.coach.moment import moment
from amends.coach.review import Gate, Note, Review
from amends.coach.signs.courtesies import RAGE
from amends.coach.virtues import Rubric, heaviest_missing, rubric

LANGUAGES = frozenset({"en"})
"""Languages whose words the coach knows; for others it rests and lets everything pass."""
DOUBTFUL = frozenset(["ARGUES", "CHANNEL_BOUNCE", "ASKS_KNOWN"])
ENOUGH = 60
GOOD = 75
LONGEST = 20_000
"""Characters of a draft, and of what the customer wrote, that are read; nobody writes a longer answer by hand."""


def check(draft: str, brief: Brief) -> Review:
    """Virtues, notes in reading order, the score and the gate of a draft. Never raises.

    The score holds a letter only where it has to say sorry; a later letter is held by its faults alone.
    """
    if not reads(brief.language):
        listed = ticks(Draft(""), brief, read=False) if brief.call else ()
        return Review(0, (), (), "ok", brief.promises, resting=_resting(brief.language), ticks=listed)
    draft = draft[:LONGEST]
    brief = replace(brief, customer_words=brief.customer_words[:LONGEST], told_before=_newest(brief.told_before))
    read = Draft(draft)
    if not draft.strip():
        listed = ticks(read, brief) if brief.call else ()
        return Review(0, rubric(read, brief).virtues, (), "ok", brief.promises, ticks=listed)
    notes = tuple(all_notes(read, brief))
    if is_whole(read, brief):
        notes = tuple(_doubted(one) for one in notes)
    found = _in_own_hints(rubric(read.without(notes), brief), brief)
    score = max(0, min(100, round(found.score - penalty(notes))))
    notes = tuple(_in_own_words(one, brief) for one in sorted(notes, key=lambda one: (one.start, one.end)))
    if score < ENOUGH and brief.first_apology and not any(one.weight == "fix" for one in notes):
        notes = (_not_yet(found), *notes)
    pause = _moment(notes, score, brief)
    return Review(
        score=score,
        virtues=found.virtues,
        notes=notes,
        gate=gate_of(notes),
        promises=brief.promises,
        take_a_moment=pause,
        moment=moment(brief) if pause else None,
        ticks=ticks(read, brief) if brief.call else (),
        second_person=any(FAULTS[one.code].second_person for one in notes),
        labels=labels_of(read, notes, brief),
    )


def reads(language: str) -> bool:
    """Whether the coach knows the words of a language, given as its code ("en-GB")."""
    return language.split("-")[0].lower() in LANGUAGES


def _newest(letters: tuple[str, ...]) -> tuple[str, ...]:
    """The newest letters that are read, in their order."""
    kept: list[str] = []
    left = LONGEST
    for letter in reversed(letters):
        if left <= 0:
            break
        kept.append(letter[:left])
        left -= len(letter)
    return tuple(reversed(kept))


def _doubted(one: Note) -> Note:
    """In a letter that makes all good, words that seem to argue, send away or ask twice are more likely kind: a tip."""
    return replace(one, gate="tip", weight="better") if one.code in DOUBTFUL and not one.sure else one


def _in_own_words(one: Note, brief: Brief) -> Note:
    """The shop's own tip for this code, where it has one."""
    return replace(one, advice=brief.tips[one.code]) if one.code in brief.tips else one


def _in_own_hints(found: Rubric, brief: Brief) -> Rubric:
    """The shop's own words for what lacks, where it has some."""
    virtues = (replace(one, hint=brief.tips.get(one.code, one.hint)) if one.hint else one for one in found.virtues)
    return replace(found, virtues=tuple(virtues))


def gate_of(notes: tuple[Note, ...]) -> Gate:
    """What the notes together do with a letter."""
    gates = {one.gate for one in notes}
    if "block" in gates:
        return "block"
    return "hold" if "hold" in gates else "ok"


def _not_yet(found: Rubric) -> Note:
    """A letter that has no fault and yet lacks too much: what weighs most is named."""
    hints = " ".join(virtue.hint for virtue in heaviest_missing(found, 3))
    return note("NOT_YET", (0, 0), _("This does not make it right yet"), hints)


def _moment(notes: tuple[Note, ...], score: int, brief: Brief) -> bool:
    """Whether to pause before sending (C7.3): we quarrel, or they rage and the answer is not good."""
    if any(FAULTS[one.code].moment for one in notes):
        return True
    raging = RAGE.search(brief.customer_words) or LOUD.search(brief.customer_words)
    return brief.complaint and score < GOOD and raging is not None


def _resting(language: str) -> str:
    try:
        name = get_language_info(language)["name_translated"]
    except KeyError:
        name = language
    return _("The coach does not read %(language)s yet; the letter can go as it is.") % {"language": name}
