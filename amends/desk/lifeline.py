"""How it stands between us and a person over the years: dips where it hurt, heals where it was put right.

Pure. The height is a mood, not a measure: it falls at a complaint, rises above where it was when the customer
says it is right, and creeps up in quiet years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WIDTH, HEIGHT = 1168, 176
LEFT, RIGHT = 8.0, 1160.0
TOP, BOTTOM, START = 26.0, 128.0, 84.0
AXIS = 150.5
DIP = 64.0
GROWS = 5.0
"""How much higher it stands after each quiet year and each happy end."""
APART = 26.0
"""The least distance between two points, so that what happened in one week can be told apart."""
MOST_CASES = 14
LETTER = 6.4
"""The width of one letter of a label."""


@dataclass(frozen=True)
class Matter:
    """One case, as far as it moves the line."""

    opened_at: datetime
    title: str
    hurt: bool = False
    joy: bool = False
    broken: bool = False
    closed_at: datetime | None = None
    happy: bool = False


@dataclass(frozen=True)
class Dot:
    """A point on the line; `label` may be empty where there is no room."""

    x: str
    y: str
    state: str
    label: str = ""
    label_x: str = ""
    label_y: str = ""


@dataclass(frozen=True)
class Stretch:
    """A piece of the line."""

    path: str
    hurt: bool


@dataclass(frozen=True)
class Year:
    x: str
    word: str


@dataclass(frozen=True)
class Lifeline:
    """The drawing; numbers are written with a point."""

    words: str
    stretches: list[Stretch]
    dots: list[Dot]
    years: list[Year]
    width: int = WIDTH
    height: int = HEIGHT
    axis: str = f"{AXIS}"


@dataclass(frozen=True)
class _Point:
    at: datetime
    y: float
    state: str = ""
    label: str = ""
    hurts: bool = False
    """Whether the way to this point is a hurt one."""


def draw(matters: Sequence[Matter], since: datetime, now: datetime) -> Lifeline:
    """The line from `since` to `now`; of very many matters only the newest are drawn."""
    drawn = sorted(matters, key=lambda matter: matter.opened_at)[-MOST_CASES:]
    begins = min([since, *(matter.opened_at for matter in drawn)])
    points = _points(drawn, begins, now)
    places = _places([point.at for point in points])
    return Lifeline(
        words=_words(matters, begins, now),
        stretches=_stretches(points, places),
        dots=_dots(points, places),
        years=_years(points, places),
    )


def _points(matters: Sequence[Matter], begins: datetime, now: datetime) -> list[_Point]:
    points, level, calm_since, hurts = [_Point(begins, START)], START, begins, 0
    for at, matter, opens in _events(matters):
        level = max(TOP, level - GROWS * ((at - calm_since) / timedelta(days=365))) if not hurts else level
        calm_since = at
        if opens and matter.hurt:
            level = min(BOTTOM, level + DIP)
            hurts += 1
            points += _before(points[-1], at, level, first=hurts == 1)
            points.append(_Point(at, level, "hurt", _hurt_label(matter), hurts=True))
        elif matter.hurt:
            level = max(TOP, level - DIP - (GROWS * 2 if matter.happy else -GROWS))
            points.append(_Point(at, level, "healed" if matter.happy else "", _healed_label(matter), hurts=True))
            hurts -= 1
        elif matter.joy and opens:
            level = max(TOP, level - GROWS)
            points.append(_Point(at, level, "joy", shortened(matter.title), hurts=hurts > 0))
    if hurts:
        level = max(TOP, level - DIP / 3)
    elif points[-1].at < now:
        level = max(TOP, level - GROWS * ((now - calm_since) / timedelta(days=365)))
    return [*points, _Point(now, level, "today", _("today"), hurts=hurts > 0)]


def _before(last: _Point, at: datetime, level: float, *, first: bool) -> list[_Point]:
    """Where the fall begins: just before the dip, so that the calm before it is drawn calm."""
    eve = at - min(timedelta(days=20), (at - last.at) / 2)
    return [_Point(eve, level - DIP)] if first and eve > last.at else []


def _events(matters: Sequence[Matter]) -> list[tuple[datetime, Matter, bool]]:
    opened = [(matter.opened_at, matter, True) for matter in matters]
    closed = [(matter.closed_at, matter, False) for matter in matters if matter.closed_at]
    return sorted([*opened, *closed], key=lambda event: (event[0], not event[2]))


def _places(moments: Sequence[datetime]) -> list[float]:
    """Where each moment stands: by the calendar, pushed apart where much happened, fitted to the width."""
    whole = (moments[-1] - moments[0]) / timedelta(seconds=1) or 1.0
    wanted = [LEFT + (RIGHT - LEFT) * ((at - moments[0]) / timedelta(seconds=1)) / whole for at in moments]
    least = min(APART, (RIGHT - LEFT) / max(1, len(moments) - 1))
    for place in range(1, len(wanted)):
        wanted[place] = max(wanted[place], wanted[place - 1] + least)
    wanted[-1] = RIGHT
    for place in range(len(wanted) - 2, 0, -1):
        wanted[place] = min(wanted[place], wanted[place + 1] - least)
    return wanted


def _stretches(points: Sequence[_Point], places: Sequence[float]) -> list[Stretch]:
    found: list[Stretch] = []
    for number in range(1, len(points)):
        x0, x1 = places[number - 1], places[number]
        y0, y1 = points[number - 1].y, points[number].y
        middle = (x0 + x1) / 2
        curve = f"C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        hurt = points[number].hurts
        if found and found[-1].hurt == hurt:
            found[-1] = Stretch(found[-1].path + curve, hurt)
        else:
            found.append(Stretch(f"M{x0:.1f} {y0:.1f}{curve}", hurt))
    return found


def _dots(points: Sequence[_Point], places: Sequence[float]) -> list[Dot]:
    """Points that mean something; a label only where it does not run into another."""
    taken: list[tuple[float, float, bool]] = []
    dots = []
    for point, x in reversed(list(zip(points, places, strict=True))):
        if point.state:
            dots.append(_dot(point, x, taken))
    return dots[::-1]


def _dot(point: _Point, x: float, taken: list[tuple[float, float, bool]]) -> Dot:
    below = point.state == "hurt"
    width = len(point.label) * LETTER
    ends = point.state == "today" or x + width + 14 > RIGHT
    starts = x - width - 14 if ends and below else x + 14 if below else RIGHT - width if ends else x - width / 2
    starts = max(starts, LEFT) if not below else starts
    clear = all(starts + width < a - 8 or starts > b + 8 for a, b, low in taken if low == below)
    dot = Dot(f"{x:.1f}", f"{point.y:.1f}", point.state)
    if not point.label or not clear or starts < 0:
        return dot
    taken.append((starts, starts + width, below))
    place = {
        "label_x": f"{starts:.1f}",
        "label_y": f"{point.y + (20 if below else -16):.1f}",
    }
    return Dot(dot.x, dot.y, dot.state, label=point.label, **place)


def _years(points: Sequence[_Point], places: Sequence[float]) -> list[Year]:
    first, last = points[0].at.year, points[-1].at.year
    years, free_from = [], 0.0
    for year in range(first, last + 1):
        x = _place_of(datetime(year, 1, 1, tzinfo=UTC), points, places) if year > first else 0.0
        if x >= free_from and x < RIGHT - 20:
            years.append(Year(f"{x:.1f}", str(year)))
            free_from = x + 44
    return years


def _place_of(at: datetime, points: Sequence[_Point], places: Sequence[float]) -> float:
    for number in range(1, len(points)):
        before, after = points[number - 1].at, points[number].at
        if at <= after:
            share = (at - before) / (after - before) if after > before else 0.0
            return places[number - 1] + max(0.0, share) * (places[number] - places[number - 1])
    return places[-1]


def _hurt_label(matter: Matter) -> str:
    if not matter.broken:
        return shortened(matter.title)
    return _("%(title)s, promise broken") % {"title": shortened(matter.title, 24).removesuffix(" …")}


def _healed_label(matter: Matter) -> str:
    if not matter.happy or matter.closed_at is None:
        return ""
    days = max(1, (matter.closed_at - matter.opened_at).days)
    return ngettext("Put right in %(days)s day", "Put right in %(days)s days", days) % {"days": days}


def _words(matters: Sequence[Matter], begins: datetime, now: datetime) -> str:
    hurt = [matter for matter in matters if matter.hurt]
    words = {
        "year": begins.year,
        "hurt": len(hurt),
        "healed": sum(matter.happy for matter in hurt),
        "open": sum(matter.closed_at is None for matter in hurt),
    }
    if not hurt:
        return _("Lifeline from %(year)s to today, without a complaint.") % words
    sentence = _("Lifeline from %(year)s to today. Complaints: %(hurt)s. Put right: %(healed)s. Still open: %(open)s.")
    return sentence % words


def shortened(title: str, most: int = 30) -> str:
    """The beginning of a title, cut between words."""
    if len(title) <= most:
        return title
    return title[:most].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"
