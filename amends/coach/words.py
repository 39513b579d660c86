"""Patterns over what people write, quick enough to run at every pause while one types. Pure."""

from __future__ import annotations

import re

MOST_SEEN = 512
"""Sentences whose answer a sign remembers."""


class Sign:
    """A pattern that looks for whole words in a sentence, whatever their case.

    It is written in small letters and remembers what it has seen: while somebody types, one sentence
    changes and the others are known. Places found are places in the sentence as given.
    """

    __slots__ = ("_compiled", "_seen", "_source")

    def __init__(self, pattern: str) -> None:
        self._source = pattern
        self._compiled: re.Pattern[str] | None = None
        self._seen: dict[str, re.Match[str] | None] = {}

    def search(self, sentence: str) -> re.Match[str] | None:
        """The first match, in small letters, or None."""
        try:
            return self._seen[sentence]
        except KeyError:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            found = self._seen[sentence] = self._pattern().search(small(sentence))
            return found

    def all(self, sentence: str) -> list[re.Match[str]]:
        """Every match, in order."""
        return list(self._pattern().finditer(small(sentence)))

    def _pattern(self) -> re.Pattern[str]:
        # Compiling all signs takes a twentieth of the desk's start; nobody waits for them before a draft is read.
        if self._compiled is None:
            self._compiled = re.compile(self._source)
        return self._compiled


def words(*alternatives: str) -> Sign:
    """Any of these, from the beginning of a word or of its ending ("'s")."""
    return Sign(rf"(?:(?<!\w)|(?='))(?:{'|'.join(alternatives)})")


def small(text: str) -> str:
    """Small letters, each in its place: a letter that would become two stays as it is."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
