"""Words of one meaning in six languages: which meanings each word of a text has. Pure.

They are what lets a model that learned from some sentences know others that say the same in other words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from amends.triage.reader.patterns import NUMBERS

_READ = tomllib.loads(files(__package__).joinpath("words/concepts.toml").read_text("utf-8"))
WRITTEN: dict[str, str] = {name: words for group in _READ.values() for name, words in group.items()}
MARKS = {"~b": "brand", "~o": "other", "?": "asked", "!": "exclaimed", '"': "quoted"}
CONCEPTS = (*WRITTEN, "number", *MARKS.values())
"""Every meaning, in the order in which a model knows them."""
NOT = CONCEPTS.index("not")
COMPANIES = frozenset((CONCEPTS.index("brand"), CONCEPTS.index("other")))
_NUMBER = CONCEPTS.index("number")

Several = tuple[tuple[str, ...], int]


def _tables() -> tuple[dict[str, set[int]], dict[str, set[int]], dict[str, list[Several]]]:
    whole: dict[str, set[int]] = {mark: {CONCEPTS.index(name)} for mark, name in MARKS.items()}
    begun: dict[str, set[int]] = {}
    several: dict[str, list[Several]] = {}
    for number, written in enumerate(WRITTEN.values()):
        for word in written.split():
            parts = tuple(word.split("_"))
            if len(parts) > 1:
                several.setdefault(parts[0].removesuffix("*"), []).append((parts, number))
            elif word.endswith("*"):
                begun.setdefault(word[:-1], set()).add(number)
            else:
                whole.setdefault(word, set()).add(number)
    for word in NUMBERS:
        whole.setdefault(word, set()).add(_NUMBER)
    return whole, begun, several


_WHOLE, _BEGUN, _SEVERAL = _tables()


def meanings(words: Sequence[str]) -> list[tuple[int, ...]]:
    """For each piece the numbers of its meanings, in order; words that mean something together do so at the first."""
    found = [_of_word(word) for word in words]
    for at, word in enumerate(words):
        together = _that_begin(word)
        if together:
            more = {number for parts, number in together if _stands(parts, words, at)}
            if more:
                found[at] = tuple(sorted(more.union(found[at])))
    return found


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[int, ...]:
    found = set(_WHOLE.get(word, ()))
    for length in range(2, len(word) + 1):
        found |= _BEGUN.get(word[:length], set())
    if word[0].isdigit():
        found.add(_NUMBER)
    return tuple(sorted(found))


@lru_cache(maxsize=50_000)
def _that_begin(word: str) -> tuple[Several, ...]:
    return tuple(one for length in range(1, len(word) + 1) for one in _SEVERAL.get(word[:length], ()))


def _stands(parts: Sequence[str], words: Sequence[str], at: int) -> bool:
    return at + len(parts) <= len(words) and all(
        words[at + place].startswith(part[:-1]) if part.endswith("*") else words[at + place] == part
        for place, part in enumerate(parts)
    )
