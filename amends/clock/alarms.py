"""Say that a member must know something (SL4). How and when they are told is another matter; here it is written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from amends.cases.models import Case
from amends.clock import calendars
from amends.clock.models import Alarm
from amends.people.models import Member


def raise_alarm(member: Member, code: str, now: datetime, case: Case | None = None, **params: Any) -> Alarm:
    """Write an alarm down, once: the same code with the same `params` (JSON) on the same case is the same alarm.

    It is told at once to whoever works now, and about a severity of 5; else when their working time begins.
    """
    said_before = Alarm.objects.filter(member=member, case=case, code=code)
    for alarm in said_before:
        if alarm.params == params:
            return alarm
    return Alarm.objects.create(
        member=member, case=case, code=code, params=params, at=now, tell_at=_tell_at(member, case, now)
    )


def _tell_at(member: Member, case: Case | None, now: datetime) -> datetime:
    if case is not None and case.severity >= Case.Severity.SAFETY:
        return now
    duty = calendars.duties([member], now)[member.pk]
    return now if duty.on else duty.next or now
