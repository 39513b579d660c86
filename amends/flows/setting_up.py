"""The first run: the desk, its first brand and its first admin, all or nothing (S12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from amends.clock import weeks
from amends.clock.days import Opening
from amends.people.models import Brand, Desk, Member, Role

ONLY = 1
"""The desk's row: a second one would need the same key."""
WORKDAYS = range(5)


class AlreadySetUp(Exception):
    """There is a desk already; the set-up is over for ever."""


@dataclass(frozen=True)
class Beginning:
    """What the first run asks. `opening` holds from Monday to Friday."""

    desk: str
    brand: str
    time_zone: str
    language: str
    name: str
    email: str
    password: str
    opening: Opening


def set_up(beginning: Beginning, now: datetime) -> Member:
    """Make the desk and return its first admin. Raises AlreadySetUp; of two at once, one wins."""
    try:
        with transaction.atomic():
            if Desk.current() is not None:
                raise AlreadySetUp
            Desk.objects.create(pk=ONLY, name=beginning.desk, set_up_at=now)
            return _people(beginning)
    except IntegrityError as error:
        raise AlreadySetUp from error


def _people(beginning: Beginning) -> Member:
    brand = Brand.objects.create(
        name=beginning.brand,
        slug=slugify(beginning.brand)[:40] or "desk",
        time_zone=beginning.time_zone,
        language=beginning.language,
    )
    weeks.set_week(dict.fromkeys(WORKDAYS, (beginning.opening,)), brand=brand)
    return Member.objects.create_user(
        beginning.email,
        beginning.password,
        name=beginning.name,
        role=Role.ADMIN,
        time_zone=beginning.time_zone,
        languages=[beginning.language],
    )
