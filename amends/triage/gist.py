"""A long story in at most five of its own sentences: who, what, when, cost, feeling, wish (A246, CV17). Pure.

English, German, French. Nothing is put in other words: each line is a place in a letter, so that it can be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from amends.kit.sentences import Sentence, sentences, typed
from amends.triage.reader.facts import FactKind, facts
from amends.triage.signs import kind_of, requests

Kind = Literal["who", "what", "when", "cost", "feeling", "wish"]
ORDER: tuple[Kind, ...] = ("who", "what", "when", "cost", "feeling", "wish")
IMPORTANCE: tuple[Kind, ...] = ("what", "wish", "feeling", "cost", "who", "when")
MOST = 5
LONGEST = 20_000
"""Characters of a letter that are looked over; MOST_LETTERS of them, the first and the newest."""
MOST_LETTERS = 8
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
    chosen: dict[tuple[int, int], list[Kind]] = {}
    said = dict(_read(letters))
    for kind in IMPORTANCE:
        place = _place(kind, said)
        if place is None or (place not in chosen and len(chosen) == MOST):
            continue
        chosen.setdefault(place, []).append(kind)
    found = [_line(place, kinds, said) for place, kinds in chosen.items()]
    return tuple(sorted(found, key=lambda line: ORDER.index(line.kinds[0])))


_Said = dict[tuple[int, int], Sentence]


def _read(letters: Sequence[str]) -> Iterator[tuple[tuple[int, int], Sentence]]:
    """Letter and place of each sentence that says something, of the first letter and the newest."""
    numbered = list(enumerate(letters))
    for number, text in [*numbered[:1], *numbered[1:][-(MOST_LETTERS - 1) :]]:
        for one in sentences(text[:LONGEST]):
            if not one.text.startswith(">") and len(one.text.split()) >= LEAST_WORDS:
                yield (number, one.start), one


LEAST_WORDS = 3
"""Of a sentence that tells something; a greeting and a name do not."""


def _place(kind: Kind, said: _Said) -> tuple[int, int] | None:
    shows, is_last = _SIGNS[kind]
    places = reversed(list(said)) if is_last else iter(said)
    found = next((place for place in places if shows(typed(said[place].text))), None)
    return _first(said) if found is None and kind == "what" else found


def _first(said: _Said) -> tuple[int, int] | None:
    """Where no word tells of hurt, what they began with does."""
    return next((place for place, one in said.items() if len(one.text.split()) >= LEAST_STORY), None)


LEAST_STORY = 5
"""Words of a sentence that begins a story."""


def _line(place: tuple[int, int], kinds: list[Kind], said: _Said) -> Line:
    one = said[place]
    words = " ".join(one.text.split())
    if len(words) > LONGEST_LINE:
        words = words[: LONGEST_LINE - 1].rsplit(" ", 1)[0] + "…"
    return Line(tuple(sorted(kinds, key=ORDER.index)), place[0], one.start, one.end, words)


_PERSON = (
    "mother|mum|mom|father|dad|parents?|wife|husband|partner|daughter|son|child|children|kids?|baby|grand\\w+|sister|brother"
    "|aunt|uncle|nephew|niece|friends?|neighbours?|guests?|colleagues?|boss|customers?|patients?|pupils|team|bride|groom"
)
_WHO = re.compile(
    rf"\b(?:my|our) (?:\w+ ){{0,2}}(?:{_PERSON})\b"
    r"|\b(?:mein|unser)e?[nmrs]? (?:\w+ )?(?:mutter|vater|eltern|frau|mann|tochter|sohn|kind(?:er)?|oma|opa|schwester|bruder"
    r"|freund(?:in|e)?|gäste|kollegin|kollege)\b"
    r"|\b(?:ma|mon|mes|notre|nos) (?:\w+ )?(?:mère|père|parents|femme|mari|fille|fils|enfants?|sœur|frère|ami(?:e|s)?|invités)\b",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:birthday|wedding|anniversary|funeral|christmas|holidays?|exam|concert|party|geburtstag|hochzeit|beerdigung"
    r"|weihnachten|urlaub|anniversaire|mariage|enterrement|noël|vacances)\b",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\b(?:cost|costs|costing) (?:me|us)\b|\b(?:i|we) (?:\w+ )?(?:paid|spent|lost|wasted|waited)\b|\b(?:charged|overcharged)\b"
    r"|\bday off\b|\b(?:kostet|gekostet|bezahlt|gewartet|verloren)\b|\b(?:coûté|payé|perdu|attendu)\b",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\b(?:angry|furious|livid|upset|disappoint\w+|asham\w+|embarrass\w+|foolish|humiliat\w+|cried|crying|tears|worried|afraid"
    r"|scared|sad|hurt|heartbroken|stress\w*|frustrat\w+|desperate|fed up|let down|exhausted|annoy\w+|insult\w+|ignored"
    r"|wütend|enttäuscht|traurig|geweint|verzweifelt|blamiert|sauer|verärgert|déçue?s?|furieu\w+|triste|pleuré|honte|inquiet)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:i|we)(?:'d| would| just| only)? (?:like|want|need|expect|ask|hope|wish)\b(?! (?:it|that) (?:was|were|had))|\bmoney back\b"
    r"|\brefund\b",
    re.IGNORECASE,
)


def _tells(*kinds: FactKind) -> Callable[[str], bool]:
    return lambda text: any(one.kind in kinds for one in facts(text))


def _when(text: str) -> bool:
    return _OCCASION.search(text) is not None or _tells("date")(text)


def _cost(text: str) -> bool:
    return _COST.search(text) is not None or _tells("amount")(text)


def _wish(text: str) -> bool:
    return text.endswith("?") or bool(requests(text)) or _ASKS.search(text) is not None


_SIGNS: dict[Kind, tuple[Callable[[str], bool], bool]] = {
    "who": (lambda text: _WHO.search(text) is not None, False),
    "what": (lambda text: kind_of(text) == "complaint", False),
    "when": (_when, False),
    "cost": (_cost, False),
    "feeling": (lambda text: _FEELING.search(text) is not None, True),
    "wish": (_wish, True),
}
"""How a sentence shows it, and whether the last such sentence counts and not the first."""
