"""Keep nothing for longer than the house has said: by channel, never by itself, and never under a legal hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from amends.audit import log as audit
from amends.cases.models import Case, Hold, Retention
from amends.flows import erasing

log = structlog.get_logger("amends.keeping")

BATCH = 20
CHANNELS = ("email", "form", "phone")


def rules() -> dict[str, int]:
    """Channel → days; a channel that is not here is kept for good."""
    return dict(Retention.objects.values_list("channel", "days"))


def due(now: datetime, days: Mapping[str, int] | None = None) -> QuerySet[Case]:
    """Closed cases whose days are over: what `run` would take, and nothing else. With `days`, under those rules."""
    days = rules() if days is None else days
    if not days:
        return Case.objects.none()
    ends = {channel: now - timedelta(days=kept) for channel, kept in days.items()}
    over = reduce(or_, (Q(closure__channel=channel, closure__at__lte=end) for channel, end in ends.items()))
    held = Hold.objects.filter(Q(case=OuterRef("pk")) | Q(customer=OuterRef("customer")))
    in_part = Hold.objects.filter(case__merged_into=OuterRef("pk"))
    return Case.objects.filter(over, ~Exists(held), ~Exists(in_part), erased_at=None).order_by(
        "closure__at", "closure__pk"
    )


def run(now: datetime, *, limit: int = BATCH) -> int:
    """Take the words out of some cases that are due; how many. One that may not be erased stops no other."""
    done = erasing.Erased(0, 0, 0)
    for case in _some_due(now, limit):
        try:
            gone = erasing.erase_case(case, now)
        except erasing.ErasingError as error:  # a hold that was put on a moment ago
            log.warning("a case was kept long enough, and could not be erased", case=case.pk, why=str(error))
            continue
        done = erasing.Erased(done.cases + gone.cases, done.letters + gone.letters, done.files + gone.files)
    if done.cases:
        audit.write("retention.run", by=audit.THE_DESK, **vars(done))
    return done.cases


def _some_due(now: datetime, limit: int) -> list[Case]:
    """Rule by rule: each is read in the order of the index, as far as is wanted and no further."""
    found: list[Case] = []
    for channel, kept in rules().items():
        found += due(now, {channel: kept})[: limit - len(found)]
    return found


def set_days(
    channel: str, days: int | None, *, by: audit.Somebody | audit.Who, request: HttpRequest | None = None
) -> None:
    """Keep closed cases of a channel for so many days; None: for good."""
    with transaction.atomic():
        if days is None:
            Retention.objects.filter(channel=channel).delete()
        else:
            Retention.objects.update_or_create(channel=channel, defaults={"days": days})
        audit.write("retention.changed", by=by, request=request, fields=[channel])
