"""Stand-ins for what in a text names a person or a thing of theirs: before it leaves the house, and back again. Pure.

E-mail addresses, links, numbers (of phones, cards, bank accounts, orders, units), and whatever the caller knows
(names). Dates and amounts stay: an answer turns on them. What no rule knows stays, too, such as a postal address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from amends.triage.reader.facts import facts

Kind = Literal["NAME", "EMAIL", "LINK", "NUMBER", "TEXT"]
Span = tuple[int, int, Kind]

STAND_IN = re.compile(r"\[(?:NAME|EMAIL|LINK|NUMBER|TEXT)_\d{1,4}\]")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]{1,2000}+", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,8}+", re.IGNORECASE)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")
_CODE = re.compile(r"(?<![\w-])[A-Z]{1,6}[-/]?\d{4,20}+[\dA-Z-]{0,20}+(?!\w)")
_NUMBER = re.compile(r"(?<!\w)[+(]?\d(?:[ \t\u00a0\u202f./()-]{0,3}\d){6,30}(?!\w)")
_SHORTEST_NAME = 2


@dataclass
class Mask:
    """One for all the texts of one question: the same thing has the same stand-in in each of them.

    `known`: what is known already → its kind. `on` False leaves every text as it is.
    """

    known: Mapping[str, Kind] = field(default_factory=dict)
    on: bool = True
    stands: dict[str, str] = field(default_factory=dict)
    """Stand-in → what it stands for."""

    def hide(self, text: str) -> str:
        """The text with stand-ins."""
        if not self.on:
            return text
        parts, last = [], 0
        for start, end, kind in _first_and_longest(self._spans(text)):
            parts += [text[last:start], self._stand_in(text[start:end], kind)]
            last = end
        return "".join([*parts, text[last:]])

    def show(self, text: str) -> str:
        """A text that came back, with what its stand-ins stand for; one that nobody gave stays as it is."""
        return STAND_IN.sub(lambda found: self.stands.get(found[0], found[0]), text)

    def _spans(self, text: str) -> Iterator[Span]:
        # What looks like a stand-in already must not come back as somebody's address.
        yield from _of(STAND_IN, text, "TEXT")
        for value, kind in self.known.items():
            if len(value) >= _SHORTEST_NAME:
                yield from _of(re.compile(rf"(?<!\w){re.escape(value)}(?!\w)"), text, kind)
        yield from _of(_EMAIL, text, "EMAIL")
        yield from _of(_LINK, text, "LINK")
        yield from _of(_IBAN, text, "NUMBER")
        yield from _of(_CODE, text, "NUMBER")
        found = facts(text)
        yield from ((one.start, one.end, "NUMBER") for one in found if one.kind in ("order", "serial"))
        kept = [(one.start, one.end) for one in found if one.kind in ("amount", "date")]
        yield from _of(_NUMBER, _without(text, kept), "NUMBER")

    def _stand_in(self, value: str, kind: Kind) -> str:
        for stand_in, known in self.stands.items():
            if known == value:
                return stand_in
        number = sum(one.startswith(f"[{kind}_") for one in self.stands) + 1
        stand_in = f"[{kind}_{number}]"
        self.stands[stand_in] = value
        return stand_in


def names_in(name: str) -> dict[str, Kind]:
    """A person's whole name and its parts, for `known`."""
    parts = [part for part in name.split() if len(part) >= _SHORTEST_NAME]
    return dict.fromkeys([name, *parts], "NAME")


def _of(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Span]:
    return ((found.start(), found.end(), kind) for found in pattern.finditer(text))


def _first_and_longest(spans: Iterable[Span]) -> Iterator[Span]:
    """Of what overlaps the one that begins first, of those the longest, which takes in what reaches beyond it."""
    begun: Span | None = None
    for start, end, kind in sorted(spans, key=lambda one: (one[0], -one[1])):
        if begun is None or start >= begun[1]:
            if begun is not None:
                yield begun
            begun = (start, end, kind)
        elif end > begun[1]:
            begun = (begun[0], end, begun[2])
    if begun is not None:
        yield begun


def _without(text: str, kept: Iterable[tuple[int, int]]) -> str:
    """The text with blanks of the same length for dates and amounts; a part of a longer number is neither."""
    signs = list(text)
    for start, end in kept:
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        if not re.fullmatch(r"\d[./-]", before) and not re.match(r"[./-]\d", after):
            signs[start:end] = "|" * (end - start)
    return "".join(signs)
