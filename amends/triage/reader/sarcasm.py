"""Praise that is meant the other way round: an exclamation beside nothing but trouble (C6). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from amends.triage.reader.labels import LABELS
from amends.triage.reader.tokens import ENDS, Tokens
from amends.triage.reader.told import Signal

EXCLAIMED = tuple(
    tuple(line.split()) for line in files(__package__).joinpath("words/exclaimed.txt").read_text("utf-8").splitlines()
)
"""Praise that stands alone, by its words; the longer ones first."""
_FIRST = frozenset(praise[0] for praise in EXCLAIMED)

DRY = tuple(tuple(f"{how} {what}".split()) for how in ("good", "great", "nice") for what in ("job", "work", "one"))
_BEFORE = frozenset(("oh", "well", "wow", "so", '"', "yeah", "really", "ah"))
_AFTER = ENDS | frozenset((",", ":", "~b", "~o", "–", "-", "—"))
_SHORT = 4


def without_sarcasm(cut: Tokens, signals: list[Signal], sentences: Sequence[int]) -> list[Signal]:
    """The same labels, where praise that is none has become sarcasm. `sentences`: which are about the company."""
    trouble = any(one.polarity == "-" and one.happened and LABELS[one.label].weight >= 0.5 for one in signals)
    if not trouble and not _is_dry(cut):
        return signals
    places = [cut.span(*span) for one in sentences if (span := exclaimed(cut, cut.sentences[one]))]
    if not places:
        return signals
    ends = dict(places)
    inside = [one for one in signals if one.polarity == "+" and one.span[0] < ends.get(one.span[0], 0)]
    earnest = [one for one in signals if one.polarity == "+" and one.happened and LABELS[one.label].clue]
    if any(one not in inside for one in earnest):
        return signals
    return [one for one in signals if one not in inside] + [Signal("sarcasm", "-", 3, 0.8, place) for place in places]


def _is_dry(cut: Tokens) -> bool:
    """ "Good job Halden." and not a word more: who means it says why, or at least says it with a smile."""
    return any(cut.words == (*praise, *["~b"] * (len(cut) - len(praise) - 1), ".") for praise in DRY)


def exclaimed(tokens: Tokens, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """The pieces of a praise with which a sentence begins, and which is (nearly) all of it or ends at a comma."""
    begin, after = sentence
    words = tokens.words[begin:after]
    if _FIRST.isdisjoint(words[:2]):
        return None
    for praise in EXCLAIMED:
        skip = 1 if words[:1] and words[0] in _BEFORE and words[0] != praise[0] else 0
        end = skip + len(praise)
        if words[skip:end] == praise and (len(praise) > 1 or len(words) - end < _SHORT or words[end] in _AFTER):
            return begin + skip, begin + end
    return None
