"""The worker: sweeps the rows that wait, listens to every mailbox, keeps the local mailbox's port open."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import structlog
from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone

from amends.config.schedule import BESIDE, SCHEDULE, Job
from amends.flows.listening import Ears
from amends.kit import away, beats, pausing
from amends.kit.wake import Waiter

log = structlog.get_logger("amends.worker")

TICK = 0.5
BREATH = 0.15
"""Seconds at least between two full batches of what gives way: more than a writer sleeps that waits for SQLite."""
REST = 5.0
"""Seconds until a job that failed is tried again; the others go on meanwhile."""
LAST_WORDS = 5.0
"""Seconds in which a conversation under way may still end; a letter in the middle of one is in doubt."""


class Worker:
    """Runs until `stop` is set. Any number may run: every row is claimed by a conditional update."""

    def __init__(self, schedule: Sequence[Job] = tuple(SCHEDULE), beside: Sequence[Job] = tuple(BESIDE)) -> None:
        self.stop = threading.Event()
        self._schedule = schedule
        self._beside = beside
        self._pulse = beats.Pulse()

    def run(self) -> None:
        """Sweep until stopped; whatever fails is tried again, never given up."""
        ears = Ears(self.stop, smtp_port=settings.SMTP_PORT)

        def listen(now: datetime) -> int:
            ears.look_again()
            return 0

        beside = [threading.Thread(target=self._say, args=[job], name=job.name, daemon=True) for job in self._beside]
        for thread in beside:
            thread.start()
        log.info("worker started")
        beat = Job("beat", self._pulse.beat, beats.EVERY, on_wake=False, even_paused=True)
        jobs = [beat, *self._schedule, Job("listen", listen, TICK)]
        Rounds(jobs, self.stop, paused=pausing.paused, ran=self._pulse.ran).run()
        ears.close()
        end = time.monotonic() + LAST_WORDS
        for thread in beside:
            thread.join(max(0.0, end - time.monotonic()))
        log.info("worker stopped")

    def _say(self, job: Job) -> None:
        try:
            Rounds([job], self.stop, paused=pausing.paused, ran=self._pulse.ran).run()
        finally:
            connections.close_all()


class Ran(Protocol):
    """Is told of every run of a job."""

    def __call__(self, job: str, seconds: float, *, settled: int = 0, failed: bool = False) -> None: ...


def _nobody(job: str, seconds: float, *, settled: int = 0, failed: bool = False) -> None:
    """Tells nobody."""


class Rounds:
    """One thread's jobs, each in its turn. A job that fails rests; it never stops the others.

    While `paused` says so, only jobs that run even then are run. Jobs that give way come last, whoever waited longest
    first; after a full batch none of them runs for as long as that took. SQLite has one writer at a time, and whoever
    waits for it looks only ten times a second: a page would wait until a backlog is done.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        stop: threading.Event,
        *,
        paused: Callable[[], bool] = lambda: False,
        ran: Ran = _nobody,
    ) -> None:
        self._jobs = jobs
        self._stop = stop
        self._paused = paused
        self._ran = ran
        self._due = dict.fromkeys((job.name for job in jobs), 0.0)
        self._resting: set[str] = set()
        self._breath_until = 0.0
        self._waiter: Waiter | None = None

    def run(self) -> None:
        """Wait for news, then sweep, until stopped."""
        while not self._stop.is_set():
            woken = self._wait()
            close_old_connections()
            self.sweep(woken=woken)
        self._deaf()

    def sweep(self, *, woken: bool) -> None:
        """One batch of every job that is due, or that the news may be for."""
        paused = self._must_wait()
        for job in sorted(self._jobs, key=lambda job: self._due[job.name] if job.gives_way else -1.0):
            if paused and not job.even_paused:
                continue
            due = time.monotonic() >= self._due_at(job)
            if not self._stop.is_set() and (due or (woken and job.on_wake and job.name not in self._resting)):
                self._run(job)

    def _wait(self) -> bool:
        """True when there may be news."""
        until_due = min(map(self._due_at, self._jobs)) - time.monotonic()
        try:
            self._waiter = self._waiter or Waiter()
            return self._waiter.wait(max(0.0, min(TICK, until_due)), self._stop)
        except Exception as error:  # SQLite's own are none of Django's
            log.warning("no news can be heard; looking all the same", why=str(error))
            self._deaf()
            self._stop.wait(TICK)
            return False

    def _must_wait(self) -> bool:
        """Whether the desk is paused. Nothing is sent as long as nobody knows."""
        try:
            return self._paused()
        except Exception as error:
            log.warning("the database is away; trying again", why=str(error))
            self._stop.wait(TICK)
            return True

    def _run(self, job: Job) -> None:
        began = time.monotonic()
        try:
            settled = job.run(timezone.now())
        except Exception as error:
            if away.passes(error):
                log.warning("the database is away; trying again", job=job.name, why=str(error))
            else:
                log.exception("a job failed; trying again", job=job.name)
            self._rest(job, began)
        else:
            now = time.monotonic()
            self._ran(job.name, now - began, settled=settled)
            self._resting.discard(job.name)
            full = settled >= job.batch
            self._due[job.name] = now + (0 if full else job.every)
            if full and job.gives_way:
                self._breath_until = now + max(BREATH, now - began)

    def _due_at(self, job: Job) -> float:
        return max(self._due[job.name], self._breath_until) if job.gives_way else self._due[job.name]

    def _rest(self, job: Job, began: float) -> None:
        self._ran(job.name, time.monotonic() - began, failed=True)
        self._resting.add(job.name)
        self._due[job.name] = time.monotonic() + max(job.every, REST)

    def _deaf(self) -> None:
        if self._waiter is not None:
            self._waiter.close()
            self._waiter = None
