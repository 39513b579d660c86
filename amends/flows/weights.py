"""How a case weighs beside others: which goes first of two that are due at once (C3.5), and how near it is to being
lost (C5.3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from amends.cases import failures, risk
from amends.cases.models import Case
from amends.cases.next_step import Weight
from amends.cases.outcome import Outcome
from amends.cases.risk import Risk
from amends.clock.models import Promise
from amends.flows import outcomes
from amends.triage.score import Matter, Score, score

LATELY = timedelta(days=90)
UNHURT = (Case.Kind.QUESTION, Case.Kind.PRAISE)


def weights(cases: Sequence[Case], owed: Mapping[int, Promise], now: datetime) -> dict[int, Weight]:
    """Case id → its weight; `owed` holds the earliest promise of each. In three queries."""
    stand = outcomes.of(cases, now)
    scores = _scores(cases, owed, stand, now)
    return {
        case.pk: Weight(scores[case.pk].points, scores[case.pk].changes_at, percent(risk_of(case, stand[case.pk])))
        for case in cases
    }


def risk_of(case: Case, stands: Outcome | None) -> Risk | None:
    """The risk of loss as a case stands (C5.3); None where somebody only asked or thanked."""
    if stands is None or (case.kind in UNHURT and not stands.failed):
        return None
    return risk.risk_of_loss(stands.state, failed=stands.failed, harm=case.loss, quick=stands.quick, moods=stands.moods)


def score_of(case: Case, promise: Promise, stands: Outcome | None, now: datetime) -> Score:
    """Why one case stands where it stands, the hour of its promise with it."""
    troubles = failures.troubles_of([case.customer_id], now - LATELY)
    return score(_matter(case, promise, stands, troubles), now, due=promise.due)


def percent(found: Risk | None) -> int:
    """As a step has it: 0 where nobody was hurt."""
    return found.percent if found else 0


def _scores(
    cases: Collection[Case], owed: Mapping[int, Promise], stand: Mapping[int, Outcome | None], now: datetime
) -> dict[int, Score]:
    troubles = failures.troubles_of((case.customer_id for case in cases), now - LATELY)
    return {case.pk: score(_matter(case, owed.get(case.pk), stand[case.pk], troubles), now) for case in cases}


def _matter(case: Case, promise: Promise | None, stands: Outcome | None, troubles: Mapping[int, int]) -> Matter:
    return Matter(
        severity=case.severity,
        first_contact=case.opened_at,
        occasion=case.occasion_at,
        failed=stands.failed if stands else 0,
        public=bool(case.post) or (promise is not None and promise.public),
        vulnerable=case.guard == Case.Guard.VULNERABLE,
        troubles=troubles.get(case.customer_id, 0),
    )
