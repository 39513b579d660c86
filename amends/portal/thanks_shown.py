"""What the thank-you page says: who reads it, and by when. Never more than is true already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from amends.channels.models import Kept
from amends.clock import promises
from amends.portal import times


@dataclass(frozen=True)
class Thanks:
    """`owner` and `when` are empty while nobody has it yet: the message is safe all the same."""

    owner: str = ""
    when: str = ""
    zone: str = ""


def of(kept: Kept, now: datetime) -> Thanks:
    """As it stands at `now`."""
    case = kept.entry.case if kept.entry else None
    if case is None or case.owner is None:
        return Thanks()
    zone = ZoneInfo(case.brand.time_zone)
    answer = promises.owed(case).filter(kind__in=promises.REPLIES).first()
    due = times.by_when(answer.due.astimezone(zone), now.astimezone(zone)) if answer else ""
    return Thanks(case.owner.name, due, times.zone_name(zone))
