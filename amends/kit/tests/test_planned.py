"""A statement that goes straight to the database answers, and fails, as one of Django's cursors would."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from amends.kit import planned
from amends.kit.models import Tally
from amends.kit.planned import Statement

NOW = datetime(2026, 3, 3, 10, 0, 0, 123456, tzinfo=UTC)
UNTIL = "SELECT until FROM kit_tally WHERE key = %s"

pytestmark = pytest.mark.django_db


def _statement(sql: str) -> Statement:
    return Statement(sql, connection.vendor)


def test_a_moment_and_a_percent_sign_come_back_as_django_gives_them() -> None:
    Tally.objects.create(key="50%", count=1, until=NOW)
    until = _statement(UNTIL)
    straight = until.rows(connection, ["50%"])
    with CaptureQueriesContext(connection):
        assert until.rows(connection, ["50%"]) == straight
    if connection.vendor == "postgresql":
        assert straight == [(NOW,)] and straight[0][0].tzinfo is UTC
    like = _statement("SELECT count FROM kit_tally WHERE key LIKE '5%%' AND key = %s")
    assert like.rows(connection, ["50%"]) == [(1,)]


def test_whoever_reads_the_queries_sees_it() -> None:
    with CaptureQueriesContext(connection) as asked:
        _statement(UNTIL).rows(connection, ["x"])
    assert len(asked) == 1 and "'x'" in asked[0]["sql"]


def test_what_fails_is_an_error_of_djangos() -> None:
    wrong = _statement("SELECT nothing_of_the_kind FROM kit_tally WHERE key = %s")
    with pytest.raises((OperationalError, ProgrammingError), match="nothing_of_the_kind"), transaction.atomic():
        wrong.rows(connection, ["x"])
    assert _statement(UNTIL).rows(connection, ["x"]) == []


def test_in_a_transaction_that_is_broken_nothing_is_asked() -> None:
    def ask_after_an_error() -> None:
        with transaction.atomic():
            try:
                with connection.cursor() as cursor, transaction.atomic(savepoint=False):
                    cursor.execute("SELECT nothing_of_the_kind")
            except DatabaseError:
                _statement(UNTIL).rows(connection, ["x"])

    with pytest.raises(TransactionManagementError):
        ask_after_an_error()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_closed_is_opened_again() -> None:
    Tally.objects.create(key="x", count=1, until=NOW)
    until = _statement(UNTIL)
    first = until.rows(connection, ["x"])
    connection.close()
    assert until.rows(connection, ["x"]) == first


def test_only_a_connection_in_universal_time_reads_moments_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL tells moments in the zone of the connection; SQLite's have none."""
    if connection.vendor != "postgresql":
        return
    connection.ensure_connection()
    monkeypatch.setitem(connection.__dict__, "timezone_name", "Europe/Berlin")
    made: Any = planned._binding(connection)
    assert "psycopg_any" in str(made.adapters.get_loader(1184, 0).__mro__)
