"""Take what was deleted off the disk as well: databases only mark it as free."""

from __future__ import annotations

from django.db import connection


def scrub() -> None:
    """SQLite: forget deleted words in the full-text index, rewrite the file, empty its log. It takes a while, and
    other writers wait. PostgreSQL vacuums by itself; a dump holds no deleted rows."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cases_searchindex(cases_searchindex) VALUES ('optimize')")
        cursor.execute("INSERT INTO cases_peopleindex(cases_peopleindex) VALUES ('optimize')")
        if not connection.in_atomic_block:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
