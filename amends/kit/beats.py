"""What the workers say of themselves: that they live, and how their jobs went."""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from amends.kit.drift import APART
from amends.kit.models import Beat, JobRun

EVERY = 10.0
"""Seconds between two signs of life."""
FRESH = timedelta(seconds=60)
"""After so long without one, nobody works."""
FORGOTTEN = timedelta(days=1)


@dataclass
class Went:
    """How one job went since the last sign of life."""

    runs: int = 0
    failures: int = 0
    settled: int = 0
    seconds: float = 0.0


class Pulse:
    """One worker's signs of life. What its jobs did is added up here and written with them, not at every look."""

    def __init__(self) -> None:
        self._worker = f"{socket.gethostname()[:100]}-{os.getpid()}"
        self._started_at: datetime | None = None
        self._went: dict[str, Went] = {}
        self._lock = threading.Lock()

    def ran(self, job: str, seconds: float, *, settled: int = 0, failed: bool = False) -> None:
        """A job ran; the next `beat` writes it down."""
        with self._lock:
            went = self._went.setdefault(job, Went())
            went.runs += 1
            went.failures += failed
            went.settled += settled
            went.seconds += seconds

    def beat(self, now: datetime) -> int:
        """Say that this worker lives, and what its jobs did. Always 0: there is never more to do."""
        self._started_at = self._started_at or now
        with self._lock:
            went, self._went = self._went, {}
        try:
            with transaction.atomic():
                self._write(went, now)
        except BaseException:
            with self._lock:
                self._went = {**went, **self._went}
            raise
        return 0

    def _write(self, went: dict[str, Went], now: datetime) -> None:
        started_at = self._started_at or now
        Beat.objects.filter(Q(at__lt=now - FORGOTTEN) | Q(at__gt=now + APART)).delete()
        Beat.objects.update_or_create(worker=self._worker, defaults={"at": now, "started_at": started_at})
        for job, done in went.items():
            JobRun.objects.get_or_create(job=job)
            JobRun.objects.filter(job=job).update(
                runs=F("runs") + done.runs,
                failures=F("failures") + done.failures,
                settled=F("settled") + done.settled,
                seconds=F("seconds") + done.seconds,
                ran_at=now,
                **({"failed_at": now} if done.failures else {}),
            )


def last(now: datetime) -> datetime | None:
    """When a worker last said that it lives; None when none ever did. What a clock ahead of ours wrote says nothing."""
    return Beat.objects.filter(at__lte=now + APART).order_by("-at").values_list("at", flat=True).first()


def alive(now: datetime) -> bool:
    """Does a worker live?"""
    newest = last(now)
    return newest is not None and now - newest < FRESH
