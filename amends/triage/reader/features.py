"""What a linear model sees of a text: hashed words, pairs of words and runs of letters. Pure; numpy only.

A feature has no name, only a slot, so a model holds no word of the texts that it was trained on.
"""

from __future__ import annotations

import re
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Slots = NDArray[np.uint32]
Kind = TypeVar("Kind", bound=np.generic)

LONGEST_WORD = 40
LONGEST_TEXT = 4000
"""Characters that a model looks at: what a text is about and how it feels is said by then."""

_LINK = re.compile(r"https?:\S+|www\.\S+|<url>")
_HANDLE = re.compile(r"@\w+|<(?:user|name|person)>")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[@0]|[!?]+|[^\w\s]")
_PAIR = np.uint32(0x9E3779B1)
_STEP = np.uint32(16777619)


BITS = 17
"""Slots are two to the power of it."""
SHORTEST, LONGEST = 2, 5
"""Letters of a run."""


def plain(text: str) -> str:
    """The text as a model reads it: small letters; links, handles and numbers without what they say."""
    text = text[:LONGEST_TEXT].lower().replace("’", "'")
    text = _HANDLE.sub(" @ ", _LINK.sub(" ~ ", text))
    return " ".join(word[:LONGEST_WORD] for word in _NUMBER.sub("0", text).split())


def bare(text: str) -> str:
    """The text as it was written, without links; handles without whom they name."""
    return " ".join(_HANDLE.sub(" @ ", _LINK.sub(" ", text)).split())


def slots(text: str) -> Slots:
    """The slots that are filled, each once, in order; `text` as `plain` gives it."""
    words = np.array([crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(text)], np.uint32)
    found = [words, *_runs(text)]
    if len(words) > 1:
        found.append(words[:-1] * _PAIR + words[1:])
    return spread(np.concatenate(found))


def spread(hashes: Slots) -> Slots:
    """Hashes as slots, each once, in order."""
    mixed = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return distinct(mixed >> np.uint32(32 - BITS))


def distinct(numbers: NDArray[Kind]) -> NDArray[Kind]:
    """Each once, in order: quicker than `np.unique`, which hashes."""
    ordered = np.sort(numbers)
    once: NDArray[Kind] = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return once


def _runs(text: str) -> list[Slots]:
    letters = np.frombuffer(f" {text} ".encode("utf-32-le", "replace"), np.uint32)
    found, rolled = [], np.zeros(len(letters), np.uint32)
    for length in range(1, min(LONGEST, len(letters)) + 1):
        rolled = (rolled[: len(letters) - length + 1] ^ letters[length - 1 :]) * _STEP
        if length >= SHORTEST:
            found.append(rolled + np.uint32(length))
    return found
