"""How the desk does, in figures that cost little at a million cases: counts over small indexes, no scan of a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max, Min, Q, QuerySet

import amends
from amends.cases.models import Draft, NextStep
from amends.channels.models import Account, Delivery, Kept
from amends.clock.models import Promise
from amends.kit import beats, disk, inspected, pausing
from amends.kit.models import Inspection, JobRun
from amends.upkeep.requests import BOUNDS, COUNTER, Counted

Sample = tuple[dict[str, str], float]
"""Labels and value."""


@dataclass(frozen=True)
class Family:
    """One metric with all its samples. `kind`: gauge, counter or histogram (whose samples name their own suffix)."""

    name: str
    kind: str
    does: str
    samples: list[Sample]


def gather(now: datetime) -> list[Family]:
    """Every figure. What the database cannot say is left out, so that the rest is still seen."""
    families = [_gauge("amends_info", "The version that runs.", 1, version=amends.__version__), *_requests(), *_disk()]
    groups: list[Callable[[datetime], list[Family]]] = [_mail, _outbox, _owed, _files, _work, _database]
    up = 1
    for group in groups:
        try:
            families += group(now)
        except DatabaseError:
            up = 0
    return [_gauge("amends_database_up", "1 while the database answers.", up), *families]


def _mail(now: datetime) -> list[Family]:
    waiting = Kept.objects.filter(state=Kept.State.WAITING)
    kept = Kept.objects.aggregate(last=Max("pk"))["last"] or 0
    aside = Kept.objects.filter(aside_id__gt=0, state=Kept.State.UNREADABLE).exclude(sha256="").count()
    count = waiting.count()
    troubled = Account.objects.filter(active=True).exclude(trouble="").count()
    oldest = waiting.aggregate(first=Min("kept_at"))["first"] if count else None
    return [
        _counter("amends_mails_kept_total", "Messages kept, by every channel.", kept),
        _gauge("amends_mails_settled", "Messages taken in, or found to be for nobody.", kept - count - aside),
        _gauge("amends_mails_set_aside", "Messages that could not be read and wait for a person.", aside),
        _gauge("amends_mails_waiting", "Messages kept and not yet taken in.", count),
        _gauge("amends_mails_waiting_oldest_seconds", "Age of the oldest of them.", _age(oldest, now)),
        _gauge("amends_mailboxes_in_trouble", "Mailboxes that cannot hear or speak.", troubled),
    ]


def _outbox(now: datetime) -> list[Family]:
    states = Delivery.State
    waiting = Delivery.objects.filter(state=states.WAITING)
    # By when it was to be tried: the index knows this, and a letter that is tried again is not overdue.
    oldest = waiting.order_by("next_try_at").values_list("next_try_at", flat=True).first()
    failed = Delivery.objects.filter(state__in=[states.FAILED, states.BOUNCED])
    held = Draft.objects.filter(hold_until__isnull=False)
    return [
        _gauge("amends_letters_held", "Letters that can still be brought back.", held.count()),
        _gauge("amends_outbox_waiting", "Letters on their way out.", waiting.count()),
        _gauge("amends_outbox_overdue_seconds", "How long the first of them has been due.", _age(oldest, now)),
        _gauge("amends_outbox_failed", "Letters that did not leave or came back.", failed.count()),
        _gauge("amends_outbox_in_doubt", "Letters that may have arrived twice.", _in_doubt().count()),
    ]


def _in_doubt() -> QuerySet[Delivery]:
    return Delivery.objects.filter(in_doubt=True)


def _owed(now: datetime) -> list[Family]:
    owed = Promise.objects.filter(kept_at=None, released_at=None, moved_at=None)
    over = owed.filter(Q(grace_until=None) | Q(grace_until__lt=now), due__lt=now)
    return [
        _gauge("amends_cases_open", "Cases that somebody owes something.", NextStep.objects.count()),
        _gauge("amends_promises_open", "Promises neither kept nor let off.", owed.count()),
        _gauge("amends_promises_overdue", "Those whose time has passed.", over.count()),
    ]


def _files(now: datetime) -> list[Family]:
    if not inspected.switched_on():
        return []
    held = Inspection.objects.filter(inspected.held_ones()).count()
    return [
        _gauge(
            "amends_files_waiting_oldest_seconds", "Longest wait for the scanner.", _age(inspected.waits_since(), now)
        ),
        _gauge("amends_files_in_quarantine", "Files that the scanner objects to.", held),
    ]


def _work(now: datetime) -> list[Family]:
    runs = list(JobRun.objects.order_by("job"))
    newest = beats.last(now)
    seen = _gauge("amends_worker_seen_seconds", "Since a worker gave its last sign of life.", _age(newest, now))
    if newest is None:
        seen = Family(seen.name, seen.kind, seen.does, [])

    def jobs(name: str, does: str, value: Callable[[JobRun], float]) -> Family:
        return Family(name, "counter", does, [({"job": run.job}, value(run)) for run in runs])

    return [
        seen,
        _gauge("amends_paused", "1 while nothing is heard or sent, after a restore.", int(pausing.paused())),
        jobs("amends_job_runs_total", "Looks at the rows that wait.", lambda run: run.runs),
        jobs("amends_job_failures_total", "Looks that failed.", lambda run: run.failures),
        jobs("amends_job_settled_total", "Rows settled.", lambda run: run.settled),
        jobs("amends_job_seconds_total", "Seconds spent.", lambda run: run.seconds),
    ]


def _database(now: datetime) -> list[Family]:
    return [_gauge("amends_database_bytes", "Size of the database.", database_bytes())]


def database_bytes() -> int:
    """The database on disk, with what SQLite has not yet folded in."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    name = str(settings.DATABASES["default"]["NAME"])
    return sum(path.stat().st_size for path in (Path(name), Path(f"{name}-wal")) if path.exists())


def _disk() -> list[Family]:
    room = disk.room()
    return [
        _gauge("amends_disk_free_bytes", "Free where letters and files lie.", room.free),
        _gauge("amends_disk_floor_bytes", "Below so much, nothing is taken in.", room.floor),
        _gauge("amends_disk_takes", "1 while it can be written on.", int(not disk.trouble())),
    ]


def _requests() -> list[Family]:
    counted: Counted = COUNTER.now()
    total: list[Sample] = [
        ({"page": page, "outcome": outcome}, count) for (page, outcome), count in sorted(counted.outcomes.items())
    ]
    took: list[Sample] = []
    for page, times in sorted(counted.times.items()):
        bounds = [*(f"{bound:g}" for bound in BOUNDS), "+Inf"]
        took += [({"page": page, "le": le}, count) for le, count in zip(bounds, times.cumulative(), strict=True)]
        took += [({"page": page, "": "_sum"}, times.seconds), ({"page": page, "": "_count"}, times.cumulative()[-1])]
    return [
        Family("amends_requests_total", "counter", "Requests of this web process.", total),
        Family("amends_request_seconds", "histogram", "How long they took.", took),
    ]


def _gauge(name: str, does: str, value: float, **labels: str) -> Family:
    return Family(name, "gauge", does, [(labels, value)])


def _counter(name: str, does: str, value: float) -> Family:
    return Family(name, "counter", does, [({}, value)])


def _age(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0
