"""Who else is on this case just now (CV12)."""

from __future__ import annotations

from datetime import datetime, timedelta

from amends.cases.models import Case, Presence
from amends.kit import drift, wake
from amends.people.models import Member

GONE_AFTER = timedelta(seconds=30)
SAID_ALREADY = timedelta(seconds=8)
"""Whoever looks again so soon is known to be there: a page that is only read should write nothing."""
STOPPED_AFTER = timedelta(seconds=12)
"""Without a keystroke for so long, somebody who wrote only reads."""


def here(case: Case, member: Member, *, writing: bool, now: datetime) -> None:
    """Say that `member` is on the case; whoever wrote a moment ago still writes."""
    known = Presence.objects.filter(case=case, member=member).first()
    if known is not None and not writing and known.writing and known.seen_at > now - STOPPED_AFTER:
        return
    if known is not None and known.writing == writing and now - SAID_ALREADY < known.seen_at <= now:
        return
    Presence.objects.update_or_create(case=case, member=member, defaults={"writing": writing, "seen_at": now})
    wake.nudge()


def gone(case: Case, member: Member) -> None:
    """Say that `member` has left."""
    Presence.objects.filter(case=case, member=member).delete()
    wake.nudge()


def set_right(now: datetime) -> int:
    """Nobody is here already in the future."""
    count, _ = drift.ahead(Presence.objects.all(), "seen_at", now).delete()
    return count


def others(case: Case, member: Member, now: datetime) -> list[Presence]:
    """The colleagues on the case, writers first."""
    return list(
        Presence.objects.filter(case=case, seen_at__gte=now - GONE_AFTER)
        .exclude(member=member)
        .select_related("member")
        .order_by("-writing", "member__name")
    )
