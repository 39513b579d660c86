"""What the model of clues and stance sees of a text: its words, what they mean, and which stand near which. Pure.

A feature has no name, only a slot; each is counted once in a part of a text (a sentence, or the piece of one that is
about one company). numpy only, and the work is that of the text's length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amends.triage.reader.concepts import COMPANIES, NOT, meanings
from amends.triage.reader.features import distinct
from amends.triage.reader.opinions import hashed

Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint32]

BITS = 17
"""Slots are two to the power of it."""
FAR, DENIED = 6, 4
"""Words over which meanings go together, and those that a "not" reaches."""
_PAIR, _NOT, _ONE = (np.uint32(odd) for odd in (0x9E3779B1, 0x27D4EB2F, 0x165667B1))
_AHEAD = np.array((1, 2, -1, -2))
_ODD = np.array((0x85EBCA77, 0x85EBCA77, 0xC2B2AE3D, 0xC2B2AE3D), np.uint32)
"""A meaning goes with the words that stand next to it, by the side on which they stand."""


@dataclass(frozen=True)
class Seen:
    """Slots of a text's parts: `slots[i]` lies in part `part[i]`, in the order of parts; `length` words in each."""

    part: Numbers
    slots: Numbers
    length: tuple[int, ...]


def seen(words: Sequence[str], parts: Sequence[tuple[int, int]], around: Sequence[tuple[int, int]] = ()) -> Seen:
    """`parts`: first piece and the one after the last, of each; `around`: of sentences that name others beside.

    Of those, only what stands near a name counts, and no words, for they are not all about the company.
    """
    own, beside = _keys(words, parts), _keys(words, around, named_only=True)
    shift = len(parts) << BITS
    keys = np.concatenate((own, beside + shift)) if len(beside) else own
    length = (*(after - first for first, after in parts), *(0 for _ in around))
    return Seen(keys >> BITS, keys & ((1 << BITS) - 1), length)


def _keys(words: Sequence[str], parts: Sequence[tuple[int, int]], *, named_only: bool = False) -> Numbers:
    """The part and the slot of each feature in one number, in order and each once."""
    places = np.concatenate([np.arange(first, after) for first, after in parts] or [np.arange(0)])
    part = np.repeat(np.arange(len(parts)), [after - first for first, after in parts])
    if not len(places):
        return places
    chosen = [words[at] for at in places.tolist()]
    numbers = np.array([hashed(word) for word in chosen], np.uint32)
    whose, hashes = _hashes(numbers, meanings(chosen), part, named_only=named_only)
    mixed = ((hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x2C1B3C6D)) >> np.uint32(32 - BITS)
    return distinct((whose << BITS) | mixed)


def _hashes(
    words: Hashes, meant: Sequence[tuple[int, ...]], part: Numbers, *, named_only: bool
) -> tuple[Numbers, Hashes]:
    """Every feature's part, and what it is, as a number: words and meanings, alone and with those that stand near."""
    count = np.array([len(one) for one in meant])
    place = np.repeat(np.arange(len(words)), count)
    whose = part[place]
    numbers = [number for one in meant for number in one]
    concept = (np.array(numbers, np.uint32) + np.uint32(1)) * _ONE
    together = part[1:] == part[:-1]
    denied = _denied(meant, part)[place]
    first, second = _pairs(place, count, part)
    at = place[:, None] + _AHEAD
    near = (at >= 0) & (at < len(words))
    near &= part[at.clip(0, len(words) - 1)] == whose[:, None]
    if named_only:
        name = np.array([number in COMPANIES for number in numbers], bool)
        kept = name[first] | name[second]
        first, second, near = first[kept], second[kept], near & name[:, None]
    beside = np.broadcast_to(concept[:, None] * _ODD, at.shape)[near] + words[at[near]]
    found = [(whose[first], concept[first] * _PAIR + concept[second]), (whose[np.nonzero(near)[0]], beside)]
    if not named_only:
        found += [
            (part, words),
            (whose, concept),
            (part[1:][together], (words[:-1] * _PAIR + words[1:])[together]),
            (whose[denied], concept[denied] * _NOT),
        ]
    return np.concatenate([parts for parts, _ in found]), np.concatenate([hashes for _, hashes in found])


def _pairs(place: Numbers, count: Numbers, part: Numbers) -> tuple[Numbers, Numbers]:
    """Of meanings, by their number in the text: each with every one of the `FAR` words behind it, in its part."""
    begin, last = np.cumsum(count) - count, len(count) - 1
    behind = place[:, None] + np.arange(1, FAR + 1)
    inside = (behind <= last) & (part[np.minimum(behind, last)] == part[place][:, None])
    left, right = np.nonzero(inside)[0], behind[inside]
    many = count[right]
    ends = np.cumsum(many)
    steps = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - many, many)
    return np.repeat(left, many), np.repeat(begin[right], many) + steps


def _denied(meant: Sequence[tuple[int, ...]], part: Numbers) -> NDArray[np.bool_]:
    denies = np.array([NOT in one for one in meant])
    found = np.zeros(len(meant), bool)
    if denies.any():
        for away in range(1, DENIED + 1):
            found[away:] |= denies[:-away] & (part[away:] == part[:-away])
    return found
