"""Nothing is heard, decided or sent while the desk is paused: after a restore, until a person says so (§7)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from amends.kit import wake
from amends.kit.models import Pause
from amends.kit.prepared import prepared

ONE = 1
"""There is one pause or none: its row has this id, so that two at once are one."""
LONGEST = 200
"""Characters of a reason: PostgreSQL refuses more, and a desk must pause whatever is said about it."""


def current() -> Pause | None:
    """The pause, or None while the desk works."""
    return next(iter(_pause(ONE)), None)


def paused() -> bool:
    """Must everything automatic wait?"""
    return Pause.objects.filter(pk=ONE).exists()


def pause(why: str, now: datetime) -> None:
    """From now on nothing is heard, decided or sent; what people write is kept."""
    Pause.objects.get_or_create(pk=ONE, defaults={"since": now, "why": " ".join(why.split())[:LONGEST]})
    wake.nudge()


def resume() -> bool:
    """Work again. False when there was no pause."""
    ended, _ = Pause.objects.filter(pk=ONE).delete()
    wake.nudge()
    return bool(ended)


@prepared
def _pause(number: int) -> QuerySet[Pause]:
    return Pause.objects.filter(pk=number)
