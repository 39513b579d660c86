"""How grave a matter is, and the day for which it must be right; its clocks follow (SL3, C3.2, A114)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from amends.cases import timeline
from amends.cases.models import Case
from amends.flows import recounting
from amends.people.models import Member


class JudgingError(Exception):
    """It cannot be that; the message says what to do."""


def judge(case: Case, severity: int, occasion_at: datetime | None, *, by: Member, now: datetime) -> bool:
    """As `write_down`, of what a person says. Raises JudgingError."""
    if severity not in Case.Severity.values:
        raise JudgingError(_("Choose how grave it is."))
    if occasion_at is not None and occasion_at != case.occasion_at and occasion_at <= now:
        raise JudgingError(_("That day has passed. Name a later one, or leave it empty."))
    return write_down(case, severity, occasion_at, by=by, now=now)


def write_down(case: Case, severity: int, occasion_at: datetime | None, *, by: Member | None, now: datetime) -> bool:
    """Both, with an entry for each that changed; the clocks follow. False when nothing did. The caller holds, and decides."""
    before, day_before = case.severity, case.occasion_at
    if (severity, occasion_at) == (before, day_before):
        return False
    case.severity, case.occasion_at = severity, occasion_at
    case.save(update_fields=["severity", "occasion_at"])
    if severity != before:
        timeline.record(case, "case.severity", at=now, by=by, before=before, severity=severity)
    if occasion_at != day_before:
        timeline.record(
            case,
            "case.occasion",
            at=now,
            by=by,
            before=day_before.isoformat() if day_before else None,
            occasion=occasion_at.isoformat() if occasion_at else None,
        )
    why = _("it is judged anew how grave it is") if severity != before else _("the day it must be right for")
    recounting.recount(case, why=why, by=by, now=now)
    return True
