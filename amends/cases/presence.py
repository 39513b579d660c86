"""Who else is on this case just now (CV12)."""

from __future__ import annotations

from datetime import datetime, timedelta

from amends.cases.models import Case, Presence
from amends.kit import wake
from amends.people.models import Member

GONE_AFTER = timedelta(seconds=30)
STOPPED_AFTER = timedelta(seconds=12)
"""Without a keystroke for so long, somebody who wrote only reads."""


def here(case: Case, member: Member, *, writing: bool, now: datetime) -> None:
    """Say that `member` is on the case; whoever wrote a moment ago still writes."""
    writes = Presence.objects.filter(case=case, member=member, writing=True, seen_at__gt=now - STOPPED_AFTER)
    if not writing and writes.exists():
        return
    Presence.objects.update_or_create(case=case, member=member, defaults={"writing": writing, "seen_at": now})
    wake.nudge()


def gone(case: Case, member: Member) -> None:
    """Say that `member` has left."""
    Presence.objects.filter(case=case, member=member).delete()
    wake.nudge()


def others(case: Case, member: Member, now: datetime) -> list[Presence]:
    """The colleagues on the case, writers first."""
    return list(
        Presence.objects.filter(case=case, seen_at__gte=now - GONE_AFTER)
        .exclude(member=member)
        .select_related("member")
        .order_by("-writing", "member__name")
    )
