"""What a case is about is set by a person: order, cause, severity, occasion, and who may see it (C3.3, ES8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from amends.cases import ownership, timeline
from amends.cases.models import Case, Entry
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
            _write_down(held, changed, by=by, now=now)
        judging.judge(held, severity, after["occasion_at"], by=by, now=now)
        resumed = abuse.end_where_grave(ownership.hold(held.pk), by=by, now=now)
        if (changed or resumed) and held.merged_into_id is None and not hasattr(held, "closure"):
            decide(ownership.hold(held.pk), now, by=by)


def take_along(source: Case, target: Case, *, by: Member | None, now: datetime) -> None:
    """What `source` is about counts for `target`, where it is graver, sooner, or said there alone (CV10, ES8).

    A guard never gets lost. The caller holds both, and decides.
    """
    new = {name: getattr(source, name) for name in SAID if not getattr(target, name) and getattr(source, name)}
    if new:
        _write_down(target, new, by=by, now=now)
    if source.kind == Case.Kind.COMPLAINT != target.kind:
        target.kind = source.kind
        target.save(update_fields=["kind"])
    graver = source.severity > target.severity and _is_judged(source)
    severity = Case.Severity.SAFETY if new.get("guard") else source.severity if graver else target.severity
    days = [day for day in (source.occasion_at, target.occasion_at) if day is not None]
    occasion_at = min((day for day in days if day > now), default=target.occasion_at)
    judging.write_down(target, severity, occasion_at, by=by, now=now)


def guard_part(case: Case, part: Case, *, by: Member, now: datetime) -> None:
    """Whoever may not see a case may not see its letters in a part of it either. The caller decides on `part`."""
    if case.guard:
        _write_down(part, {"guard": case.guard}, by=by, now=now)
        judging.write_down(part, Case.Severity.SAFETY, part.occasion_at, by=by, now=now)


def _is_judged(case: Case) -> bool:
    """What every case has at first is nobody's word on how grave it is."""
    judged = Entry.objects.filter(case=case, kind="case.severity")
    return case.severity != Case.Severity.SUBSTANTIAL or judged.exists()


def _write_down(case: Case, changed: Mapping[str, Any], *, by: Member | None, now: datetime) -> None:
    for name, value in changed.items():
        setattr(case, name, value)
    case.save(update_fields=list(changed))
    told: dict[str, Any] = {
        name: str(value) if isinstance(value, Decimal) else value for name, value in changed.items()
    }
    timeline.record(case, "case.matter_set", at=now, by=by, **told)
