"""Take what was deleted off the disk as well: databases only mark it as free."""

from __future__ import annotations

from django.db import connection


def scrub() -> None:
    """SQLite: forget deleted words in the full-text index, rewrite the file, empty its log. It takes a while, and
    other writers wait. PostgreSQL vacuums by itself; a dump holds no deleted rows."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for index in ("cases_searchindex", "cases_peopleindex"):
            cursor.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")  # noqa: S608 - names of ours
        if not connection.in_atomic_block:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
