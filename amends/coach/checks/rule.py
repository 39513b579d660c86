"""A fault that a sign shows: most checks are a table of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from amends.coach.brief import Brief
from amends.coach.draft import Draft
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.words import Sign

Check = Callable[[Draft, Brief], Iterator[Note]]


@dataclass(frozen=True)
class Rule:
    """`sign` in a sentence in which `unless` is not. `title` may hold %(words)s: the words found.

    `complaints` says that it is a fault only while something is wrong. `out` takes the words out.
    """

    code: str
    sign: Sign
    title: Promise
    advice: Promise
    unless: Sign | None = None
    complaints: bool = True
    out: bool = False


def apply(rules: Sequence[Rule], draft: Draft, brief: Brief) -> Iterator[Note]:
    """The notes of a table of rules."""
    for rule in rules:
        if rule.complaints and not brief.complaint:
            continue
        for found in draft.find(rule.sign, rule.unless):
            place = draft.whole(found.sentence) if rule.out else found.span
            title = str(rule.title) % {"words": found.words}
            yield note(rule.code, place, title, rule.advice, replacement="" if rule.out else None)
