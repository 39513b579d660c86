"""What a case is about is set by a person: order, cause, severity, occasion, and who may see it (C3.3, ES8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from amends.cases import ownership, timeline
from amends.cases.models import Case
from amends.flows.decide import decide
from amends.people.models import Member

NAMES = ("about", "cause", "severity", "occasion_at", "guard")


def of(case: Case) -> dict[str, Any]:
    """The case's matter, by the names of its columns."""
    return {name: getattr(case, name) for name in NAMES}


def change(case: Case, before: Mapping[str, Any], after: Mapping[str, Any], *, by: Member, now: datetime) -> None:
    """Set what differs and write it down. Safety and a vulnerable person are of the highest severity."""
    wanted = dict(after)
    if wanted["guard"]:
        wanted["severity"] = Case.Severity.SAFETY
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    if not changed:
        return
    with transaction.atomic():
        held = ownership.hold(case.pk)
        for name, value in changed.items():
            setattr(held, name, value)
        held.save(update_fields=list(changed))
        told: dict[str, Any] = {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in changed.items()
        }
        timeline.record(held, "case.matter_set", at=now, by=by, **told)
        if held.merged_into_id is None and not hasattr(held, "closure"):
            decide(held, now, by=by)
