"""How probably a customer is lost as a case stands: loyalty assumptions by size of the loss (C5.3). Pure.

The figures are of the TARP type, decades old, from the US; they are what holds until the house knows its own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Band = Literal["small", "middle", "large"]
Mood = Literal["silent", "unsatisfied", "satisfied", "quickly"]
Code = Literal[
    "silent",
    "unsatisfied",
    "satisfied",
    "quickly",
    "small",
    "middle",
    "large",
    "unknown",
    "failed",
    "lost",
    "livid",
    "warn_others",
]

ABOUT_TO_BE_LOST = 80
"""Percent of risk from which a case is worked the same day (A054)."""

SMALL, LARGE = Decimal(5), Decimal(100)
"""US dollars or equivalent: below, small; above, large."""
MOODS: tuple[Mood, ...] = ("silent", "unsatisfied", "satisfied", "quickly")
STAYS: dict[Band, tuple[str, ...]] = {
    "small": ("0.37", "0.46", "0.70", "0.95"),
    "middle": ("0.23", "0.325", "0.62", "0.885"),
    "large": ("0.09", "0.19", "0.54", "0.82"),
}
"""The probability that the customer stays, in the order of MOODS."""
FAILURE, FLOOR = Decimal("0.10"), Decimal("0.05")
MOODS_THAT_LOSE: tuple[Code, ...] = ("livid", "warn_others")
"""Labels of what a customer wrote that raise the risk, each as much as a failure does (A042, A188)."""

SILENT = frozenset({"silent", "unconfirmed"})
SATISFIED = frozenset({"made_right", "happy", "advocate"})
LOST = frozenset({"lost_openly", "lost_silently"})

SENTENCES: dict[Code, Promise] = {
    "silent": _("They say nothing any more."),
    "unsatisfied": _("It is not right yet."),
    "satisfied": _("It was made right."),
    "quickly": _("It was made right quickly."),
    "small": _("The loss is small."),
    "middle": _("The loss is of a middle size."),
    "large": _("The loss is large."),
    "unknown": _("Nobody has said how large the loss is; it counts as one of a middle size."),
    "failed": _("We failed again after they told us."),
    "livid": _("They are beside themselves with anger."),
    "warn_others": _("They mean to warn others of us."),
    "lost": _("They have left."),
}


@dataclass(frozen=True)
class Risk:
    """Percent, 0 to 100, and the reasons in the order of their weight."""

    percent: int
    why: tuple[Code, ...]

    @property
    def about_to_be_lost(self) -> bool:
        return self.percent >= ABOUT_TO_BE_LOST


def risk_of_loss(
    state: str, *, failed: int = 0, harm: Decimal | None = None, quick: bool = False, moods: Collection[str] = ()
) -> Risk:
    """The risk in the outcome state `state` (C5.1). `harm` in US dollars or equivalent, None when nobody knows.

    `failed` counts the failures after the first one; that there was any takes a tenth from whoever is not satisfied,
    down to the floor. So does each of `moods` (`MOODS_THAT_LOSE`). `quick`: made right quickly (clue 8).
    """
    if state in LOST:
        return Risk(100, ("lost",))
    band, mood = _band(harm), _mood(state, quick=quick)
    stays = Decimal(STAYS[band][MOODS.index(mood)])
    raised: list[Code] = []
    if mood in ("silent", "unsatisfied"):
        raised = ["failed"] if failed else []
        raised += [one for one in MOODS_THAT_LOSE if one in moods]
        stays = max(FLOOR, stays - FAILURE * len(raised))
    percent = (100 * (1 - stays)).to_integral_value(ROUND_HALF_UP)
    return Risk(int(percent), (*raised, mood, "unknown" if harm is None else band))


def explain(risk: Risk) -> list[str]:
    """The reasons as sentences."""
    return [str(SENTENCES[code]) for code in risk.why]


def _band(harm: Decimal | None) -> Band:
    if harm is None or SMALL <= harm <= LARGE:
        return "middle"
    return "small" if harm < SMALL else "large"


def _mood(state: str, *, quick: bool) -> Mood:
    if state in SILENT:
        return "silent"
    if state in SATISFIED:
        return "quickly" if quick else "satisfied"
    return "unsatisfied"
