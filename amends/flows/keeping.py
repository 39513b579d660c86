"""Keep nothing for longer than the house has said: by channel, never by itself, and never under a legal hold."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.audit import log
from amends.cases.models import Case, Entry, Hold, Retention
from amends.flows import erasing

BATCH = 20
CHANNELS = ("email", "form", "phone")


def due(now: datetime) -> QuerySet[Case]:
    """Closed cases whose days are over: what `run` would take, and nothing else."""
    over = Q(pk=None)
    for rule in Retention.objects.all():
        began = Entry.objects.filter(case=OuterRef("pk"), kind="case.opened", channel=rule.channel)
        over |= Q(Exists(began), closure__at__lte=now - timedelta(days=rule.days))
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


def set_days(channel: str, days: int | None, *, by: log.Somebody | log.Who) -> None:
    """Keep closed cases of a channel for so many days; None: for good."""
    if days is None:
        Retention.objects.filter(channel=channel).delete()
    else:
        Retention.objects.update_or_create(channel=channel, defaults={"days": days})
    log.write("retention.changed", by=by, fields=[channel])
