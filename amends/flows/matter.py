"""What a case is about is set by a person: order, cause, severity, occasion, and who may see it (C3.3, ES8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from amends.cases import ownership, timeline
from amends.cases.models import Case
from amends.flows import abuse, judging
from amends.flows.decide import decide
from amends.people.models import Member

SAID = ("about", "cause", "loss", "guard")
NAMES = (*SAID, "severity", "occasion_at")


def of(case: Case) -> dict[str, Any]:
    """The case's matter, by the names of its columns."""
    return {name: getattr(case, name) for name in NAMES}


def change(case: Case, before: Mapping[str, Any], after: Mapping[str, Any], *, by: Member, now: datetime) -> None:
    """Set what differs and write it down; its clocks follow. Safety and a vulnerable person are of the highest severity.

    Raises judging.JudgingError.
    """
    severity = Case.Severity.SAFETY if after["guard"] else after["severity"]
    changed = {name: after[name] for name in SAID if after[name] != before[name]}
    with transaction.atomic():
        held = ownership.hold(case.pk)
        if changed:
            write_down(held, changed, by=by, now=now)
        judged = judging.judge(held, severity, after["occasion_at"], by=by, now=now)
        resumed = abuse.end_where_grave(held, by=by, now=now)
        if (changed or judged or resumed) and ownership.is_open(held):
            decide(held, now, by=by)


def write_down(case: Case, changed: Mapping[str, Any], *, by: Member | None, now: datetime) -> None:
    """These columns of `SAID`, and the entry. The caller holds the case, and decides."""
    for name, value in changed.items():
        setattr(case, name, value)
    case.save(update_fields=list(changed))
    told: dict[str, Any] = {
        name: str(value) if isinstance(value, Decimal) else value for name, value in changed.items()
    }
    timeline.record(case, "case.matter_set", at=now, by=by, **told)
