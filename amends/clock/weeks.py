"""The openings of a week: read as typed, checked, and kept for a brand, a team or a member (SL2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from amends.clock.days import MIDNIGHT, Opening
from amends.clock.models import Period, TeamHours
from amends.people.models import Brand, Member

_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?h?", re.ASCII)


def read_time(text: str) -> time | None:
    """A wall-clock time as people type it: 9, 9:00, 0900, 9.30, 24:00 (midnight). None when it is none."""
    found = _TIME.fullmatch(text.strip().lower())
    if found is None:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    return time(hour, minute) if hour < 24 and minute < 60 else None


def what_is_wrong(openings: Sequence[Opening]) -> str:
    """A sentence when one day's openings cannot be kept, else an empty string. A close at 00:00 is 24:00."""
    before: time | None = None
    for opens, closes in sorted(openings):
        if closes != MIDNIGHT and closes <= opens:
            return _("The end lies before the beginning. Past midnight belongs to the next day.")
        if before is not None and (before == MIDNIGHT or opens <= before):
            return _("These times overlap or touch. Make them one, or leave a break between.")
        before = closes
    return ""


def week_of(
    *, brand: Brand | None = None, member: Member | None = None, team: TeamHours | None = None
) -> dict[int, tuple[Opening, ...]]:
    """The openings kept, by weekday; empty when nothing was ever set."""
    days: dict[int, list[Opening]] = {}
    for period in Period.objects.filter(brand=brand, member=member, team=team):
        days.setdefault(period.weekday, []).append((period.opens, period.closes))
    return {day: tuple(openings) for day, openings in days.items()}


def set_week(
    week: Mapping[int, Sequence[Opening]],
    *,
    brand: Brand | None = None,
    member: Member | None = None,
    team: TeamHours | None = None,
) -> None:
    """Put `week` in place of what was kept for the brand, the member or the team."""
    rows = [
        Period(brand=brand, member=member, team=team, weekday=day, opens=opens, closes=closes)
        for day, openings in sorted(week.items())
        for opens, closes in sorted(openings)
    ]
    with transaction.atomic():
        Period.objects.filter(brand=brand, member=member, team=team).delete()
        Period.objects.bulk_create(rows)
