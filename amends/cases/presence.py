"""Who else is on this case just now (CV12)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from amends.cases.models import Case, Presence
from amends.kit import drift, wake
from amends.kit.prepared import prepared
from amends.people.models import Member

GONE_AFTER = timedelta(seconds=30)
SAID_ALREADY = timedelta(seconds=8)
"""Whoever looks again so soon is known to be there: a page that is only read should write nothing."""
STOPPED_AFTER = timedelta(seconds=12)
"""Without a keystroke for so long, somebody who wrote only reads."""


def here(case: Case, member: Member, *, writing: bool, now: datetime) -> None:
    """Say that `member` is on the case; whoever wrote a moment ago still writes."""
    known = next(iter(_of(case.pk, member.pk)), None)
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
    return _others(case.pk, member.pk, now - GONE_AFTER)


@prepared
def _of(case_id: int, member_id: int) -> QuerySet[Presence]:
    return Presence.objects.filter(case=case_id, member=member_id)


@prepared
def _others(case_id: int, member_id: int, since: datetime) -> QuerySet[Presence]:
    here = Presence.objects.filter(case=case_id, seen_at__gte=since).exclude(member=member_id)
    return here.select_related("member").order_by("-writing", "member__name")
