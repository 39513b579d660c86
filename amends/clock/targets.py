"""Which target holds for a case, and when it is due (SL1, SL3; C0.3, C3.2, Appendix 1 `target.*`). Asks no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from amends.clock.hours import Calendar
from amends.clock.ladder import OCCASION_NEAR
from amends.clock.models import Promise, Target
from amends.clock.promising import at_the_minute

Aim = Literal["first_reply", "next_reply", "made_right"]
"""What is owed: a field of `Target`, and the kind of its promise."""

AIMS: dict[str, Aim] = {
    Promise.Kind.FIRST_REPLY: "first_reply",
    Promise.Kind.NEXT_REPLY: "next_reply",
    Promise.Kind.MADE_RIGHT: "made_right",
}

LIKE_MAIL = 240
HOUSE_MINUTES = {"chat": 1, "messaging": 10, "social": 60, "review": 24 * 60, "voicemail": 120}
"""The house's own targets where they are not a letter's four hours (Appendix 1)."""

AT_ONCE = timedelta(minutes=30)
"""What "at once" means (C0.3, `promise.now`)."""


@dataclass(frozen=True)
class Matter:
    """What of a case its clocks depend on. A cosmetic flaw is a matter like any other (A114)."""

    severity: int = Target.ANY
    occasion_at: datetime | None = None


@dataclass(frozen=True)
class Reckoned:
    """When something is due, and what was counted: `minutes` of the target's clock, halved or not."""

    due: datetime
    target: Target
    minutes: float
    halved: bool = False
    capped: bool = False
    """It would have come after the occasion, where it helps nobody."""

    @property
    def by_default(self) -> bool:
        """Nobody has set this target: it is the house's own."""
        return self.target.pk is None


class Targets:
    """The targets of some brands, each found from its own severity outward to the house default."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._set: Mapping[tuple[int, str, int], Target] = {
            (target.brand_id, target.channel, target.severity): target for target in targets
        }

    def of(self, brand_id: int, channel: str, severity: int = Target.ANY) -> Target:
        """The target of this severity, else of any, else the house's own."""
        own = self._set.get((brand_id, channel, severity))
        return own or self._set.get((brand_id, channel, Target.ANY)) or house(channel)


def house(channel: str) -> Target:
    """The house default of a channel, not in the database (Appendix 1)."""
    minutes = HOUSE_MINUTES.get(channel, LIKE_MAIL)
    return Target(channel=channel, first_reply=minutes, next_reply=minutes)


def reckon(
    target: Target, aim: Aim, calendar: Calendar, start: datetime, matter: Matter, now: datetime | None = None
) -> Reckoned | None:
    """When `aim` is due, at a minute, counted from `start` on the target's clock; None when the house aims at none.

    `now`: when it is counted, which says how near the occasion is; without it `start`.
    """
    minutes = getattr(target, aim)
    if minutes is None:
        return None
    halved = _is_near(matter.occasion_at, now or start)
    minutes = minutes / 2 if halved else minutes
    span = timedelta(minutes=minutes)
    due = at_the_minute(start + span if target.clock == Target.Clock.CUSTOMER else calendar.add_open(start, span))
    latest = matter.occasion_at
    if latest is not None and start + AT_ONCE < latest < due:
        return Reckoned(latest, target, minutes, halved, capped=True)
    return Reckoned(due, target, minutes, halved)


def counted_anew(before: datetime, after: datetime, now: datetime, *, told: bool) -> datetime:
    """The time of a running clock whose target, hours, severity or occasion changed (SL3).

    It is counted from the same start. What the customer was told (`told`) never becomes later by itself: whoever
    needs longer says so, with a reason. What would have passed already is due at once, and is not broken by a form.
    """
    due = min(before, after) if told else after
    return due if due > now else min(before, now + AT_ONCE) if before > now else before


def _is_near(occasion_at: datetime | None, at: datetime) -> bool:
    return occasion_at is not None and at < occasion_at <= at + OCCASION_NEAR
