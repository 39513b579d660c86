"""Keep nothing for longer than the house has said: by channel, never by itself, and never under a legal hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from amends.audit import log
from amends.cases.models import Case, Entry, Hold, Retention
from amends.flows import erasing

BATCH = 20
CHANNELS = ("email", "form", "phone")


def rules() -> dict[str, int]:
    """Channel → days; a channel that is not here is kept for good."""
    return dict(Retention.objects.values_list("channel", "days"))


def due(now: datetime, days: Mapping[str, int] | None = None) -> QuerySet[Case]:
    """Closed cases whose days are over: what `run` would take, and nothing else. With `days`, under those rules."""
    over = Q(pk=None)
    for channel, kept in (rules() if days is None else days).items():
        began = Entry.objects.filter(case=OuterRef("pk"), kind="case.opened", channel=channel)
        over |= Q(Exists(began), closure__at__lte=now - timedelta(days=kept))
    held = Hold.objects.filter(Q(case=OuterRef("pk")) | Q(customer=OuterRef("customer")))
    return Case.objects.filter(over, ~Exists(held), erased_at=None).order_by("closure__at", "pk")


def run(now: datetime, *, limit: int = BATCH) -> int:
    """Take the words out of some cases that are due; how many."""
    done = erasing.Erased(0, 0, 0)
    for case in list(due(now)[:limit]):
        gone = erasing.erase_case(case, now)
        done = erasing.Erased(done.cases + gone.cases, done.letters + gone.letters, done.files + gone.files)
    if done.cases:
        log.write("retention.run", by=log.THE_DESK, **vars(done))
    return done.cases


def set_days(channel: str, days: int | None, *, by: log.Somebody | log.Who, request: HttpRequest | None = None) -> None:
    """Keep closed cases of a channel for so many days; None: for good."""
    with transaction.atomic():
        if days is None:
            Retention.objects.filter(channel=channel).delete()
        else:
            Retention.objects.update_or_create(channel=channel, defaults={"days": days})
        log.write("retention.changed", by=by, request=request, fields=[channel])
