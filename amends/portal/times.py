"""How our pages say a time to a customer: in their zone, the day named. Pure."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amends.cases.models import Case
from amends.ui import moments


def zone_of(case: Case) -> ZoneInfo:
    """The customer's time zone when we know it, else the brand's."""
    try:
        return ZoneInfo(case.customer.time_zone)
    except (KeyError, ValueError, OSError):  # none, or a name that no database knows
        return ZoneInfo(case.brand.time_zone)


def zone_name(zone: ZoneInfo) -> str:
    """ "London", as people say it."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def day(moment: datetime, now: datetime, *, within: bool = False) -> str:
    """ "Today", "Tomorrow", "Thu 20 Nov", with the year when it is another; `within` a sentence "today", "tomorrow"."""
    near = moments.day_name(moment.date(), now.date(), within=within) if _near(moment.date(), now.date()) else ""
    return near or _written(moment.date(), now.date())


def by_when(due: datetime, now: datetime, *, within: bool = False) -> str:
    """ "Tomorrow, by 12:00"; `within` a sentence "tomorrow, by 12:00"."""
    return _("%(day)s, by %(clock)s") % {"day": day(due, now, within=within), "clock": moments.clock_time(due)}


def at(moment: datetime, now: datetime, *, within: bool = False) -> str:
    """ "Today, 13:52"; `within` a sentence "today, 13:52"."""
    return _("%(day)s, %(clock)s") % {"day": day(moment, now, within=within), "clock": moments.clock_time(moment)}


def dated(moment: datetime, now: datetime) -> str:
    """ "Tue 18 Nov, 13:52": for words that are read on another day."""
    parts = {"day": _written(moment.date(), now.date()), "clock": moments.clock_time(moment)}
    return _("%(day)s, %(clock)s") % parts


def today(now: datetime) -> str:
    """ "Tuesday 18 November, 14:55"."""
    words = date_format(now, pgettext("a day, as Django's date filter writes it", "l j F"))
    return _("%(day)s, %(clock)s") % {"day": words, "clock": moments.clock_time(now)}


def _near(one: date, other: date) -> bool:
    return abs((one - other).days) <= 1


def _written(one: date, other: date) -> str:
    if one.year == other.year:
        return date_format(one, pgettext("a short day, as Django's date filter writes it", "D j M"))
    return date_format(one, pgettext("a short day of another year", "D j M Y"))
