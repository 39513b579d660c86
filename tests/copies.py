"""The cast is put together once a run; every other test gets copies of its rows and of its people."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from tests.cast import Cast, assemble


@dataclass(frozen=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class _Kept:
    tables: tuple[_Table, ...]
    people: bytes


_kept: list[_Kept] = []


def cast() -> Cast:
    """What `assemble` makes, in the database and in hand. Where a test has brought others before, it is made anew.

    On SQLite only: PostgreSQL would go on counting from before what was copied.
    """
    if connection.vendor != "sqlite":
        return assemble()
    if _kept and _are_empty(table.name for table in _kept[0].tables):
        _fill(_kept[0].tables)
        copied: Cast = pickle.loads(_kept[0].people)
        return copied
    before = set(_filled())
    made = assemble()
    if not _kept:
        new = [name for name in _filled() if name not in before]
        if not before & {"people_member", "people_brand", "channels_account"}:
            _kept.append(_Kept(tuple(_table(name) for name in new), pickle.dumps(made)))
    return made


def _filled() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not _are_empty([model._meta.db_table]):
            yield model._meta.db_table


def _are_empty(names: Iterable[str]) -> bool:
    asked = " OR ".join(f'EXISTS(SELECT 1 FROM "{name}")' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return not cursor.fetchone()[0]


def _table(name: str) -> _Table:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}"')
        columns = tuple(column[0] for column in cursor.description)
        return _Table(name, columns, tuple(cursor.fetchall()))


@transaction.atomic
def _fill(tables: tuple[_Table, ...]) -> None:
    for table in tables:
        names = ", ".join(f'"{column}"' for column in table.columns)
        places = ", ".join(["%s"] * len(table.columns))
        with connection.cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', table.rows)
