"""Why a case stands where it stands in the list, why it is whose, how near it is to being lost (RO7, C3.5, C5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from amends.cases import risk
from amends.cases.models import Case, NextStep
from amends.clock.models import Promise
from amends.desk.promises_shown import name_of
from amends.desk.reasons import why
from amends.desk.zones import theirs
from amends.flows import outcomes, weights
from amends.triage import score
from amends.ui.faces import first_name
from amends.ui.moments import by_when


@dataclass(frozen=True)
class StandingShown:
    """What `desk/case/standing.html` draws."""

    by_when: str
    theirs: str
    owed: str
    points: int
    score: tuple[tuple[str, int], ...]
    who: str
    whose: str
    risk: int
    risk_why: tuple[str, ...]
    last_chance: bool


def standing_of(case: Case, now: datetime) -> StandingShown | None:
    """None when nothing is to do on the case."""
    step = NextStep.objects.select_related("who").filter(case=case).first()
    if step is None:
        return None
    promise = Promise.objects.filter(pk=step.promise_id or 0).first()
    stands = outcomes.of([case], now)[case.pk]
    found = weights.score_of(case, promise, stands, now) if promise else None
    lost = weights.risk_of(case, stands)
    return StandingShown(
        by_when=by_when(timezone.localtime(step.by), timezone.localtime(now), name_today=True),
        theirs=theirs(step.by, case),
        owed=f"{promise.get_source_display()}: {name_of(promise, case.customer.first_name)}"
        if promise
        else _("A letter to see to"),
        points=found.points if found else 0,
        score=tuple((score.sentence(one), one.points) for one in found.why) if found else (),
        who=step.who.name,
        whose=_whose(step, case),
        risk=lost.percent if lost else 0,
        risk_why=tuple(risk.explain(lost)) if lost else (),
        last_chance=step.last_chance,
    )


def _whose(step: NextStep, case: Case) -> str:
    """Whoever gave their word keeps it, though the case is somebody else's."""
    if case.owner is None or step.who_id == case.owner_id:
        return why(step.why)
    said = _("%(name)s gave their word; the case is %(owner)s’s.")
    return said % {"name": first_name(step.who.name), "owner": first_name(case.owner.name)}
