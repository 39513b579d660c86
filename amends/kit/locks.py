"""One process at a time, whichever machine it runs on. A lock ends with the process that holds it, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


class Taken(Exception):
    """Another process holds the lock."""


@contextmanager
def exclusive(name: str, number: int, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock `name` inside: PostgreSQL's advisory lock `number`, on SQLite a file in the data folder.

    Who comes second waits; with `wait=False`, raises Taken at once. Not for one thread twice.
    """
    held = _in_postgresql(number, wait) if connection.vendor == "postgresql" else _on_a_file(name, wait)
    with held:
        yield


@contextmanager
def _in_postgresql(number: int, wait: bool) -> Iterator[None]:
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)" if wait else "SELECT pg_try_advisory_lock(%s)", [number])
            if cursor.fetchone()[0] is False:
                raise Taken
        yield
    finally:
        own.close()


@contextmanager
def _on_a_file(name: str, wait: bool) -> Iterator[None]:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / f"{name}.lock").open("w") as file:
        if os.geteuid() == 0:  # an admin's command must not keep the desk's user out of the file
            owner = folder.stat()
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Taken from None
        yield
