"""The ladder of the house: each rung, who stands there, what they may decide alone, and by when they answer (C3.1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.clock.ladder import RUNGS, Rung
from amends.desk.ladder_shown import rung_name
from amends.flows import parity
from amends.people.models import Member


@dataclass(frozen=True)
class RungOfHouse:
    """One row."""

    name: str
    may: str
    clock: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class HouseLadder:
    """What `desk/ladder.html` draws; `unfair` when the angry come higher sooner than the calm, or later."""

    rungs: tuple[RungOfHouse, ...]
    parity: str
    unfair: bool


def house_ladder(now: datetime, brands: Collection[int] | None) -> HouseLadder:
    """The rungs from the highest down, with those who stand on them, and the report of calm against angry."""
    standing = list(Member.objects.filter(is_active=True, rung__gt=0).order_by("name"))
    found = parity.hours_to_rung_two(now, brands)
    rungs = tuple(
        RungOfHouse(
            rung_name(rung.number), str(rung.may), _clock(rung), tuple(m for m in standing if m.rung == rung.number)
        )
        for rung in reversed(list(RUNGS.values()))
    )
    return HouseLadder(rungs, _parity(found), not found.is_fair)


def _clock(rung: Rung) -> str:
    if rung.within is None:
        return _("Answers the same day.")
    hours = int(rung.within.total_seconds() // 3600)
    words = ngettext("Answers within %(count)s open hour.", "Answers within %(count)s open hours.", hours)
    return words % {"count": hours} + (" " + _("By a call.") if rung.calls else "")


def _parity(found: parity.Parity) -> str:
    if found.calm is None and found.angry is None:
        return _("No case came to rung 2 in the last 90 days.")
    told = {
        "calm": _hours(found.calm),
        "angry": _hours(found.angry),
        "calm_count": found.calm_count,
        "angry_count": found.angry_count,
    }
    words = _(
        "Hours to rung 2, and of how many cases: calm %(calm)s (%(calm_count)s), angry %(angry)s (%(angry_count)s)."
    )
    return words % told


def _hours(hours: float | None) -> str:
    return "–" if hours is None else f"{hours:.1f}"
