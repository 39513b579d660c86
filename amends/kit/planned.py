"""How a query that is asked again and again reaches the database, so that it is planned once.

SQLite keeps statements by itself. PostgreSQL does it for those whose values come beside them, not within; Django's own
cursors write the values into the text, because much that the ORM writes has no types otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def cursor(connection: Any) -> Any:
    """A cursor of this connection, with Django's errors and wrappers. Whoever reads the queries sees their values."""
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415 - its driver may not be here

    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        made: Any = ServerBindingCursor
        return connection._prepare_cursor(made(connection.connection))


def number(connection: Any) -> Callable[[int], Any]:
    """How a whole number is handed over: always as wide, or each width would be another statement."""
    if connection.vendor != "postgresql":
        return int
    from psycopg.types.numeric import Int8  # noqa: PLC0415 - it may not be here

    return Int8
