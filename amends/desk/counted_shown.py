"""Why a time is due then, in words: each day, what of it was counted, and the sum (SL1, SL2). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from amends.clock.days import ONE_DAY
from amends.clock.explaining import Explanation, Part, explain, shown, until
from amends.clock.hours import NOTHING, Calendar
from amends.ui.moments import clock_time

MOST_DAYS = 20
"""Of a longer way the middle is one line."""
MOST_TOLD = 5
"""Days that one sentence can hold."""
BEFORE_CLOSING = timedelta(minutes=5)
LOOKED_AHEAD = 14
SHUT = gettext_lazy("closed")
CLOSED = {
    "weekday": SHUT,
    "named": gettext_lazy("holiday"),
    "public": gettext_lazy("public holiday"),
    "shut": SHUT,
    "skipped": gettext_lazy("this date did not happen here"),
}


@dataclass(frozen=True)
class RowShown:
    """One line of the table: a day or several, what was open then, how much of it counted."""

    day: str
    what: str
    note: str
    counted: str


@dataclass(frozen=True)
class CountedShown:
    """What `desk/counted.html` draws."""

    rows: tuple[RowShown, ...]
    total: str
    place: str
    """The clock by which the hours hold: "London"."""


def counted_of(told: Explanation, calendar: Calendar) -> CountedShown:
    """An explanation, day by day; the total is the sum of the rows."""
    rows = tuple(RowShown(_days(part), _what(part), _note(part), length(part.counted)) for part in told.parts)
    return CountedShown(rows, length(told.counted), place(calendar))


def place(calendar: Calendar) -> str:
    """Whose clock the hours are told by, as people say it: "London"."""
    return calendar.tz.key.rpartition("/")[2].replace("_", " ")


def moment(at: datetime, calendar: Calendar) -> str:
    """ "Friday 27 November 17:55", by the calendar's clock."""
    local = at.astimezone(calendar.tz)
    day = date_format(local, pgettext("a day, as Django's date filter writes it", "l j F"))
    return _("%(day)s %(clock)s") % {"day": day, "clock": clock_time(local)}


def length(span: timedelta) -> str:
    """ "3 h 30 min", "15 min", or "0 min": hours are not made days, because hardly anybody is open for a whole one."""
    hours, minutes = divmod(int(span.total_seconds() // 60), 60)
    seconds = int(span.total_seconds()) % 60
    words = [
        _("%(hours)s h") % {"hours": hours} if hours else "",
        _("%(count)s min") % {"count": minutes} if minutes or not (hours or seconds) else "",
        _("%(count)s s") % {"count": seconds} if seconds else "",
    ]
    return " ".join(filter(None, words))


def example(calendar: Calendar, minutes: int, now: datetime) -> tuple[str, CountedShown] | None:
    """A message that comes just before a closed day, and when its answer is due: a sentence, and each day of it.

    None when the hours are never open, or not for so long.
    """
    try:
        start = _before_a_closed_day(calendar, now)
        due = calendar.add_open(start, timedelta(minutes=minutes))
    except ValueError:
        return None
    told = explain(calendar, start, due, most=MOST_DAYS)
    words = {"start": moment(start, calendar), "due": moment(due, calendar), "why": _because(told)}
    return _("What comes on %(start)s is due on %(due)s: %(why)s.") % words, counted_of(told, calendar)


def _before_a_closed_day(calendar: Calendar, now: datetime) -> datetime:
    """Shortly before the last closing of a day that a closed one follows; of the next open day when none does."""
    first = calendar.date_of(calendar.next_open(now + ONE_DAY))
    days = [first + n * ONE_DAY for n in range(LOOKED_AHEAD)]
    working = [day for day in days if calendar.is_working_day(day)]
    chosen = next((day for day in working if not calendar.is_working_day(day + ONE_DAY)), first)
    return calendar.day(chosen).openings[-1][1] - BEFORE_CLOSING


def _because(told: Explanation) -> str:
    """ "5 min on Friday, closed on Saturday and Sunday, 3 h 55 min on Monday"."""
    if len(told.parts) > MOST_TOLD:
        return _("%(length)s of open time") % {"length": length(told.counted)}
    return ", ".join(_told(part) for part in told.parts)


def _told(part: Part) -> str:
    day = _weekdays(part)
    if part.counted:
        return _("%(length)s on %(day)s") % {"length": length(part.counted), "day": day}
    if part.name:
        return _("%(holiday)s on %(day)s") % {"holiday": part.name, "day": day}
    return _("closed on %(day)s") % {"day": day}


def _weekdays(part: Part) -> str:
    """ "Monday", "Saturday and Sunday", "Friday to Monday"."""
    first, last = date_format(part.first, "l"), date_format(part.last, "l")
    if part.first == part.last:
        return first
    both = _("%(first)s and %(last)s") if part.last == part.first + ONE_DAY else _("%(first)s to %(last)s")
    return both % {"first": first, "last": last}


def _days(part: Part) -> str:
    shape = pgettext("a short day, as Django's date filter writes it", "D j M")
    first, last = date_format(part.first, shape), date_format(part.last, shape)
    return first if first == last else _("%(first)s – %(last)s") % {"first": first, "last": last}


def _what(part: Part) -> str:
    if part.why in CLOSED:
        return part.name or str(CLOSED[part.why])
    if part.why == "several":
        return _("the days between")
    return ", ".join(map(shown, part.spans)) or _("outside the hours")


def _note(part: Part) -> str:
    notes = []
    if part.why == "own":
        notes.append(_("hours of this day: %(hours)s") % {"hours": ", ".join(map(until, part.openings))})
    elif part.openings and not part.spans:
        notes.append(_("open %(hours)s") % {"hours": ", ".join(map(until, part.openings))})
    if part.breaks:
        notes.append(_("closed %(hours)s") % {"hours": ", ".join(map(shown, part.breaks))})
    if part.name and part.why in CLOSED:
        notes.append(str(CLOSED[part.why]))
    if part.change:
        way = (
            _("the clock goes forward by %(length)s")
            if part.change > NOTHING
            else _("the clock goes back by %(length)s")
        )
        notes.append(way % {"length": length(abs(part.change))})
    return ", ".join(notes)
