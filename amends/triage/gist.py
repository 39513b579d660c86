"""A long story in at most five of its own sentences: who, what, when, cost, feeling, wish (A246, CV17). Pure.

English, German, French. Nothing is put in other words: each line is a place in a letter, so that it can be looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from amends.kit.sentences import Sentence, sentences, typed
from amends.triage.reader.facts import Fact, FactKind, facts
from amends.triage.signs import kind_of, requests

Kind = Literal["who", "what", "when", "cost", "feeling", "wish"]
ORDER: tuple[Kind, ...] = ("who", "what", "when", "cost", "feeling", "wish")
IMPORTANCE: tuple[Kind, ...] = ("what", "wish", "feeling", "cost", "who", "when")
MOST = 5
LONGEST = 2_500
"""Characters of a letter that are looked over; MOST_LETTERS of them, the first and the newest."""
MOST_LETTERS = 3
LONGEST_LINE = 140


@dataclass(frozen=True)
class Line:
    """One sentence: what it tells, in which letter (from 0), its place there, and its words, cut where it is long."""

    kinds: tuple[Kind, ...]
    letter: int
    start: int
    end: int
    words: str


def gist(letters: Sequence[str]) -> tuple[Line, ...]:
    """At most five lines, in the order of ORDER; what hurt comes from where it was told first, the wish from the end."""
    chosen: dict[tuple[int, Sentence], list[Kind]] = {}
    read = [_Letter.of(number, text) for number, text in looked_over(letters)]
    for kind in IMPORTANCE:
        told = _told(kind, read)
        if told is None or (told not in chosen and len(chosen) == MOST):
            continue
        chosen.setdefault(told, []).append(kind)
    found = [_line(number, one, kinds) for (number, one), kinds in chosen.items()]
    return tuple(sorted(found, key=lambda line: ORDER.index(line.kinds[0])))


def looked_over(letters: Sequence[str]) -> list[tuple[int, str]]:
    """Number and beginning of the first letter and the newest: it is read on a page that somebody waits for."""
    numbered = [(number, text[:LONGEST]) for number, text in enumerate(letters)]
    return [*numbered[:1], *numbered[1:][-(MOST_LETTERS - 1) :]]


LEAST_WORDS = 3
"""Of a sentence that tells something; a greeting and a name do not."""


@dataclass(frozen=True)
class _Letter:
    """Its number, its words as a keyboard types them, and the sentences of it that tell something."""

    number: int
    text: str
    said: tuple[Sentence, ...]

    @cached_property
    def small(self) -> str:
        """In small letters, as the patterns below are: ignoring the case in them takes several times as long."""
        small = self.text.lower()
        return small if len(small) == len(self.text) else self.text

    @cached_property
    def facts(self) -> list[Fact]:
        return facts(self.text)

    @classmethod
    def of(cls, number: int, text: str) -> _Letter:
        told = (one for one in sentences(text) if not one.text.startswith(">"))
        return cls(number, typed(text), tuple(one for one in told if len(one.text.split()) >= LEAST_WORDS))

    def at(self, places: Iterable[int]) -> Iterator[Sentence]:
        """The sentence in which each of these places lies."""
        starts = [one.start for one in self.said]
        for place in places:
            number = bisect_right(starts, place) - 1
            if number >= 0 and place < self.said[number].end:
                yield self.said[number]


def _told(kind: Kind, read: Sequence[_Letter]) -> tuple[int, Sentence] | None:
    """Letter and sentence that tell it; of what hurt, where no word tells of it, of what they began with."""
    shows, is_last = _SIGNS[kind]
    for letter in reversed(read) if is_last else read:
        told = letter.at(shows(letter))
        found = max(told, key=lambda one: one.start, default=None) if is_last else next(told, None)
        if found is not None:
            return letter.number, found
    return _first(read) if kind == "what" else None


def _first(read: Sequence[_Letter]) -> tuple[int, Sentence] | None:
    begins = ((letter.number, one) for letter in read for one in letter.said if len(one.text.split()) >= LEAST_STORY)
    return next(begins, None)


LEAST_STORY = 5
"""Words of a sentence that begins a story."""


def _line(number: int, one: Sentence, kinds: list[Kind]) -> Line:
    words = " ".join(one.text.split())
    if len(words) > LONGEST_LINE:
        words = words[: LONGEST_LINE - 1].rsplit(" ", 1)[0] + "…"
    return Line(tuple(sorted(kinds, key=ORDER.index)), number, one.start, one.end, words)


_PERSON = (
    "mother|mum|mom|father|dad|parents?|wife|husband|partner|daughter|son|child|children|kids?|baby|grand\\w+|sister|brother"
    "|aunt|uncle|nephew|niece|friends?|neighbours?|guests?|colleagues?|boss|customers?|patients?|pupils|team|bride|groom"
)
_WHO = re.compile(
    rf"\b(?:my|our) (?:\w+ ){{0,2}}(?:{_PERSON})\b"
    r"|\b(?:mein|unser)e?[nmrs]? (?:\w+ )?(?:mutter|vater|eltern|frau|mann|tochter|sohn|kind(?:er)?|oma|opa|schwester|bruder"
    r"|freund(?:in|e)?|gäste|kollegin|kollege)\b"
    r"|\b(?:ma|mon|mes|notre|nos) (?:\w+ )?(?:mère|père|parents|femme|mari|fille|fils|enfants?|sœur|frère|ami(?:e|s)?|invités)\b",
)
_OCCASION = re.compile(
    r"\b(?:birthday|wedding|anniversary|funeral|christmas|holidays?|exam|concert|party|geburtstag|hochzeit|beerdigung"
    r"|weihnachten|urlaub|anniversaire|mariage|enterrement|noël|vacances)\b",
)
_COST = re.compile(
    r"\b(?:cost|costs|costing) (?:me|us)\b|\b(?:i|we) (?:\w+ )?(?:paid|spent|lost|wasted|waited)\b|\b(?:charged|overcharged)\b"
    r"|\bday off\b|\b(?:kostet|gekostet|bezahlt|gewartet|verloren)\b|\b(?:coûté|payé|perdu|attendu)\b",
)
_FEELING = re.compile(
    r"\b(?:angry|furious|livid|upset|disappoint\w+|asham\w+|embarrass\w+|foolish|humiliat\w+|cried|crying|tears|worried|afraid"
    r"|scared|sad|hurt|heartbroken|stress\w*|frustrat\w+|desperate|fed up|let down|exhausted|annoy\w+|insult\w+|ignored"
    r"|wütend|enttäuscht|traurig|geweint|verzweifelt|blamiert|sauer|verärgert|déçue?s?|furieu\w+|triste|pleuré|honte|inquiet)\b",
)
_ASKS = re.compile(
    r"\b(?:i|we)(?:'d| would| just| only)? (?:like|want|need|expect|ask|hope|wish)\b(?! (?:it|that) (?:was|were|had))|\bmoney back\b"
    r"|\brefund\b",
)


def _found(pattern: re.Pattern[str]) -> Callable[[_Letter], list[int]]:
    return lambda letter: [one.start() for one in pattern.finditer(letter.small)]


def _facts(letter: _Letter, kind: FactKind) -> list[int]:
    return [one.start for one in letter.facts if one.kind == kind]


def _what(letter: _Letter) -> Iterator[int]:
    return (one.start for one in letter.said if kind_of(typed(one.text)) == "complaint")


def _when(letter: _Letter) -> list[int]:
    return sorted([*_found(_OCCASION)(letter), *_facts(letter, "date")])


def _cost(letter: _Letter) -> list[int]:
    return sorted([*_found(_COST)(letter), *_facts(letter, "amount")])


def _wish(letter: _Letter) -> list[int]:
    questions = [one.start for one in letter.said if one.text.endswith("?")]
    return [*questions, *requests(letter.text), *_found(_ASKS)(letter)]


_SIGNS: dict[Kind, tuple[Callable[[_Letter], Iterable[int]], bool]] = {
    "who": (_found(_WHO), False),
    "what": (_what, False),
    "when": (_when, False),
    "cost": (_cost, False),
    "feeling": (_found(_FEELING), True),
    "wish": (_wish, True),
}
"""Where a letter shows it, in order, and whether the last such sentence counts and not the first."""
