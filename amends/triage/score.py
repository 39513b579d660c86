"""Of two that are due in the same minute, which goes first: the triage score (C3.5). Pure.

Past complaining never lowers it, anger does not raise it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Code = Literal["severity", "occasion", "failed", "due", "public", "waiting", "vulnerable", "third_failure"]

OCCASION = timedelta(hours=72)
SOON = timedelta(hours=1)
DAY = timedelta(days=1)
MOST_DAYS = 4
THIRD = 3

SENTENCES: dict[Code, Promise] = {
    "severity": _("Severity %(value)s"),
    "occasion": _("An occasion within three days"),
    "failed": _("We have failed on it before"),
    "due": _("Due within the hour"),
    "public": _("Said in public"),
    "waiting": _("Days since they first wrote: %(value)s"),
    "vulnerable": _("Somebody vulnerable"),
    "third_failure": _("Their third trouble in 90 days"),
}


@dataclass(frozen=True)
class Matter:
    """What the score is made of. `severity` 1 to 5; `troubles`: the customer's in 90 days, with this one."""

    severity: int
    first_contact: datetime
    occasion: datetime | None = None
    failed: int = 0
    public: bool = False
    vulnerable: bool = False
    troubles: int = 1


@dataclass(frozen=True)
class Points:
    """One summand, and the figure that its sentence tells."""

    code: Code
    points: int
    value: int = 0


@dataclass(frozen=True)
class Score:
    """The sum, what it is made of, and when it changes by itself (None: never)."""

    points: int
    why: tuple[Points, ...]
    changes_at: datetime | None


def score(matter: Matter, now: datetime, *, due: datetime | None = None) -> Score:
    """The score at `now`.

    With `due` it holds the ten points of what is due within the hour. The list is ordered without them: two that are
    due in the same minute have them both or not at all, and what is kept need not change with every hour.
    """
    days = min(MOST_DAYS, max(0, (now - matter.first_contact) // DAY))
    near = matter.occasion is not None and now <= matter.occasion <= now + OCCASION
    summands: tuple[tuple[Code, bool, int, int], ...] = (
        ("severity", True, 20 * (matter.severity - 1), matter.severity),
        ("occasion", near, 15, 0),
        ("failed", matter.failed >= 1, 15, matter.failed),
        ("due", due is not None and due - now <= SOON, 10, 0),
        ("public", matter.public, 10, 0),
        ("waiting", True, 5 * days, days),
        ("vulnerable", matter.vulnerable, 5, 0),
        ("third_failure", matter.troubles >= THIRD, 5, matter.troubles),
    )
    why = tuple(Points(code, points, value) for code, holds, points, value in summands if holds and points)
    return Score(sum(one.points for one in why), why, _changes_at(matter, now, days))


def sentence(one: Points) -> str:
    """A summand in words, without its figure."""
    return str(SENTENCES[one.code]) % {"value": one.value}


def _changes_at(matter: Matter, now: datetime, days: int) -> datetime | None:
    turns = [] if days >= MOST_DAYS else [matter.first_contact + (days + 1) * DAY]
    if matter.occasion is not None:
        turns += [matter.occasion - OCCASION, matter.occasion + timedelta.resolution]
    return min((turn for turn in turns if turn > now), default=None)
