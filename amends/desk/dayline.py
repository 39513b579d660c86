"""The day with everything owed in it, as a drawing: what was kept, what is late, what is still due. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.clock.hours import Calendar
from amends.ui.moments import clock_time, day_name

EDGE = 3.0
"""Percent of the line left free at either end, so that no mark is cut."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Due:
    """Something owed: when, in which state, where it is on the page, in words."""

    at: datetime
    state: str
    url: str
    label: str


@dataclass(frozen=True)
class Kept:
    """Something done today, in time or not."""

    at: datetime
    late: bool = False


@dataclass(frozen=True)
class Tick:
    x: str
    word: str


@dataclass(frozen=True)
class Mark:
    x: str
    state: str
    label: str = ""
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Day:
    """What `ui/components/dayline.html` draws; every `x` is a percentage, written with a point."""

    title: str
    line: str
    label: str
    hours: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    now: Tick | None


@dataclass(frozen=True)
class _Span:
    """The stretch of time that is drawn; what lies outside stands at its edge."""

    starts: datetime
    ends: datetime

    def x(self, at: datetime) -> str:
        share = (at - self.starts) / (self.ends - self.starts)
        return f"{EDGE + (100 - 2 * EDGE) * max(0.0, min(1.0, share)):.2f}"


def last_moment(calendar: Calendar, now: datetime) -> datetime:
    """Up to when what is due belongs into the drawing: the end of the local day that is drawn."""
    return _midnight(_day_to_draw(calendar, now, ())) + timedelta(days=1)


def draw(calendar: Calendar, due: Sequence[Due], kept: Sequence[Kept], now: datetime) -> Day:
    """Today within its working hours; outside them the next working day, with nothing kept yet."""
    day = _day_to_draw(calendar, now, due)
    is_today = day == timezone.localtime(now).date()
    span = _span(calendar, day, [mark.at for mark in due])
    done = list(kept) if is_today else []
    return Day(
        title=_("Your day") if is_today else day_name(day, timezone.localtime(now).date()),
        line=_line(done, due, is_today=is_today),
        label=_label(span, done, due, now if is_today else None),
        hours=_ticks(span),
        marks=(
            *(Mark(span.x(mark.at), "late" if mark.late else "kept") for mark in done),
            *(Mark(span.x(mark.at), mark.state, mark.label, mark.url) for mark in due),
        ),
        now=Tick(span.x(now), clock_time(timezone.localtime(now))) if is_today else None,
    )


def _day_to_draw(calendar: Calendar, now: datetime, due: Sequence[Due]) -> date:
    today = timezone.localtime(now).date()
    if any(now < mark.at and timezone.localtime(mark.at).date() == today for mark in due):
        return today
    try:
        opening = calendar.next_open(now)
    except ValueError:  # never on duty: the plain day is drawn
        return today
    return timezone.localtime(opening).date()


def _span(calendar: Calendar, day: date, moments: Sequence[datetime]) -> _Span:
    """The day's hours, longer where something is due before or after them."""
    midnight = _midnight(day)
    starts, ends = midnight + 9 * HOUR, midnight + 17.5 * HOUR
    if calendar.is_working_day(day):
        starts, ends = calendar.next_open(midnight), calendar.end_of_day(midnight)
    within = [at for at in moments if midnight <= at < midnight + 24 * HOUR]
    return _Span(min([starts, *within]), max([ends, *within]))


def _ticks(span: _Span) -> tuple[Tick, ...]:
    """Full hours, fewer of them on a long day."""
    hours = (span.ends - span.starts) / HOUR
    step = 1 if hours <= 11 else 2 if hours <= 18 else 4
    local = timezone.localtime(span.starts)
    first = local.replace(minute=0, second=0, microsecond=0)
    first += HOUR if first < local else timedelta()
    moments = [first + n * HOUR for n in range(0, 25, step) if first + n * HOUR <= span.ends]
    return tuple(Tick(span.x(moment), f"{moment.hour}") for moment in moments)


def _line(kept: Sequence[Kept], due: Sequence[Due], *, is_today: bool) -> str:
    if not is_today:
        return ngettext("%(count)s due", "%(count)s due", len(due)) % {"count": len(due)}
    if not kept:
        return _("Nothing kept yet") if due else _("Nothing due")
    late = sum(mark.late for mark in kept)
    words = {"count": len(kept), "late": late}
    if late:
        return ngettext("%(count)s done, %(late)s of them late", "%(count)s done, %(late)s of them late", late) % words
    return (_("%(count)s kept so far") if due else _("%(count)s kept")) % words


def _label(span: _Span, kept: Sequence[Kept], due: Sequence[Due], now: datetime | None) -> str:
    late = sum(mark.state == "late" for mark in due)
    words = {
        "starts": clock_time(timezone.localtime(span.starts)),
        "ends": clock_time(timezone.localtime(span.ends)),
        "kept": sum(not mark.late for mark in kept),
        "late": late + sum(mark.late for mark in kept),
        "due": len(due) - late,
    }
    if now is None:
        return _("The day from %(starts)s to %(ends)s. Late: %(late)s. Due: %(due)s.") % words
    words["now"] = clock_time(timezone.localtime(now))
    sentence = _(
        "Your day from %(starts)s to %(ends)s. Kept: %(kept)s. Late: %(late)s. Still due: %(due)s. It is %(now)s."
    )
    return sentence % words


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time())).astimezone(UTC)
