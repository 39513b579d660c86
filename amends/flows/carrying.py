"""What a case is about goes along when it becomes one with another, or is parted (CV10, ES8)."""

from __future__ import annotations

from datetime import datetime

from amends.cases.models import Case, Entry
from amends.flows import judging, matter
from amends.people.models import Member


def take_along(source: Case, target: Case, *, by: Member | None, now: datetime) -> None:
    """What `source` is about counts for `target`, where it is graver, sooner, or said there alone (CV10, ES8).

    A guard never gets lost. The caller holds both, and decides.
    """
    own = matter.POST if target.post else ()  # the readers of one post are not those of another
    names = [name for name in matter.SAID if name not in own and not getattr(target, name)]
    new = {name: getattr(source, name) for name in names if getattr(source, name)}
    if new:
        matter.write_down(target, new, by=by, now=now)
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
        matter.write_down(part, {"guard": case.guard}, by=by, now=now)
        judging.write_down(part, Case.Severity.SAFETY, part.occasion_at, by=by, now=now)


def _is_judged(case: Case) -> bool:
    """What every case has at first is nobody's word on how grave it is."""
    judged = Entry.objects.filter(case=case, kind="case.severity")
    return case.severity != Case.Severity.SUBSTANTIAL or judged.exists()
