"""Who may do what with the bytes under a name: many may write rows that name them, or one may delete them.

Until the end of the transaction, whatever ends it. On SQLite a transaction that writes is alone by itself; on
PostgreSQL each name has an advisory lock.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def share(digests: Iterable[str]) -> None:
    """From now on nobody deletes these; whoever is about to is waited for. Only inside of a transaction."""
    locks = sorted({_lock(digest) for digest in digests})
    if locks and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(pg_advisory_xact_lock_shared(one)) FROM unnest(%s::bigint[]) one", [locks])


def alone(digest: str) -> bool:
    """Whether this transaction is the only one that uses these, and will be. Never waits for another on PostgreSQL."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock(digest)])
        return bool(cursor.fetchone()[0])


def _lock(digest: str) -> int:
    return int.from_bytes(bytes.fromhex(digest[:16]), signed=True)
