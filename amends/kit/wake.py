"""Wake-ups: hints that a row waits somewhere. A lost hint costs half a second, never a row.

Rows are the queue. `nudge()` tells waiting processes to look once this transaction is committed;
`Waiter.wait` returns when somebody nudged, when the database changed, or when the time is up. What comes within a tenth
of a second of the last news is one piece of news: where much happens, whoever waits would look once for each commit.
"""

from __future__ import annotations

import sqlite3
import threading
import time

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.utils import Error

CHANNEL = "amends_wake"
GAP = 0.1
"""Seconds at least between two wake-ups."""


def nudge() -> None:
    """Wake the waiting processes when this transaction commits; nothing happens if it does not."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
    # On SQLite the waiters see the commit itself.


class Waiter:
    """Waits for news on a connection of its own; one for each waiting thread."""

    def __init__(self) -> None:
        self._source = _Postgres() if connection.vendor == "postgresql" else _Sqlite()

    def wait(self, seconds: float, stop: threading.Event | None = None) -> bool:
        """True when there may be news, False when `seconds` passed without any or `stop` was set meanwhile."""
        return self._source.wait(seconds, stop or threading.Event())

    def close(self) -> None:
        """Give the connection back."""
        self._source.close()


class _Sqlite:
    """Reads `PRAGMA data_version` ten times a second: about 4 µs each."""

    def __init__(self) -> None:
        name = str(connection.settings_dict["NAME"])
        self._own = sqlite3.connect(name, check_same_thread=False, timeout=5, uri=name.startswith("file:"))
        self._seen = self._version()

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        end = time.monotonic() + seconds
        while (version := self._version()) == self._seen:
            left = end - time.monotonic()
            if left <= 0 or stop.wait(min(GAP, left)):
                return False
        self._seen = version
        return True

    def close(self) -> None:
        self._own.close()

    def _version(self) -> int:
        return int(self._own.execute("PRAGMA data_version").fetchone()[0])


class _Postgres:
    """LISTEN on a connection outside any pool; a lost connection counts as news once it is back."""

    def __init__(self) -> None:
        self._own = connections.create_connection(DEFAULT_DB_ALIAS)
        self._deaf_until = 0.0

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        try:
            if self._own.connection is None:
                self._own.connect()
                with self._own.cursor() as cursor:
                    cursor.execute(f"LISTEN {CHANNEL}")
                return True
            end = time.monotonic() + seconds
            stop.wait(max(0.0, min(seconds, self._deaf_until - time.monotonic())))
            with self._own.wrap_database_errors:
                while (left := end - time.monotonic()) > 0 and not stop.is_set():
                    if any(True for _ in self._own.connection.notifies(timeout=min(0.2, left), stop_after=1)):
                        self._deaf_until = time.monotonic() + GAP
                        return True
            return False
        except Error:
            self._own.close()
            stop.wait(min(1.0, seconds))
            return False

    def close(self) -> None:
        self._own.close()
