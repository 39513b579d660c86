"""Bring the database up to date: one process at a time, each migration whole or not at all."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from amends.audit import log
from amends.upkeep import readiness

LOCK = 7_264_105
"""The number of PostgreSQL's advisory lock."""


def upgrade() -> None:
    """Apply what is missing. Killed at any point, it goes on from there when it is run again.

    Whoever comes second waits, and finds nothing left to do.
    """
    with _alone():
        missing = len(readiness.pending())
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if missing:
            log.write("desk.upgraded", by=log.THE_DESK, count=missing)


@contextmanager
def _alone() -> Iterator[None]:
    """Both locks end with the process that holds them, however it ends."""
    if connection.vendor == "postgresql":
        own = connection.copy()
        try:
            with own.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield
        finally:
            own.close()
        return
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "upgrade.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
