"""A fault that a sign shows: most checks are a table of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from amends.coach.brief import Brief
from amends.coach.draft import Draft
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.signs.causes import NOT_OURS, OURS
from amends.coach.signs.deeds import DEED, NO_DEED
from amends.coach.signs.sorries import HOLLOW, SORRY
from amends.coach.words import Sign

Check = Callable[[Draft, Brief], Iterator[Note]]


@dataclass(frozen=True)
class Rule:
    """`sign` in a sentence in which `unless` is not. `title` may hold %(words)s: the words found.

    `complaints` says that it is a fault only while something is wrong. `out` takes the words out. A `loose`
    sign is passed over in a letter that says sorry and does something: there it is more likely a kind word.
    """

    code: str
    sign: Sign
    title: Promise
    unless: Sign | None = None
    complaints: bool = True
    out: bool = False
    loose: bool = False


def apply(rules: Sequence[Rule], draft: Draft, brief: Brief) -> Iterator[Note]:
    """The notes of a table of rules."""
    kind = makes_amends(draft)
    for rule in rules:
        if (rule.complaints and not brief.complaint) or (rule.loose and kind):
            continue
        for found in draft.find(rule.sign, rule.unless):
            place = draft.whole(found.sentence) if rule.out else found.span
            title = str(rule.title) % {"words": found.words}
            yield note(rule.code, place, title, replacement="" if rule.out else None)


def makes_amends(draft: Draft) -> bool:
    """Whether a letter says sorry and owns the fault or does something about it."""
    return draft.says(SORRY, HOLLOW) and (draft.says(DEED, NO_DEED) or draft.says(OURS, NOT_OURS))
