"""How a text speaks of a thing that is watched rather than a company: "delivery", "the staff", "food". Pure.

A name that is given in small letters is a thing's: the model for targets tells how it is spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amends.triage.reader.brands import Mention
from amends.triage.reader.model import Model
from amends.triage.reader.stance import Stance
from amends.triage.reader.told import OfBrand

STANCES: dict[str, Stance] = {"negative": "complaint", "neutral": "none", "positive": "praise"}


def of_thing(one: OfBrand, text: str, mentions: Sequence[Mention], model: Model | None) -> OfBrand:
    """The same reading; of a thing that is named, by its clause and its neighbours."""
    if model is None or not one.name.islower() or not mentions:
        return one
    first = mentions[0]
    scores = model.of_target(text, first.start, first.end)
    return replace(one, stance=STANCES[model.targets[int(scores.argmax())]])
