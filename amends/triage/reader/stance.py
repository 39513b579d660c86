"""How the author stands to a company, from what is said of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stance = Literal["praise", "complaint", "mixed", "question", "none"]


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against: sums of weights, clues and feelings apart; `felt`: the model's, -1 to 1."""

    good: float = 0.0
    bad: float = 0.0
    good_clues: float = 0.0
    bad_clues: float = 0.0
    felt: float = 0.0
    asks: bool = False
    only_named: bool = False
    at_its_page: bool = False


def stance_of(seen: Evidence) -> Stance:
    """The stance that the evidence gives."""
    good, bad = seen.good + seen.good_clues, seen.bad + seen.bad_clues
    if seen.only_named and max(good, bad) < 1.2 and not seen.at_its_page:
        return "none"
    if seen.good_clues >= 0.7 and seen.bad_clues >= 0.7:
        return "mixed"
    if seen.good_clues >= 0.7 and seen.bad >= 1.2 and seen.bad > seen.good:
        return "mixed"
    if seen.bad_clues >= 0.7 and seen.good >= 0.8:
        return "mixed" if good >= bad * 0.4 else "complaint"
    if good >= 0.5 or bad >= 0.5:
        if good > bad:
            return "praise"
        if bad > good or seen.felt < 0:
            return "question" if seen.asks and bad < 0.7 and not seen.bad_clues else "complaint"
        return "praise" if good > bad else "mixed"
    if seen.asks:
        return "question"
    if seen.at_its_page or abs(seen.felt) > 0.5:
        if seen.felt > 0.25:
            return "praise"
        if seen.felt < -0.25:
            return "complaint"
    return "none"
