"""Of several companies in one text, what is said of one by what is said of the other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from amends.triage.reader.brands import Mention
from amends.triage.reader.labels import LABELS
from amends.triage.reader.scope import tokens_at
from amends.triage.reader.stance import Stance
from amends.triage.reader.tokens import Tokens
from amends.triage.reader.told import OfBrand

LEFT = frozenset(
    "moved moving move switched switching switch changed changing left leaving migrated went fled jumped".split()
)
BEATS = frozenset("beats beat trumps outshines outclasses over".split())
BETTER = frozenset("better faster nicer kinder friendlier cheaper quicker safer easier".split())
WORSE = frozenset("worse slower ruder dearer pricier poorer".split())
OPPOSITE: dict[Stance, Stance] = {"praise": "complaint", "complaint": "praise"}
_BEFORE = 5
_FEW = 8


def compared(cut: Tokens, mentions: Sequence[Mention], brands: Sequence[OfBrand]) -> tuple[OfBrand, ...]:
    """The same readings, where a comparison, or the contrast with another company, tells more than its own words.

    `mentions`: of all companies, those that are meant, in order.
    """
    told = {one.name: one for one in brands}
    if sum(one.about for one in brands) < 2 or all(one.name.islower() for one in brands):
        return tuple(brands)
    said = _said_outright(cut, mentions)
    clear = {one.stance for one in brands if one.name not in said and _is_clear(one)} | set(said.values())
    for name, one in told.items():
        if name in said:
            told[name] = replace(one, stance=said[name])
        elif one.about and not _is_clear(one) and one.stance != "question":
            told[name] = replace(one, stance=_contrast(clear), clues=())
    return tuple(told.values())


def _contrast(clear: set[Stance]) -> Stance:
    """What remains to be said of a company when the others are clearly praised, or clearly blamed."""
    felt = clear - {"none", "question", "mixed"}
    return OPPOSITE[felt.pop()] if len(felt) == 1 else "none"


def _is_clear(one: OfBrand) -> bool:
    return any(signal.time in ("happened", "denied") and LABELS[signal.label].weight >= 0.5 for signal in one.signals)


def _said_outright(cut: Tokens, mentions: Sequence[Mention]) -> dict[str, Stance]:
    found: dict[str, Stance] = {}
    places = [(tokens_at(cut, one), tokens_at(cut, replace(one, start=one.end)), one.brand) for one in mentions]
    for (first, after, one), (second, _, other) in pairwise(places):
        if one == other or cut.sentence_of[first] != cut.sentence_of[second] or second - after > _FEW:
            continue
        before, between = cut.words[max(0, first - _BEFORE) : first], cut.words[after:second]
        if _prefers_second(before, between):
            found |= {one: "complaint", other: "praise"}
        elif _prefers_first(before, between):
            found |= {one: "praise", other: "complaint"}
    return found


def _prefers_second(before: Sequence[str], between: Sequence[str]) -> bool:
    moved = not LEFT.isdisjoint(before)
    return (moved and between in (("to",), ("for",))) or ("than" in between[-1:] and not WORSE.isdisjoint(between))


def _prefers_first(before: Sequence[str], between: Sequence[str]) -> bool:
    if "than" in between[-1:]:
        return not BETTER.isdisjoint(between) and not {"n't", "not"} & set(between)
    return bool(between) and (between[0] in BEATS or ("prefer" in before and between == ("to",)))
