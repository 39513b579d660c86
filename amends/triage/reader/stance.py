"""How the author stands to a company, from what is said of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stance = Literal["praise", "complaint", "mixed", "question", "none"]


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against: sums of weights, of service clues and of the rest.

    `complains` and `pleased` are what the models say, above 0 is yes; 0 where there is no model for the language.
    """

    good: float = 0.0
    bad: float = 0.0
    good_clues: float = 0.0
    bad_clues: float = 0.0
    complains: float = 0.0
    pleased: float = 0.0
    asks: bool = False
    contrast: bool = False
    only_named: bool = False
    at_its_page: bool = False
    named: bool = False


CLEAR = 0.7
"""A sum from which clues decide."""
ENOUGH = 0.5
"""A sum from which any words decide, if the models do not say otherwise aloud."""
ALOUD = 0.8
SURE = 3.0
UNSURE = 1.9
ALOOF = 3.5


def stance_of(seen: Evidence) -> Stance:
    """The stance that the evidence gives."""
    good, bad = seen.good + seen.good_clues, seen.bad + seen.bad_clues
    if seen.only_named and max(good, bad) < 0.9 and not seen.at_its_page:
        return "none"
    if _is_mixed(seen, good, bad):
        return "mixed"
    if max(good, bad) >= ENOUGH:
        return _by_words(seen, good, bad)
    return _by_models(seen)


def _is_mixed(seen: Evidence, good: float, bad: float) -> bool:
    if seen.contrast and min(good, bad) >= ENOUGH and max(seen.good_clues, seen.bad_clues) >= CLEAR:
        return True
    if seen.good_clues >= CLEAR:
        return seen.bad_clues >= CLEAR or (seen.bad >= 1.2 and seen.bad > seen.good)
    return seen.bad_clues >= CLEAR and seen.good >= ALOUD and good >= bad * 0.4


def _by_words(seen: Evidence, good: float, bad: float) -> Stance:
    if good == bad:
        return "mixed" if seen.complains == 0 else "complaint" if seen.complains > 0 else "praise"
    if good > bad:
        return "question" if seen.asks and not seen.good_clues and good < ALOUD else "praise"
    if seen.asks and bad < CLEAR and not seen.bad_clues and seen.complains <= ENOUGH:
        return "question"
    if not seen.bad_clues and bad < ALOUD and seen.complains < -SURE and not seen.at_its_page:
        return _by_models(seen)
    return "complaint"


def _by_models(seen: Evidence) -> Stance:
    if seen.complains > 0:
        return "complaint"
    if seen.asks:
        return "question"
    if seen.at_its_page and seen.complains > -ALOOF and seen.pleased < ALOUD:
        return "complaint"  # who writes to a company and neither asks nor praises has some trouble to tell
    if seen.named and seen.complains > -UNSURE and seen.pleased < 0.1 and not seen.only_named:
        return "complaint"  # who names a company and tells no news of it is seldom pleased without a word of it
    return "praise" if seen.pleased > ALOUD else "none"
