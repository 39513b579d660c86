"""Write very many rows at once: columns by name, defaults as the models have them, indexes made afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

Row = tuple[Any, ...]


class Table:
    """One model's table; `fields` are those that every row gives, by the names of their columns."""

    def __init__(self, model: type[models.Model], *fields: str) -> None:
        given = set(fields)
        rest = [field for field in model._meta.concrete_fields if field.column not in given]
        self._rest = tuple(_default(field) for field in rest)
        self._name = model._meta.db_table
        self._columns = [*fields, *(field.column for field in rest)]

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows, each with values in the order of `fields`."""
        whole = (row + self._rest for row in rows)
        columns = ", ".join(f'"{column}"' for column in self._columns)
        raw = connection.connection
        if connection.vendor == "postgresql":
            with raw.cursor() as cursor, cursor.copy(f'COPY "{self._name}" ({columns}) FROM STDIN') as copy:
                for row in whole:
                    copy.write_row(row)
        else:
            places = ", ".join("?" * len(self._columns))
            raw.executemany(f'INSERT INTO "{self._name}" ({columns}) VALUES ({places})', whole)


def moment(at: datetime) -> str:
    """A moment as both databases take it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


@contextmanager
def in_bulk() -> Iterator[None]:
    """Without indexes, triggers, foreign keys and waiting for the disk; all of it is there again afterwards."""
    connection.ensure_connection()
    begin, end = (_postgres_begin, _postgres_end) if connection.vendor == "postgresql" else (_sqlite_begin, _sqlite_end)
    put_back = begin()
    with transaction.atomic():
        yield
    end(put_back)


def _default(field: models.Field[Any, Any]) -> Any:
    """What a field holds that nobody gave, as both drivers take it."""
    value = field.get_default()
    return json.dumps(value) if isinstance(field, models.JSONField) else field.get_db_prep_save(value, connection)


def _sqlite_begin() -> Sequence[str]:
    run = connection.cursor().execute
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
        run(f"PRAGMA {pragma}").fetchall()
    made = "SELECT sql, type, name FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger')"
    found = [row for row in run(made).fetchall() if not row[2].startswith("sqlite_")]
    for _sql, kind, name in found:
        run(f'DROP {kind} "{name}"')
    return [sql for sql, _kind, _name in found]


def _sqlite_end(put_back: Sequence[str]) -> None:
    run = connection.cursor().execute
    for statement in put_back:
        run(statement)
    run("INSERT INTO cases_searchindex(cases_searchindex) VALUES ('rebuild')")
    run(
        "INSERT INTO cases_peopleindex(rowid, folded)"
        " SELECT id, folded FROM cases_searchtext WHERE kind = 'person' ORDER BY id"
    )
    run("PRAGMA journal_mode=WAL").fetchall()
    connection.close()


def _postgres_begin() -> Sequence[str]:
    run = connection.cursor().execute
    run("SET session_replication_role = replica")
    run("SET maintenance_work_mem = '1GB'")
    run("SET synchronous_commit = off")
    query = (
        "SELECT i.indexdef, i.indexname FROM pg_indexes i WHERE i.schemaname = 'public' AND NOT EXISTS"
        " (SELECT 1 FROM pg_constraint c JOIN pg_class k ON k.oid = c.conindid WHERE k.relname = i.indexname)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchall()
        for _sql, name in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [sql for sql, _name in found]


def _postgres_end(put_back: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in [*put_back, *connection.ops.sequence_reset_sql(no_style(), list(apps.get_models()))]:
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")
    connection.close()
