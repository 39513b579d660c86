"""What a desk's own corrections teach the reader: a small layer over its labels. Pure, no libraries.

For each label that people corrected often enough, a logistic regression over the words of one sentence says whether it
stands there. It takes away what the reader sees and people do not, and adds what the reader misses. A word counts only
when people enough have used it, so that no single person's words are kept.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

from amends.kit.sentences import Sentence, sentence_at, sentences
from amends.triage.reader.labels import LABELS

FEWEST = 5
"""Corrections of a label from which on it is learned."""
PEOPLE = 3
"""A word counts when so many different people wrote it."""
HELD_OUT = 3
"""One letter in so many is not learned from, but asked afterwards."""
ROUNDS, RATE, SHRINK = 40, 0.3, 0.001
SURE = 1.0
"""Log-odds from which on what the reader does not see is added."""
LEARNED = 0.7
"""Certainty of what it adds."""
LONGEST = 400
"""Characters of a sentence that are looked at."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")

Signal = Mapping[str, Any]
Layer = dict[str, dict[str, Any]]
"""label → `{bias, words: {word: weight}, adds}`: plain numbers, which may lie in a database as JSON."""


@dataclass(frozen=True)
class Example:
    """A sentence, whether people say that it shows the label, and whether the reader saw it there."""

    label: str
    sentence: str
    holds: bool
    seen: bool
    letter: int
    person: int

    @property
    def corrects(self) -> bool:
        return self.holds is not self.seen


@dataclass(frozen=True)
class Trial:
    """What came of learning. Errors are those on letters that were not learned from, without the layer and with it."""

    layer: Layer
    learned: int
    held_out: int
    before: int
    after: int

    @property
    def is_better(self) -> bool:
        return self.after < self.before


def learn(examples: Sequence[Example]) -> Trial:
    """Learn from two letters of three, ask the third; the layer itself is then learned from all."""
    held = [one for one in examples if crc32(str(one.letter).encode()) % HELD_OUT == 0]
    rest = [one for one in examples if crc32(str(one.letter).encode()) % HELD_OUT]
    taught = _taught(examples)
    tried = _layer(rest, taught)
    before = sum(one.corrects for one in held)
    after = sum(_says(tried, one) is not one.holds for one in held)
    corrections = sum(one.corrects for one in examples)
    return Trial(_layer(examples, taught) if after < before else {}, corrections, len(held), before, after)


def applied(layer: Layer, signals: Sequence[Signal], text: str) -> list[Signal]:
    """The signals without what the layer takes away, and with what it adds."""
    if not layer:
        return list(signals)
    cut = sentences(text)
    kept = [one for one in signals if one["label"] not in layer or _stays(layer[one["label"]], one, cut)]
    found = {one["label"] for one in kept}
    return kept + [LABELS[label].said(one.span, LEARNED) for label, one in _missed(layer, cut, found)]


def _stays(weights: Mapping[str, Any], signal: Signal, cut: Sequence[Sentence]) -> bool:
    here = sentence_at(cut, signal["span"][0])
    return _holds(weights, here.text if here else "")


def _missed(layer: Layer, cut: Sequence[Sentence], found: set[str]) -> Iterator[tuple[str, Sentence]]:
    """Labels that are still known, of which nothing was found, and the first sentence that shows each."""
    for label in layer.keys() & LABELS.keys() - found:
        here = next((one for one in cut if _shows(layer[label], one.text)), None)
        if layer[label]["adds"] and here is not None:
            yield label, here


def _says(layer: Layer, one: Example) -> bool:
    weights = layer.get(one.label)
    if weights is None or not (one.seen or weights["adds"]):
        return one.seen
    return _holds(weights, one.sentence) if one.seen else _shows(weights, one.sentence)


def _holds(weights: Mapping[str, Any], sentence: str) -> bool:
    return bool(weights["bias"] + _weight(weights, sentence) > 0)


def _shows(weights: Mapping[str, Any], sentence: str) -> bool:
    """Its words alone must speak for it: what was never corrected is no reason to see something."""
    weight = _weight(weights, sentence)
    return bool(weight > SURE and weights["bias"] + weight > SURE)


def _weight(weights: Mapping[str, Any], sentence: str) -> float:
    words: Mapping[str, float] = weights["words"]
    return sum(words.get(word, 0.0) for word in _words(sentence))


def _taught(examples: Iterable[Example]) -> set[str]:
    """The labels that were corrected often enough."""
    corrections = Counter(one.label for one in examples if one.corrects)
    return {label for label, count in corrections.items() if count >= FEWEST}


def _layer(examples: Iterable[Example], labels: Collection[str]) -> Layer:
    of_label: dict[str, list[Example]] = defaultdict(list)
    for one in examples:
        of_label[one.label].append(one)
    return {label: _fit(some) for label, some in of_label.items() if label in labels}


def _fit(examples: Sequence[Example]) -> dict[str, Any]:
    allowed = _shared(examples)
    cases = [(sorted(_words(one.sentence) & allowed), 1.0 if one.holds else 0.0) for one in examples]
    cases.sort(key=lambda case: crc32(" ".join(case[0]).encode()))  # mixed, and the same each time
    weights: dict[str, float] = defaultdict(float)
    bias = 0.0
    for _round in range(ROUNDS):
        for words, holds in cases:
            error = holds - _chance(bias + sum(weights[word] for word in words))
            bias += RATE * error
            for word in words:
                weights[word] += RATE * error - SHRINK * weights[word]
    rounded = {word: round(weight, 4) for word, weight in weights.items() if abs(weight) > 0.01}
    return {"bias": round(bias, 4), "words": rounded, "adds": any(one.holds and not one.seen for one in examples)}


def _chance(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def _shared(examples: Iterable[Example]) -> set[str]:
    people: dict[str, set[int]] = defaultdict(set)
    for one in examples:
        for word in _words(one.sentence):
            people[word].add(one.person)
    return {word for word, some in people.items() if len(some) >= PEOPLE}


def _words(sentence: str) -> set[str]:
    """Words, and pairs of neighbours."""
    single = _WORD.findall(sentence[:LONGEST].lower())
    return {*single, *(f"{one} {other}" for one, other in pairwise(single))}
