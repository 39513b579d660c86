"""How a query that is asked again and again reaches the database: planned once, and straight.

SQLite keeps statements by itself. PostgreSQL does it for those whose values come beside them, not within; Django's own
cursors write the values into the text, because much that the ORM writes has no types otherwise. They are made anew for
each query, too, which takes as long as the query does, and read PostgreSQL's moments in Python, not in C.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

MOMENT = "timestamptz"


class Statement:
    """Text of a query with ``%s`` for its values, as the ORM writes it."""

    def __init__(self, sql: str, vendor: str) -> None:
        self.sql = sql
        self._ask = _of_postgresql if vendor == "postgresql" else _of_sqlite
        self._own = sql if vendor == "postgresql" else re.sub("%[%s]", lambda one: _QMARK[one[0]], sql)

    def rows(self, connection: Any, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """What the database answers, with Django's errors; wrappers and whoever reads the queries see them."""
        if connection.execute_wrappers or connection.queries_logged:
            with _watched(connection) as cursor:
                cursor.execute(self.sql, params)
                return list(cursor.fetchall())
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        connection.validate_no_broken_transaction()
        with connection.wrap_database_errors:
            return self._ask(connection, self._own, params)


def number(connection: Any) -> Callable[[int], Any]:
    """How a whole number is handed over: always as wide, or each width would be another statement."""
    if connection.vendor != "postgresql":
        return int
    from psycopg.types.numeric import Int8  # noqa: PLC0415 - it may not be here

    return Int8


_QMARK = {"%s": "?", "%%": "%"}


def _of_sqlite(connection: Any, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = connection.connection.execute(sql, params).fetchall()
    return found


def _of_postgresql(connection: Any, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    cursor = getattr(connection, "_planned", None)
    if cursor is None or cursor.connection is not connection.connection or cursor.closed:
        cursor = connection._planned = _binding(connection)
    found: list[tuple[Any, ...]] = cursor.execute(sql, params).fetchall()
    return found


def _watched(connection: Any) -> Any:
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection._prepare_cursor(_binding(connection))


def _binding(connection: Any) -> Any:
    """A cursor that hands the values over beside the text. Django's loader of moments would only put their zone right,
    where it is another than the connection's.
    """
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415 - its driver may not be here
    from psycopg import adapters  # noqa: PLC0415
    from psycopg.pq import Format  # noqa: PLC0415

    made: Any = ServerBindingCursor
    cursor = made(connection.connection)
    if connection.timezone_name == "UTC":
        loader = adapters.get_loader(adapters.types[MOMENT].oid, Format.TEXT)
        cursor.adapters.register_loader(MOMENT, loader)
    return cursor
