"""Clocks of two places: where the customer's differs from the reader's, both are shown (A067)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from amends.cases.models import Case
from amends.ui.moments import clock_time, day_name


def zone_of(case: Case) -> ZoneInfo | None:
    """The customer's own time zone, as far as somebody knows it."""
    return _zone(case.customer.time_zone)


def theirs(moment: datetime, case: Case) -> str:
    """The moment where the customer is, "04:15 in New York"; empty where the clocks are the same."""
    zone = zone_of(case)
    return clock_in(zone, moment) if zone is not None else ""


def in_both(ours: str, moment: datetime, case: Case) -> str:
    """Our words for a moment, and where the customer is: "Today 09:15 (04:15 in New York)"."""
    their = theirs(moment, case)
    return f"{ours} ({their})" if their else ours


def clock_there(zone: str, moment: datetime) -> str:
    """The moment in the zone of this name; empty where the clocks are the same, or no such zone is known."""
    found = _zone(zone)
    return clock_in(found, moment) if found is not None else ""


def clock_in(zone: ZoneInfo, moment: datetime) -> str:
    """The moment in another zone, "04:15 in New York"; empty where the clocks are the same."""
    here, there = timezone.localtime(moment), moment.astimezone(zone)
    if here.utcoffset() == there.utcoffset():
        return ""
    place = zone.key.rpartition("/")[2].replace("_", " ")
    clock = _("%(clock)s in %(place)s") % {"clock": clock_time(there), "place": place}
    if there.date() == here.date():
        return clock
    return f"{day_name(there.date(), here.date(), within=True)} {clock}"


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
