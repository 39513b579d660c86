"""What a linear model sees around one thing that is spoken of: its clause, its neighbours, the rest. Pure; numpy only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

import numpy as np

from amends.triage.reader.features import Slots, spread
from amends.triage.reader.opinions import pieces

NEAR = 5
_WORD = re.compile(r"[a-z']+|[!?]+|\d+")
_CUTS = (
    re.compile(r"[,;:.!?()]|\b(?:but|however|although|though|while|yet|except)\b"),
    re.compile(r"[,;:.!?()]|\b(?:but|however|although|though|while|yet|except|and|or|which|that|because)\b"),
)
_AROUND = 600
"""Characters on each side that are looked at."""


def slots_around(text: str, start: int, end: int) -> Slots:
    """The slots that are filled for what stands at `text[start:end]`, each once, in order."""
    begin = max(0, start - _AROUND)
    around = text[begin : end + _AROUND].lower()
    hashes = [crc32(one.encode("utf-8", "replace")) for one in _features(around, start - begin, end - begin)]
    return spread(np.array(hashes, np.uint32))


def sides(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """The words before and behind what stands at `text[start:end]`."""
    begin = max(0, start - _AROUND)
    return pieces(text[begin:start].lower()), pieces(text[end : end + _AROUND].lower())


def _features(text: str, start: int, end: int) -> Iterator[str]:
    before, after = _WORD.findall(text[:start]), _WORD.findall(text[end:])
    yield from (f"T {word}" for word in _WORD.findall(text[start:end]))
    yield from (f"S {word}" for word in before + after)
    for number, cut in enumerate(_CUTS):
        yield from _clause(text, start, end, cut, str(number))
    for side, words in (("l", before[::-1][:NEAR]), ("r", after[:NEAR])):
        yield from (f"{side}{far} {word}" for far, word in enumerate(words))
        yield from (f"{side} {word}" for word in words)
        yield f"{side}12 {' '.join(words[:2])}"
        yield f"{side}123 {' '.join(words[:3])}"
    yield f"lr {' '.join(before[-1:] + after[:1])}"


def _clause(text: str, start: int, end: int, cut: re.Pattern[str], name: str) -> Iterator[str]:
    first, last = 0, len(text)
    for found in cut.finditer(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.start()
            break
    left, right = _WORD.findall(text[first:start]), _WORD.findall(text[end:last])
    words = [*left, "#", *right]
    yield from (f"{name} {word}" for word in left + right)
    yield from (f"{name} {one} {two}" for one, two in pairwise(words))
    yield from (f"{name} {one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False))
    yield from (f"{name}l {word}" for word in left[-6:])
    yield from (f"{name}r {word}" for word in right[:6])
