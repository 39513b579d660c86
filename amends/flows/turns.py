"""What tipped stories and who turned them round, counted (A191, A232)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from amends.cases.models import LetterReading

MOST = 12

Counted = list[tuple[str, int]]


def counted(since: datetime) -> tuple[Counted, Counted]:
    """What tipped stories since then, and what turned them round: codes and how often, the most often first."""
    return _by(LetterReading.Turn.WORSE, since), _by(LetterReading.Turn.BETTER, since)


def turners(since: datetime) -> Counted:
    """Who of us turned stories round, and how many."""
    turned = LetterReading.objects.filter(turn=LetterReading.Turn.BETTER, at__gte=since, turner__isnull=False)
    rows = turned.values_list("turner__name").annotate(count=Count("pk")).order_by("-count", "turner__name")
    return list(rows[:MOST])


def _by(turn: int, since: datetime) -> Counted:
    turned = LetterReading.objects.filter(turn=turn, at__gte=since).values_list("turned_by")
    return list(turned.annotate(count=Count("pk")).order_by("-count", "turned_by")[:MOST])
