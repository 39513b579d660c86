"""Patterns over words, and finding them in a text in one pass. Pure.

A pattern is written as the words that it needs, in order:

    refus* ..3 refund|exchange

`a|b` either; `refus*` any word that begins so; `@neg` a word of that class; `#` a number, in figures or words; `..3` at
most three words between, in the same sentence; `...9` also across sentences; `?very` may be there; `on_hold` two words.
A pattern must begin and end with a word that is needed: by its first, it is found, so that a text costs what it says
and no more; behind its last, nothing would be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from amends.triage.reader.tokens import Tokens

NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred dozen"
    " zwei drei vier fünf sechs sieben acht neun zehn deux trois quatre cinq six sept huit dix"
    " dos tres cuatro cinco seis siete ocho nueve diez due tre quattro cinque sei sette otto nove dieci"
).split()
_GAP = re.compile(r"(\.{2,3})(\d+)$")
_INSIDE = r"(?:[^ .!?¶…]+ ){0,%d}?"
_ACROSS = r"(?:[^ ]+ ){0,%d}?"
_FIGURE = r"\d[\d.,:]*"


class PatternError(ValueError):
    """A pattern that cannot be read; says which and why."""


@dataclass(frozen=True)
class Pattern:
    """One pattern of a label, as it was written."""

    label: str
    written: str
    classes: Mapping[str, str]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Made when a text first has the pattern's first word: most never are."""
        return re.compile("".join(self._parts()))

    @cached_property
    def first(self) -> tuple[str, ...]:
        """The words by which it may begin; one that ends with "*" stands for all that begin so."""
        elements = self.written.split()
        first, last = elements[0], elements[-1]
        if not (_is_needed(first) and _is_needed(last)):
            raise PatternError(f"“{self.written}” of “{self.label}” must begin and end with a word that is needed.")
        return tuple(one.split("_")[0] for one in self._choices(first))

    @property
    def denies(self) -> bool:
        """Whether the pattern holds a "not" itself."""
        return "@neg" in self.written

    def _choices(self, element: str) -> list[str]:
        found: list[str] = []
        for one in element.split("|"):
            if one.startswith("@"):
                if one[1:] not in self.classes:
                    raise PatternError(f"“{self.written}” of “{self.label}” names a class “{one}” that is not there.")
                found += self._choices("|".join(self.classes[one[1:]].split()))
            else:
                found.append(one)
        return found

    def _parts(self) -> Iterator[str]:
        for element in self.written.split():
            gap = _GAP.match(element)
            if gap:
                yield (_ACROSS if len(gap[1]) > 2 else _INSIDE) % int(gap[2])
                continue
            may = not _is_needed(element)
            choices = "|".join(_one(one) for one in self._choices(element[1:] if may else element))
            yield f"(?:(?:{choices}) )" + ("?" if may else "")


def _is_needed(element: str) -> bool:
    return _GAP.match(element) is None and (element == "?" or element[0] != "?")


def _one(word: str) -> str:
    if word == "#":
        return f"{_FIGURE}|{'|'.join(NUMBERS)}"
    return " ".join(
        f"{re.escape(part[:-1])}[^ ]*" if part.endswith("*") else re.escape(part) for part in word.split("_")
    )


@dataclass(frozen=True)
class Found:
    """A pattern that lies in the text: from piece `first` to before piece `after`."""

    pattern: Pattern
    first: int
    after: int

    @property
    def label(self) -> str:
        return self.pattern.label


class Finder:
    """All patterns, by their first word."""

    REMEMBERED = 50_000

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._whole: dict[str, list[Pattern]] = {}
        self._begun: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            for first in set(pattern.first):
                if first == "#":
                    for number in ("#", *NUMBERS):
                        self._whole.setdefault(number, []).append(pattern)
                elif first.endswith("*"):
                    self._begun.setdefault(first[:-1], []).append(pattern)
                else:
                    self._whole.setdefault(first, []).append(pattern)
        self._lengths = sorted({len(begun) for begun in self._begun})
        self._known: dict[str, tuple[Pattern, ...]] = {}

    def find(self, tokens: Tokens) -> list[Found]:
        """What lies in a text, in the order of its first word; of one pattern the first at each place."""
        found: list[Found] = []
        joined, places = tokens.joined, tokens.places
        for at, word in enumerate(tokens.words):
            for pattern in self._that_begin(word):
                match = pattern.regex.match(joined, places[at])
                if match is not None:
                    found.append(Found(pattern, at, tokens.piece_at(match.end() - 1) + 1))
        return found

    def _that_begin(self, word: str) -> tuple[Pattern, ...]:
        known = self._known.get(word)
        if known is None:
            named = "#" if word[0].isdigit() else word
            all_of = list(self._whole.get(named, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                all_of += self._begun.get(word[:length], ())
            if len(self._known) >= self.REMEMBERED:
                self._known.clear()
            known = self._known[word] = tuple(all_of)
        return known
