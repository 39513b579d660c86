"""The worker: sweeps the rows that wait, listens to every mailbox, keeps the local mailbox's port open."""

from __future__ import annotations

import threading
import time
from datetime import datetime

import structlog
from django.conf import settings
from django.db import Error, close_old_connections
from django.utils import timezone

from amends.config.schedule import SCHEDULE, Job
from amends.flows.listening import Ears
from amends.kit.wake import Waiter

log = structlog.get_logger("amends.worker")

TICK = 0.5


class Worker:
    """Runs until `stop` is set. Any number may run: every row is claimed by a conditional update."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._due = dict.fromkeys((job.name for job in SCHEDULE), 0.0)

    def run(self) -> None:
        """Sweep until stopped; a database that is away is waited for, never given up."""
        ears = Ears(self.stop, smtp_port=settings.SMTP_PORT)
        waiter: Waiter | None = None
        log.info("worker started")
        while not self.stop.is_set():
            try:
                waiter = waiter or Waiter()
                woken = waiter.wait(TICK, self.stop)
                close_old_connections()
                self._sweep(woken)
                ears.look_again()
            except Error as error:
                log.warning("the database is away; trying again", why=str(error))
                waiter = None
                self.stop.wait(2)
        if waiter is not None:
            waiter.close()
        ears.close()
        log.info("worker stopped")

    def _sweep(self, woken: bool) -> None:
        for job in SCHEDULE:
            if (woken and job.on_wake) or time.monotonic() >= self._due[job.name]:
                self._run(job, timezone.now())
                self._due[job.name] = time.monotonic() + job.every

    def _run(self, job: Job, now: datetime) -> None:
        while job.run(now) and not self.stop.is_set():
            now = timezone.now()
