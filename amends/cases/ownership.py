"""One owner a case, one hand on it at a time; every change of owner is on the timeline (CV8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from amends.cases import timeline
from amends.cases.models import Case
from amends.people.models import Member


def hold(case_id: int) -> Case:
    """The case as it stands now; until the caller's transaction ends, whoever else holds it waits.

    Stands at the top of everything that changes a case: PostgreSQL lets two go on at once, each seeing what
    was true before the other. New entries and drafts do not wait. Lock customers before cases.
    """
    held = Case.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("brand", "customer", "owner", "team__lead").get(pk=case_id)


def give_to(case: Case, member: Member, *, at: datetime, by: Member | None, why: list[Any]) -> bool:
    """Make `member` the owner. False when nothing changed."""
    if case.owner_id == member.pk:
        return False
    before = case.owner_id
    case.owner = member
    case.save(update_fields=["owner"])
    timeline.record(case, "owner.set", at=at, by=by, owner=member.pk, owner_name=member.name, before=before, why=why)
    return True
