"""Words of opinion: what pleases and what does not, turned round behind a "not". Pure; numpy only.

The words are Hu and Liu's list (NOTICE), held as numbers in the model's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from amends.triage.reader.happened import NEGATIONS

Floats = NDArray[np.float32]

REACH = 4
"""Words that a "not" turns round."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[!?]+|[.,;:()]")
_ENDS = frozenset(".,;:()")
_BUT = frozenset(("but", "however", "although", "though", "except"))
_CUTS = (frozenset(",;:.!?()"), frozenset((*",;:.!?()", "and", "or", "which", "that", "because")))
_FAR = 6
COUNTS = 15
"""Numbers that `counts` gives."""
AROUND = 2 * (3 + 2 * (2 + 2 * _FAR + 1)) + 2 * (2 * _FAR + 1)
"""Numbers that `around` gives."""


class Opinions:
    """The list of words, by their hashes."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        good, bad = (arrays[f"opinion_{name}"].view(np.uint32).tolist() for name in ("good", "bad"))
        self._tone = dict.fromkeys(good, 1) | dict.fromkeys(bad, -1)

    def tones(self, words: Sequence[str]) -> list[int]:
        """Of each word: 1 pleases, -1 does not, 0 says nothing."""
        found, turned = [], 0
        for word in words:
            if word in NEGATIONS or word.endswith("n't"):
                turned = REACH
                found.append(0)
                continue
            turned = 0 if word in _ENDS else turned
            tone = self._tone.get(hashed(word), 0)
            found.append(-tone if turned else tone)
            turned = max(0, turned - 1)
        return found

    def counts(self, text: str) -> Floats:
        """What a text as a whole has of them; `text` as `plain` gives it."""
        words = _WORD.findall(text)
        tones = self.tones(words)
        good, bad = tones.count(1), tones.count(-1)
        denied = sum(word in NEGATIONS or word.endswith("n't") for word in words)
        return np.array(
            [
                *(good > 0, good > 1, bad > 0, bad > 1, good > bad, bad > good, good + bad == 0),
                *(min(good, 4), min(bad, 4), min(denied, 3), not _BUT.isdisjoint(words)),
                *(min(3.0, len(words) / 15), "?" in text, "if" in words, "i" in words),
            ],
            np.float32,
        )

    def around(self, before: Sequence[str], after: Sequence[str]) -> Floats:
        """How near they stand to what is spoken of, on each side, in its clause and in all; words as `pieces` gives them."""
        sides = [(before[::-1], self.tones(before)[::-1]), (after, self.tones(after))]
        clauses = [number for cut in _CUTS for number in _clause(sides, cut)]
        return np.array([*clauses, *(number for _, tones in sides for number in _nearest(tones))], np.float32)


def pieces(text: str) -> list[str]:
    """A text's words and marks; small letters."""
    return _WORD.findall(text)


def _clause(sides: Sequence[tuple[Sequence[str], Sequence[int]]], cut: frozenset[str]) -> Iterator[bool]:
    tones = [tones[: _end(words, cut)] for words, tones in sides]
    every = [*tones[0], *tones[1]]
    yield from (1 in every, -1 in every, not any(every))
    for one in tones:
        yield from (1 in one, -1 in one)
        yield from _nearest(one)


def _end(words: Sequence[str], cut: frozenset[str]) -> int:
    return next((at for at, word in enumerate(words) if word in cut or word in _BUT or word[0] in "!?"), len(words))


def _nearest(tones: Sequence[int]) -> list[bool]:
    """Which tone the nearest word has and how far it is; the last number is true where there is none."""
    found = [False] * (2 * _FAR + 1)
    at = next((at for at, tone in enumerate(tones) if tone), None)
    if at is None:
        found[-1] = True
    else:
        found[min(at, _FAR - 1) * 2 + (tones[at] < 0)] = True
    return found


@lru_cache(maxsize=50_000)
def hashed(word: str) -> int:
    """The number that stands for a word."""
    return crc32(word.encode("utf-8", "replace"))
