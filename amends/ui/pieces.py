"""What our templates are made of besides words: faces, icons, clocks, times, and pieces of pages."""

from __future__ import annotations

import secrets
from collections.abc import Hashable, Iterable
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from typing import Protocol

from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amends.ui import faces, moments, voices
from amends.ui.addresses import NUMBER
from amends.ui.drawings import Drawings

FACE = '<circle class="clock-ring" cx="10" cy="10" r="8.75"/>'
PIE = (
    '<circle class="clock-left" cx="10" cy="10" r="3.25" pathLength="100" stroke-dasharray="{} 100"'
    ' transform="rotate(-90 10 10) scale(1 -1) translate(0 -20)"/>'
)
SHAPES = {
    "late": '<path d="M10 5.6v5M10 13.9v.2"/>',
    "kept": '<path d="m6.2 10.4 2.6 2.5 5-5.6"/>',
    "broken": '<path d="m7 7 6 6m0-6-6 6"/>',
    "moved": '<path d="M6.2 10h7m-2.7-3 3 3-3 3"/>',
}


class Step(Protocol):
    """A row: what stays the same of it, and its time, in a shape that can be said and in words."""

    @property
    def still(self) -> Hashable: ...
    @property
    def due(self) -> datetime: ...
    @property
    def made(self) -> datetime: ...
    @property
    def state(self) -> str: ...
    @property
    def left(self) -> int: ...
    @property
    def when(self) -> str: ...
    @property
    def distance(self) -> str: ...
    @property
    def theirs(self) -> str: ...


HOLE = mark_safe("<!--when-->")
"""Stands in a row that is kept for what goes on with the time."""
_drawings = Drawings()


def drawn(template_name: str, /, **inputs: Hashable) -> SafeString:
    """`{{ drawn("ui/components/step_row.html", row=row) }}`: an include that is drawn once for equal inputs.

    For pieces that stand on many pages and change seldom. The template sees its inputs, the reader's language and
    time zone, and nothing else: neither the request nor the time. What differs with the time is an input.
    """
    return _drawn(template_name, tuple(inputs.items()), get_language(), timezone.get_current_timezone_name())


def drawn_for(number: int, template_name: str, /, **inputs: Hashable) -> SafeString:
    """`drawn` for what differs from one to the next by a number alone, as addresses do: the template sees it as `number`."""
    named = (("number", NUMBER), *inputs.items())
    piece = _drawn(template_name, named, get_language(), timezone.get_current_timezone_name())
    return mark_safe(piece.replace(str(NUMBER), str(int(number))))  # noqa: S308 - a template's own answer


def drawn_as(likeness: Hashable, template_name: str, /, **inputs: object) -> SafeString:
    """`drawn` for inputs that are long, known by what is shorter and equal for equal ones (`likeness`)."""
    key = (template_name, likeness, get_language(), timezone.get_current_timezone_name())
    return _drawings.of(key, lambda: mark_safe(get_template(template_name).render(inputs)))  # noqa: S308


def forget_drawings() -> None:
    """Of this process; see `Drawings.forget`."""
    _drawings.forget()


def step_rows(rows: Iterable[Step]) -> SafeString:
    """`{{ step_rows(rows) }}`: `drawn` for what is still of each row of a list; its time is said anew each time."""
    template, language, zone = "ui/components/step_row.html", get_language(), timezone.get_current_timezone()
    pieces = (_drawn(template, (("row", row.still), ("step_when", HOLE)), language, str(zone)) for row in rows)
    filled = (piece.replace(HOLE, _step_when(row, zone), 1) for piece, row in zip(pieces, rows, strict=True))
    return mark_safe("".join(filled))  # noqa: S308 - templates' own answers


def _step_when(row: Step, zone: tzinfo) -> SafeString:
    """When a row is due: the clock, the time, how far it is."""
    due = row.due.astimezone(zone).isoformat()
    face = clock(row.state, row.left, due=row.due, made=row.made)
    time = f'<time datetime="{due}">{_escaped(row.when)}</time>'
    there = f"<small>{_escaped(row.theirs)}</small>" if row.theirs else ""
    words = f'<span>{time}<small data-distance="{due}">{_escaped(row.distance)}</small>{there}</span>'
    return mark_safe(f'<div class="step-when {_escaped(row.state)}">{face}{words}</div>')  # noqa: S308 - escaped


def _drawn(template_name: str, inputs: tuple[tuple[str, Hashable], ...], language: str | None, zone: str) -> SafeString:
    key = (template_name, *inputs, language, zone)
    # A template's own answer is safe.
    return _drawings.of(key, lambda: mark_safe(get_template(template_name).render(dict(inputs))))  # noqa: S308


def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """`{{ icon("mail", label="By mail") }}`; without a label it is hidden from those who listen."""
    return _icon(name, str(label), extra)


@lru_cache(500)
def _icon(name: str, label: str, extra: str) -> SafeString:
    heard = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    classes = f"icon {extra}" if extra else "icon"
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', classes, heard, _sprite(), name)


@cache
def _sprite() -> str:
    return static("ui/icons.svg")


def clock(
    state: str,
    left: int = 0,
    size: str = "",
    *,
    label: str = "",
    due: datetime | None = None,
    made: datetime | None = None,
) -> SafeString:
    """How much of a promise's time is left, 0 to 100; with `due` and `made` it is redrawn each minute."""
    heard = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    times = f' data-due="{due.isoformat()}" data-made="{made.isoformat()}"' if due and made else ""
    shape = SHAPES.get(state) or PIE.format(max(0, min(100, int(left or 0))))
    classes = f"clock {escape(size)}" if size else "clock"
    attributes = f'class="{classes}" data-state="{_escaped(state)}" viewBox="0 0 20 20" {heard}{times}'
    return mark_safe(f"<svg {attributes}>{FACE}{shape}</svg>")  # noqa: S308 - numbers, moments, and escaped words


@lru_cache(500)
def _escaped(word: str) -> str:
    """Kept for the words that stand on every row: Django asks of each whether it is still to be translated."""
    return escape(word)


def avatar(name: str, identity: object, kind: str = "staff", size: str = "", label: str = "") -> SafeString:
    """A face: round for staff, a rounded square for customers."""
    return _avatar(str(name), str(identity), kind, size, str(label))


@lru_cache(500)
def _avatar(name: str, identity: str, kind: str, size: str, label: str) -> SafeString:
    heard = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    classes = " ".join(filter(None, ["avatar", "customer" if kind == "customer" else "", size]))
    return format_html(
        '<span class="{}" data-tint="{}" {}>{}</span>',
        classes,
        faces.tint(identity),
        heard,
        faces.initials(name),
    )


def by_when(due: datetime | None, how: str = "") -> str:
    """`{{ due|by_when }}` → "15:00"; `:"day"` → "Today 15:00"; `:"beside"` (a distance) → "Wed 15:00" for tomorrow."""
    if due is None:
        return ""
    return moments.by_when(due, _now(), name_today="day" in how, beside_distance="beside" in how)


def distance(due: datetime | None) -> str:
    return moments.distance(due, _now()) if due else ""


def clock_time(moment: datetime | None) -> str:
    return moments.clock_time(moment) if moment else ""


def day_name(moment: date | None) -> str:
    if moment is None:
        return ""
    day = moment.date() if isinstance(moment, datetime) else moment
    return moments.day_name(day, _now().date())


def clock_words() -> dict[str, str]:
    return moments.words()


def form_key() -> SafeString:
    """A hidden field, new wherever a form is drawn, by which the desk knows one that arrives twice."""
    return format_html('<input type="hidden" name="form_key" value="{}">', secrets.token_hex(8))


def _now() -> datetime:
    return timezone.localtime()


def initials(name: str) -> str:
    return faces.initials(name)


def first_name(name: str) -> str:
    return faces.first_name(name)


def paragraphs(text: str | None) -> SafeString:
    return voices.paragraphs(text or "")


def filesize_short(size: int | None) -> str:
    """Bytes → "312 KB", "1.2 MB"."""
    kilobytes = (size or 0) / 1024
    if kilobytes < 1000:
        return _("%(size)s KB") % {"size": number_format(max(1, round(kilobytes)) if size else 0)}
    return _("%(size)s MB") % {"size": number_format(round(kilobytes / 1024, 1), decimal_pos=1)}
