"""What open pages show and no entry tells of: who is there, what is being written, what rings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from amends.cases.models import Draft, LetterReading, Presence
from amends.cases.presence import GONE_AFTER
from amends.channels.models import Account
from amends.clock.models import Alarm

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
    since = timezone.now() - GONE_AFTER - timedelta(seconds=5)
    there = Presence.objects.filter(seen_at__gte=since)
    found: dict[int, tuple[int, set[tuple[str, int, bool | datetime | None]]]] = {}
    for case, brand, member, writing in there.values_list("case_id", "case__brand_id", "member_id", "writing"):
        found.setdefault(case, (brand, set()))[1].add(("member", member, writing))
    for case, brand, draft, held in Draft.objects.values_list("case_id", "case__brand_id", "pk", "hold_until"):
        found.setdefault(case, (brand, set()))[1].add(("draft", draft, held))
    read = LetterReading.objects.filter(letter__entry__case__in=found).values_list("letter__entry__case")
    for case, letter in read.annotate(newest=Max("letter")):
        found[case][1].add(("read", letter, None))
    return found


def leaving() -> State:
    """Letters in the outbox."""
    held = Draft.objects.filter(hold_until__isnull=False)
    return {pk: (brand, until) for pk, brand, until in held.values_list("pk", "case__brand_id", "hold_until")}


def mailboxes() -> State:
    """Mailboxes in use that are in trouble."""
    failing = Account.objects.filter(active=True).exclude(trouble="")
    return {pk: (brand, said) for pk, brand, said in failing.values_list("pk", "brand_id", "trouble")}


def alarms() -> State:
    """The newest alarms: whether they were told and seen. The last of them is forgotten, not told of."""
    newest = Alarm.objects.exclude(case=None).order_by("-pk").values_list("pk", "case__brand_id", "told_at", "seen_at")
    return {pk: (brand, (told, seen)) for pk, brand, told, seen in newest[:NEWEST]}
