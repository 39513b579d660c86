"""Is it the database's trouble, or the disk's, and not the doing of whoever asked? Such trouble passes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import close_old_connections, connection
from django.db.utils import InterfaceError, InternalError, OperationalError

from amends.kit.disk import NoRoom, Trouble

T = TypeVar("T")
_ANOTHER_SERVER = {"25006", "25P03"}
"""PostgreSQL: it only reads just now, as after a failover; it gave up waiting for us."""
_FULL = ("database or disk is full", "no space left on device")
_SHUT = ("attempt to write a readonly database", "disk i/o error", "unable to open database file")


def passes(error: BaseException) -> bool:
    """A database that is away, busy, restarting or in a deadlock: the same again may work."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, InternalError) and _sqlstate(error) in _ANOTHER_SERVER


def patiently(do: Callable[[], T], seconds: float) -> T:
    """Do it; while the database is away, again and again for so many seconds. Inside a transaction only once."""
    end, pause = time.monotonic() + seconds, 0.05
    while True:
        try:
            return do()
        except Exception as error:
            if not passes(error) or connection.in_atomic_block or time.monotonic() + pause > end:
                raise
        time.sleep(pause)
        pause = min(pause * 2, 2.0)
        close_old_connections()


def disk_trouble(error: BaseException | None) -> Trouble:
    """What ails the disk, if this error is about it: as the system, SQLite or PostgreSQL says it."""
    if isinstance(error, NoRoom):
        return error.trouble
    if not isinstance(error, OperationalError):
        return ""
    said = str(error).lower()
    if _sqlstate(error) == "53100" or any(words in said for words in _FULL):
        return "full"
    return "shut" if any(words in said for words in _SHUT) else ""


def _sqlstate(error: BaseException) -> str:
    return str(getattr(error.__cause__, "sqlstate", ""))
