"""A fault that a pattern finds: most checks are a table of these."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from amends.coach.brief import Brief
from amends.coach.draft import Draft, quote
from amends.coach.faults import note
from amends.coach.review import Note

Check = Callable[[Draft, Brief], Iterator[Note]]


@dataclass(frozen=True)
class Rule:
    """`pattern` in a sentence in which `unless` is not. `title` may hold %(words)s: the words found.

    `complaints` says that it is a fault only while something is wrong. `out` takes the words out.
    """

    code: str
    pattern: re.Pattern[str]
    title: Promise
    advice: Promise
    unless: re.Pattern[str] | None = None
    complaints: bool = True
    out: bool = False


def words(*alternatives: str) -> re.Pattern[str]:
    """Whole words or phrases, any case."""
    return re.compile(rf"(?:(?<!\w)|(?='))(?:{'|'.join(alternatives)})", re.IGNORECASE)


def apply(rules: Sequence[Rule], draft: Draft, brief: Brief) -> Iterator[Note]:
    """The notes of a table of rules."""
    for rule in rules:
        if rule.complaints and not brief.complaint:
            continue
        for sentence, match, span in draft.find(rule.pattern, rule.unless):
            place = draft.whole(sentence) if rule.out else span
            title = str(rule.title) % {"words": quote(match)}
            yield note(rule.code, place, title, rule.advice, replacement="" if rule.out else None)
