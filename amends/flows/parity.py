"""Whether the angry come to the second rung sooner than the calm (model C3.2): they must not. It is watched, not trusted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from amends.cases.models import Letter
from amends.clock.models import Escalation
from amends.people.models import Rung
from amends.triage.signs import is_angry

WITHIN = timedelta(days=90)
FAIR = (0.8, 1.25)
"""Ratios of calm to angry hours that are no sign of an anger premium (`anger_parity`)."""
ENOUGH = 5
"""Of each kind; with fewer, nothing is said of the ratio."""


@dataclass(frozen=True)
class Parity:
    """Median hours from the first word to rung 2 of calm and of angry customers, and how many there were of each."""

    calm: float | None
    angry: float | None
    calm_count: int
    angry_count: int

    @property
    def ratio(self) -> float | None:
        """Calm hours for each angry hour; None while there are too few to say."""
        if self.calm is None or not self.angry or min(self.calm_count, self.angry_count) < ENOUGH:
            return None
        return self.calm / self.angry

    @property
    def is_fair(self) -> bool:
        return self.ratio is None or FAIR[0] <= self.ratio <= FAIR[1]


def hours_to_rung_two(now: datetime, brands: Collection[int] | None = None) -> Parity:
    """Of the last ninety days, in the brands (None: all). In two queries."""
    raised = Escalation.objects.filter(rung__gte=Rung.MANAGER, at__gt=now - WITHIN, at__lte=now)
    if brands is not None:
        raised = raised.filter(case__brand__in=brands)
    first: dict[int, float] = {}
    for case_id, opened_at, at in raised.order_by("at").values_list("case", "case__opened_at", "at"):
        first.setdefault(case_id, (at - opened_at) / timedelta(hours=1))
    angry = _angry(first)
    calm_hours = [hours for case_id, hours in first.items() if case_id not in angry]
    angry_hours = [hours for case_id, hours in first.items() if case_id in angry]
    return Parity(_middle(calm_hours), _middle(angry_hours), len(calm_hours), len(angry_hours))


def _angry(case_ids: Collection[int]) -> set[int]:
    """Cases whose first words were angry."""
    rows = Letter.objects.filter(entry__case__in=case_ids, entry__kind="contact.in").order_by("entry")
    words: dict[int, str] = {}
    for case_id, text in rows.values_list("entry__case", "new_text"):
        words.setdefault(case_id, text)
    return {case_id for case_id, text in words.items() if is_angry(text)}


def _middle(hours: list[float]) -> float | None:
    return median(hours) if hours else None
