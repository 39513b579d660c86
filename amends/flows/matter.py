"""What a case is about is set by a person: order, cause, severity, occasion, and who may see it (C3.3, ES8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import ownership, timeline
from amends.cases.models import Case
from amends.clock import rungs
from amends.flows import abuse, judging, rerouting
from amends.flows.decide import decide
from amends.flows.dossier import posts_on_the_cause
from amends.flows.looking import Staff
from amends.people.models import Member

POST = ("post", "reach", "posted_at")
SAID = ("about", "cause", "loss", "guard", *POST)
NAMES = (*SAID, "severity", "occasion_at")


def of(case: Case) -> dict[str, Any]:
    """The case's matter, by the names of its columns."""
    return {name: getattr(case, name) for name in NAMES}


def change(case: Case, before: Mapping[str, Any], after: Mapping[str, Any], *, by: Member, now: datetime) -> None:
    """Set what differs and write it down; its clocks follow. Safety and a vulnerable person are of the highest severity.

    A post in public without a time is of `now`; one that is taken back takes its readers along. Raises
    judging.JudgingError.
    """
    after = {**after, **_post(after, now)}
    severity = Case.Severity.SAFETY if after["guard"] else after["severity"]
    changed = {name: after[name] for name in SAID if after[name] != before[name]}
    with transaction.atomic():
        held = ownership.hold(case.pk)
        if changed:
            write_down(held, changed, by=by, now=now)
        judged = judging.judge(held, severity, after["occasion_at"], by=by, now=now)
        resumed = abuse.end_where_grave(held, by=by, now=now)
        if not ownership.is_open(held):
            return
        routed = judged and rerouting.route(held, Staff(now))
        if (changed or judged or resumed) and not routed:
            decide(held, now, by=by)


def _post(after: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    if not after["post"]:
        return dict.fromkeys(POST[1:])
    posted_at = after["posted_at"] or now
    if posted_at > now:
        raise judging.JudgingError(_("Nobody can have posted that yet. Name the time at which it was posted."))
    return {"posted_at": posted_at}


def write_down(case: Case, changed: Mapping[str, Any], *, by: Member | None, now: datetime) -> None:
    """These columns of `SAID`, and the entry. The caller holds the case, and decides."""
    for name, value in changed.items():
        setattr(case, name, value)
    case.save(update_fields=list(changed))
    timeline.record(case, "case.matter_set", at=now, by=by, **{name: _told(value) for name, value in changed.items()})
    if case.post and not {"cause", *POST}.isdisjoint(changed):
        for other in posts_on_the_cause(case):
            rungs.look_at(other, now)  # it may be the third of them


def _told(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
