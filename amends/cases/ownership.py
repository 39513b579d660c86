"""One owner a case; every change of it is on the timeline (CV8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from amends.cases import timeline
from amends.cases.models import Case
from amends.people.models import Member


def give_to(case: Case, member: Member, *, at: datetime, by: Member | None, why: list[Any]) -> bool:
    """Make `member` the owner. False when nothing changed."""
    if case.owner_id == member.pk:
        return False
    before = case.owner_id
    case.owner = member
    case.save(update_fields=["owner"])
    timeline.record(case, "owner.set", at=at, by=by, owner=member.pk, owner_name=member.name, before=before, why=why)
    return True
