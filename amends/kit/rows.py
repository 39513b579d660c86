"""Write many rows of one table in one statement.

As `bulk_create`, in a third of its time, for it knows less: no inherited tables, no `pre_save`, and every row that
another one points at is written already. A message that comes in is a dozen rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Model
from django.utils.functional import Promise as Lazy

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)
Fields = Sequence[Any]
"""Of a model."""
Told = Mapping[str, Any]
"""A row's values under the names of its fields."""

AT_ONCE = 500
"""Rows of one statement; the databases take at least 32,000 values."""
_PLAIN = frozenset({str, int, bool, float, type(None)})
"""What both drivers take as it is."""


def insert(rows: Iterable[Row]) -> list[Row]:
    """Write rows, and tell each its number where it has none."""
    rows = list(rows)
    for some in _portions(rows):
        numbered = some[0].pk is not None
        for row, (number,) in zip(some, _write(some, returned=() if numbered else ("pk",)), strict=False):
            row.pk = number
    return rows


def insert_new(rows: Iterable[Row], key: Sequence[str]) -> list[Row]:
    """Write those whose key nobody has written yet, and return them."""
    new = []
    for some in _portions(list(rows)):
        by_key = {tuple(getattr(row, name) for name in key): row for row in some}
        for number, *values in _write(some, "ON CONFLICT DO NOTHING", ("pk", *key)):
            row = by_key[tuple(values)]
            row.pk = number
            new.append(row)
    return new


def upsert(rows: Iterable[Row], key: Sequence[str], update: Sequence[str]) -> list[Row]:
    """Write rows, over those with the same key. They are not told their numbers."""
    rows = list(rows)
    for some in _portions(rows):
        model = type(some[0])
        said = ", ".join(f"{column} = EXCLUDED.{column}" for column in _columns(model, tuple(update)))
        _write(some, f"ON CONFLICT ({', '.join(_columns(model, tuple(key)))}) DO UPDATE SET {said}")
    return rows


def set_each(model: type[Model], name: str, values: Mapping[int, Any]) -> None:
    """Give the field `name` of each row, by its number, the value beside it; in one statement."""
    fields: Fields = (model._meta.pk, model._meta.get_field(name))
    table, (number, value) = _table(model), map(_quoted, fields)
    told = [{fields[0].attname: key, fields[1].attname: one} for key, one in values.items()]
    for some in _portions(told):
        given, params = _given(model, fields, some)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH told (number, value) AS ({given})"  # noqa: S608 (names of ours)
                f" UPDATE {table} SET {value} = told.value FROM told WHERE {table}.{number} = told.number",
                params,
            )


def _portions(rows: Sequence[T]) -> Iterable[Sequence[T]]:
    return (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))


def _write(rows: Sequence[Row], on_conflict: str = "", returned: Sequence[str] = ()) -> list[tuple[Any, ...]]:
    """The columns asked for, of each row that was written."""
    model = type(rows[0])
    fields = _fields(model, rows[0].pk is not None)
    names = ", ".join(map(_quoted, fields))
    given, params = _given(model, fields, [row.__dict__ for row in rows])
    asked = f"RETURNING {', '.join(_columns(model, tuple(returned)))}" if returned else ""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_table(model)} ({names}) {given} {on_conflict} {asked}", params)
        written = cursor.fetchall() if returned else []
    for row in rows:
        row._state.adding = False
        row._state.db = DEFAULT_DB_ALIAS
    return written


def _given(model: type[Model], fields: Fields, rows: Sequence[Told]) -> tuple[str, list[Any]]:
    """Values as a table of these fields: a query, and its parameters."""
    if connection.vendor != "postgresql":
        places = f"({', '.join(['%s'] * len(fields))})"
        return f"VALUES {', '.join([places] * len(rows))}", _values(fields, rows)
    # One parameter: its driver takes longer for thousands of them than the server for all the rest.
    names = [(field.column, field.attname) for field in fields]
    document = json.dumps(
        [{column: row[name] for column, name in names} for row in rows], ensure_ascii=False, default=_in_words
    )
    columns = ", ".join(map(_quoted, fields))
    return f"SELECT {columns} FROM json_populate_recordset(NULL::{_table(model)}, %s)", [document]  # noqa: S608


def _in_words(value: Any) -> str:
    """What JSON has no sign for."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Lazy):
        return str(value)
    raise TypeError(f"kit.rows writes no {type(value).__name__}.")


def _values(fields: Fields, rows: Sequence[Told]) -> list[Any]:
    """Each value as the driver takes it; many rows are of the same moment."""
    own, values = connections[DEFAULT_DB_ALIAS], list[Any]()
    asked = [(field.attname, field, not isinstance(field, models.JSONField)) for field in fields]
    moments: dict[datetime, Any] = {}
    for row in rows:
        for name, field, is_plain in asked:
            value = row[name]
            if value.__class__ is datetime:
                if value not in moments:
                    moments[value] = field.get_db_prep_save(value, own)
                values.append(moments[value])
            elif is_plain and value.__class__ in _PLAIN:
                values.append(value)
            else:
                values.append(field.get_db_prep_save(value, own))
    return values


@cache
def _fields(model: type[Model], with_key: bool) -> Fields:
    return [field for field in model._meta.concrete_fields if with_key or not field.primary_key]


@cache
def _columns(model: type[Model], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_quoted(model._meta.pk if name == "pk" else model._meta.get_field(name)) for name in names)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quoted(field: Any) -> str:
    return connection.ops.quote_name(field.column)
