"""A draft as the coach reads it: sentences with their places, quoted lines left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from amends.coach.review import Note
from amends.coach.words import Sign
from amends.kit.sentences import Sentence, sentences, typed

SPOILERS = frozenset(
    {
        "ARGUES",
        "BLAMES",
        "UPSELL",
        "NON_APOLOGY",
        "CONDITIONAL",
        "MINIMISES",
        "SARCASM",
        "OWN_MONEY",
        "CHANNEL_BOUNCE",
        "W-INSULT",
        "W-VOUCHER",
        "ASKS_KNOWN",
    }
)
"""Faults after which the rest of the sentence counts for nothing."""
LONGEST_SENTENCE = 600
"""Characters; people stop long before."""
MOST_NOTES = 3
"""Notes of one kind shown in one draft: more would scold."""


Span = tuple[int, int]
"""A place in a draft: [start, end) in characters."""


@dataclass(frozen=True)
class Found:
    """A sign in a sentence: the match within it, its place in the draft, the words as written."""

    sentence: Sentence
    match: re.Match[str]
    span: Span
    words: str


@dataclass(frozen=True)
class Draft:
    """The agent's words. Every place the coach names is a place in `text`.

    `spoilt` are the starts of sentences that are passed over.
    """

    text: str
    spoilt: frozenset[int] = frozenset()

    def without(self, notes: Iterable[Note]) -> Draft:
        """The same draft less the sentences that a fault spoils: in them is no virtue."""
        places = [note.start for note in notes if note.code in SPOILERS and note.gate != "tip"]
        starts = {one.start for one in self.sentences if any(one.start <= place < one.end for place in places)}
        return Draft(self.text, frozenset(starts))

    @cached_property
    def plain(self) -> str:
        """The text as a keyboard types it; same length."""
        return typed(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """What the agent says; lines quoted from others are not."""
        return tuple(one for one in said_in(self.text) if not one.text.startswith(">") and one.start not in self.spoilt)

    @cached_property
    def left_out(self) -> tuple[Span, ...]:
        """Where the sentences stand that are passed over."""
        return tuple(one.span for one in said_in(self.text) if one.start in self.spoilt)

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences without greeting and signature."""
        return tuple(one for one in self.sentences if not _FRAME.match(one.text))

    def find(self, sign: Sign, unless: Sign | None = None) -> Iterator[Found]:
        """Where sentences show the sign and not `unless`: the first place in each, the first few in all."""
        found = 0
        for sentence in self.sentences:
            match = sign.search(sentence.text)
            if match is None or (unless is not None and unless.search(sentence.text)):
                continue
            found += 1
            if found > MOST_NOTES:
                return
            start, end = sentence.start + match.start(), sentence.start + match.end()
            yield Found(sentence, match, (start, end), short(self.text[start:end]))

    def place(self, sign: Sign, unless: Sign | None = None) -> Span | None:
        """Where it is said first."""
        return next((found.span for found in self.find(sign, unless)), None)

    def says(self, sign: Sign, unless: Sign | None = None) -> bool:
        """Whether any sentence says it."""
        return self.place(sign, unless) is not None

    def after(self, sentence: Sentence) -> str:
        """The sentence that follows, or ""."""
        return next((one.text for one in self.sentences if one.start > sentence.start), "")

    def whole(self, sentence: Sentence) -> tuple[int, int]:
        """The sentence's place with the space behind it, to take it out whole."""
        end = sentence.end
        while end < len(self.plain) and self.plain[end] == " ":
            end += 1
        return sentence.start, end


def said_in(text: str) -> Iterator[Sentence]:
    """The sentences of a text; one that never ends comes in pieces, so that no sign looks at more at once."""
    for one in sentences(text):
        if len(one.text) <= LONGEST_SENTENCE:
            yield one
            continue
        for start in range(0, len(one.text), LONGEST_SENTENCE):
            piece = one.text[start : start + LONGEST_SENTENCE]
            yield Sentence(piece, one.start + start, one.start + start + len(piece))


def short(words: str) -> str:
    """Words for a note's title: not too long, first letter up."""
    words = " ".join(words.split()).strip(" ,;:")
    words = words if len(words) <= 48 else words[:47].rsplit(" ", 1)[0] + "…"
    return words[:1].upper() + words[1:]


_FRAME = re.compile(
    r"^(?:(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day)|@\w+)\b(?: [^\s.!?]+){0,3}[,.!:]?"
    r"|(?:(?:kind|best|warm|many) )?(?:regards|wishes)\b.{0,60}|(?:yours|sincerely|best|cheers)\b.{0,60}"
    r"|[-–—^]+ ?\w.{0,60}|(?-i:(?:[A-Z][\w'-]++ ?){1,3}))$",
    re.IGNORECASE,
)
