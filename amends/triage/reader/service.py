"""The model of service: which clues a text tells of a company and how its author stands to it, from how it is worded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from amends.triage.reader.labels import CLUES
from amends.triage.reader.stance import Stance
from amends.triage.reader.wording import Seen

Floats = NDArray[np.float32]

STANCES: tuple[Stance, ...] = get_args(Stance)
OUTPUTS = (*CLUES, *STANCES)
SHORT, WINDOW = 60, 40
"""Words of a text that is read whole; words of the windows in which a longer one is read."""
MOST = 8000
"""Words that are looked at: what a text says of a company is said by then."""


@dataclass(frozen=True)
class Told:
    """How sure each of CLUES and of STANCES is; above 0 is yes."""

    clues: Floats
    stances: Floats
    _said: Floats
    _spans: tuple[tuple[int, int], ...]

    @property
    def is_long(self) -> bool:
        """Whether the text was read in windows: a stance to all of it is more than the sum of its words."""
        return len(self._spans) > 1

    def part_of(self, clue: int) -> int:
        """The part of the text that speaks most for a clue."""
        first, after = max(self._spans, key=lambda span: self._said[slice(*span), clue].sum())
        return first + int(self._said[first:after, clue].argmax())


class Service:
    """One linear head for each clue and each stance."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._idf = arrays["service_idf"].astype(np.float32)
        self._weights, self._scale, self._bias = (arrays[f"service_{name}"] for name in ("weights", "scale", "bias"))
        self._mean, self._spread, self._beside = (arrays[f"beside_{name}"] for name in ("mean", "spread", "weights"))

    def told(self, seen: Seen, beside: Floats) -> Told:
        """`beside`: what `beside` gives; where the other heads cannot hear, they say nothing."""
        clues, parts = len(CLUES), len(seen.length)
        values = self._idf[seen.slots]
        said = np.zeros((parts, len(OUTPUTS)), np.float32)
        begins = np.flatnonzero(np.diff(seen.part, prepend=-1))
        if len(begins):
            each = self._weights[seen.slots] * values[:, None]
            said[seen.part[begins]] = np.add.reduceat(each, begins, axis=0) * self._scale
        squares = np.bincount(seen.part, values * values, parts)
        spans = tuple(windows(seen.length))
        whole = said.sum(0) / _length(squares) + self._bias
        scores = whole[:clues]
        if len(spans) > 1:
            every = [said[a:b, :clues].sum(0) / _length(squares[a:b]) for a, b in spans]
            scores = np.max(every, axis=0) + self._bias[:clues]
        known = (beside - self._mean[: len(beside)]) / self._spread[: len(beside)]
        return Told(scores, whole[clues:] + known @ self._beside[: len(beside)], said, spans)


def windows(length: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Which parts are read together, first and the one after the last; `length`: words in each part."""
    if sum(length) <= SHORT:
        yield 0, len(length)
        return
    after, words = 0, 0
    for first, own in enumerate(length):
        while after < len(length) and words < WINDOW:
            words += length[after]
            after += 1
        yield first, after
        if after == len(length):
            return
        words -= own


SIDES = len(STANCES) + 4
"""What stands beside the words besides what other heads say."""


def beside(ruled: Stance, others: Collection[Stance] | None, heard: Floats | None, *, at_page: bool) -> Floats:
    """What stands beside the words: the rules' stance, the page, the rules' stances to `others`, the other heads.

    `others` is None where no other company is named; `heard` is None where the heads do not know the language.
    """
    several = (others is not None, "praise" in (others or ()), "complaint" in (others or ()))
    own = (*(ruled == stance for stance in STANCES), at_page, *several)
    return np.array([*own, *(() if heard is None else heard)], np.float32)


def _length(squares: NDArray[Any]) -> float:
    return float(np.sqrt(squares.sum())) or 1.0
