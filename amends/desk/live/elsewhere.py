"""What open pages show and no entry tells of: who is there, what is being written, what rings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from amends.cases.models import Draft, LetterReading, Presence
from amends.cases.presence import GONE_AFTER
from amends.channels.models import Account
from amends.clock.models import Alarm
from amends.kit.prepared import prepared

NEWEST = 50

State = Mapping[int, tuple[int, object]]
"""By id: its brand, and whatever tells that it is not as before."""


@dataclass
class Memory:
    """How things were at the last look."""

    before: State = field(default_factory=dict)

    def changed(self, now: State) -> dict[int, int]:
        """Id → brand of what differs from the last look, or is gone; `now` is the last look from here on."""
        before, self.before = self.before, now
        ids = {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)}
        return {one: (now.get(one) or before[one])[0] for one in ids}


def cases() -> State:
    """Cases on which somebody is, or something is being written or about to leave; and the letter last read there."""
    found: dict[int, tuple[int, set[tuple[str, int, bool | datetime | None]]]] = {}
    for case, brand, member, writing in _there(timezone.now() - GONE_AFTER - timedelta(seconds=5)):
        found.setdefault(case, (brand, set()))[1].add(("member", member, writing))
    for case, brand, draft, held in _drafts():
        found.setdefault(case, (brand, set()))[1].add(("draft", draft, held))
    for case, letter in _read(found) if found else ():
        found[case][1].add(("read", letter, None))
    return found


def leaving() -> State:
    """Letters in the outbox."""
    return {pk: (brand, until) for pk, brand, until in _held()}


def mailboxes() -> State:
    """Mailboxes in use that are in trouble."""
    return {pk: (brand, said) for pk, brand, said in _failing()}


def alarms() -> State:
    """The newest alarms: whether they were told and seen. The last of them is forgotten, not told of."""
    return {pk: (brand, (told, seen)) for pk, brand, told, seen in _newest_alarms()}


@prepared
def _there(since: datetime) -> QuerySet[Presence, tuple[int, int, int, bool]]:
    return Presence.objects.filter(seen_at__gte=since).values_list("case_id", "case__brand_id", "member_id", "writing")


@prepared
def _drafts() -> QuerySet[Draft, tuple[int, int, int, datetime | None]]:
    return Draft.objects.values_list("case_id", "case__brand_id", "pk", "hold_until")


@prepared
def _read(case_ids: Collection[int]) -> QuerySet[LetterReading, tuple[int, int]]:
    read = LetterReading.objects.filter(letter__entry__case__in=case_ids).values_list("letter__entry__case")
    return read.annotate(newest=Max("letter"))


@prepared
def _held() -> QuerySet[Draft, tuple[int, int, datetime | None]]:
    return Draft.objects.filter(hold_until__isnull=False).values_list("pk", "case__brand_id", "hold_until")


@prepared
def _failing() -> QuerySet[Account, tuple[int, int, str]]:
    return Account.objects.filter(active=True).exclude(trouble="").values_list("pk", "brand_id", "trouble")


@prepared
def _newest_alarms() -> QuerySet[Alarm, tuple[int, int, datetime | None, datetime | None]]:
    newest = Alarm.objects.exclude(case=None).order_by("-pk")
    return newest.values_list("pk", "case__brand_id", "told_at", "seen_at")[:NEWEST]
