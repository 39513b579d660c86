"""How the desk says a moment: clock time first, distance second (UX.md, principle 2).

Pure: the moment, and now, as aware datetimes in the reader's own time zone.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

MINUTE = 60
HOUR = 60 * MINUTE
NEAR = timedelta(hours=12)
WEEK = 7
FORTNIGHT = 14


def by_when(
    due: datetime,
    now: datetime,
    *,
    name_today: bool = False,
    beside_distance: bool = False,
    within: bool = False,
    language: str | None = None,
) -> str:
    """ "15:00", "Today 12:00", "Tomorrow 10:00", "Wed 10:00", "Thu 20 Nov 12:00".

    Today is named only when the hour is gone already, or where `name_today` asks for it. `beside_distance`: tomorrow
    is "Wed", because "tomorrow" stands beside it. `within` a sentence it is "today 12:00".
    Whoever says many moments hands in the `language` that is spoken.
    """
    day, today = due.date(), now.date()
    language = language or get_language()
    clock = _clock(due.hour, due.minute, language)
    if day == today and due >= now and not name_today:
        return clock
    return _day_and_clock(day, today, clock, beside_distance, within, language)


def distance(due: datetime, now: datetime, *, language: str | None = None) -> str:
    """ "in 22 min", "in 1 h 22", "tomorrow", "in 2 days", or "2 h 38 min late", "5 days late"."""
    language = language or get_language()
    return _lateness(due, now, language) if due < now else _time_left(due, now, language)


def clock_time(moment: datetime, *, language: str | None = None) -> str:
    """ "15:00", by the clock of 24 hours unless the language's translation says otherwise."""
    return _clock(moment.hour, moment.minute, language or get_language())


def exact_time(moment: datetime) -> str:
    """ "15:00:08", where a second counts."""
    return date_format(moment, pgettext("time of day with seconds, as Django's date filter writes it", "H:i:s"))


def day_name(day: date, today: date, *, within: bool = False) -> str:
    """ "Today", "Yesterday", "Tomorrow", "Sunday 9 November", "Thursday 20 November 2024".

    `within` a sentence "today", "yesterday", "tomorrow".
    """
    near = _near_day(day, today, within)
    if near:
        return near
    if day.year == today.year:
        return date_format(day, pgettext("a day, as Django's date filter writes it", "l j F"))
    return date_format(day, pgettext("a day of another year, as Django's date filter writes it", "l j F Y"))


@lru_cache(2_000)
def _day_and_clock(
    day: date, today: date, clock: str, beside_distance: bool, within: bool, language: str | None
) -> str:
    """Kept, like the clock: the same few hundred moments stand on every list."""
    tomorrow = (day - today).days == 1
    name = _named(day, "D", language) if tomorrow and beside_distance else _short_day(day, today, within)
    return _("%(day)s %(clock)s") % {"day": name, "clock": clock}


@lru_cache(24 * 60)
def _clock(hour: int, minute: int, language: str | None) -> str:
    """Django's formatting costs more than all else in a row, and there are so few moments in a day."""
    moment = datetime(2000, 1, 1, hour, minute)  # noqa: DTZ001 - any day, any zone
    return date_format(moment, pgettext("time of day, as Django's date filter writes it", "H:i"))


@lru_cache(500)
def _named(day: date, shape: str, language: str | None) -> str:
    return date_format(day, shape)


def _short_day(day: date, today: date, within: bool) -> str:
    near = _near_day(day, today, within)
    if near:
        return near
    if abs((day - today).days) < WEEK:
        return _named(day, "D", get_language())
    if day.year == today.year:
        return _named(day, pgettext("a short day, as Django's date filter writes it", "D j M"), get_language())
    return _named(day, pgettext("a short day of another year", "D j M Y"), get_language())


def _near_day(day: date, today: date, within: bool) -> str:
    match (day - today).days:
        case -1:
            return pgettext("within a sentence", "yesterday") if within else _("Yesterday")
        case 0:
            return pgettext("within a sentence", "today") if within else _("Today")
        case 1:
            return pgettext("within a sentence", "tomorrow") if within else _("Tomorrow")
    return ""


def _time_left(due: datetime, now: datetime, language: str | None) -> str:
    days = (due.date() - now.date()).days
    if days == 0 or due - now < NEAR:
        minutes = max(1, math.ceil((due - now).total_seconds() / MINUTE))
        return _in_hours(*divmod(minutes, 60), language)
    return _in_days(days, language)


@lru_cache(500)
def _in_days(days: int, language: str | None) -> str:
    if days == 1:
        return _("tomorrow")
    if days < FORTNIGHT:
        return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}
    weeks = days // WEEK
    return ngettext("in %(count)s week", "in %(count)s weeks", weeks) % {"count": weeks}


@lru_cache(24 * 60)
def _in_hours(hours: int, minutes: int, language: str | None) -> str:
    if not hours:
        return _("in %(minutes)s min") % {"minutes": minutes}
    if not minutes:
        return _("in %(hours)s h") % {"hours": hours}
    return _("in %(hours)s h %(minutes)s") % {"hours": hours, "minutes": f"{minutes:02}"}


def _lateness(due: datetime, now: datetime, language: str | None) -> str:
    days = (now.date() - due.date()).days
    if days == 0 or now - due < NEAR:
        minutes = max(1, int((now - due).total_seconds() // MINUTE))
        return _hours_late(*divmod(minutes, 60), language)
    return _days_late(days, language)


@lru_cache(500)
def _days_late(days: int, language: str | None) -> str:
    return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}


@lru_cache(24 * 60)
def _hours_late(hours: int, minutes: int, language: str | None) -> str:
    if not hours:
        return _("%(minutes)s min late") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)s h late") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min late") % {"hours": hours, "minutes": minutes}


def words() -> dict[str, str]:
    """The sentences that `clocks.js` needs to say the distance again each minute, with their places kept."""
    return {
        "min": _("in %(minutes)s min"),
        "h": _("in %(hours)s h"),
        "hmin": _("in %(hours)s h %(minutes)s"),
        "lateMin": _("%(minutes)s min late"),
        "lateH": _("%(hours)s h late"),
        "lateHmin": _("%(hours)s h %(minutes)s min late"),
    }
