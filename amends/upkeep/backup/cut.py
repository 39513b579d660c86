"""The database as it stood at one moment, while others go on writing."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from amends.flows.bytes_of import NAMED_BY
from amends.kit.models import Pause
from amends.upkeep.backup.manifest import POSTGRES, SQLITE, BackupError

PAUSE = Pause._meta.db_table


@dataclass(frozen=True)
class Cut:
    """What was found in the copy itself, so that it belongs to the same moment."""

    name: str
    tables: dict[str, int]
    migrations: list[str]
    digests: list[str]


def take(folder: Path) -> Cut:
    """Copy the database into `folder`. Writers are not held up. Raises BackupError."""
    return _postgres(folder) if connection.vendor == "postgresql" else _sqlite(folder)


def contents(cursor: Any, tables: list[str]) -> tuple[dict[str, int], list[str], list[str]]:
    """Rows of each table, migrations, and the bytes that are named. Works on any cursor of either database."""
    counts = {}
    for table in sorted(tables):
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 - names from the database itself
        counts[table] = int(cursor.fetchone()[0])
    cursor.execute("SELECT app, name FROM django_migrations")
    migrations = sorted(f"{app}.{name}" for app, name in cursor.fetchall())
    parts = (f'SELECT "{field}" FROM "{model._meta.db_table}"' for model, field in NAMED_BY)  # noqa: S608
    cursor.execute(" UNION ".join(parts))
    return counts, migrations, sorted(digest for (digest,) in cursor.fetchall() if digest)


def sqlite_tables(cursor: Any) -> list[str]:
    """Tables that hold rows of their own."""
    cursor.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    return [name for (name,) in cursor.fetchall()]


def postgres_tables(cursor: Any) -> list[str]:
    """Tables of the desk."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return [name for (name,) in cursor.fetchall()]


def program(name: str) -> str:
    """Where a program of PostgreSQL lies. Raises BackupError."""
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is missing: install PostgreSQL's client programs (apt install postgresql-client).")
    return found


@contextlib.contextmanager
def conninfo() -> Iterator[str]:
    """How PostgreSQL's programs reach the database; the password stands in a file that only we read."""
    given = connection.settings_dict
    words = {
        "dbname": given["NAME"],
        "user": given["USER"],
        "host": given["HOST"],
        "port": str(given["PORT"]),
        **{name: value for name, value in given["OPTIONS"].items() if isinstance(value, str)},
    }
    with tempfile.TemporaryDirectory() as private:
        if given["PASSWORD"]:
            passfile = Path(private) / "pgpass"
            passfile.touch(0o600)
            passfile.write_text("*:*:*:*:" + given["PASSWORD"].replace("\\", "\\\\").replace(":", "\\:") + "\n")
            words["passfile"] = str(passfile)
        yield " ".join(f"{name}={_quoted(value)}" for name, value in words.items() if value)


def run(*command: str) -> None:
    """Run one of PostgreSQL's programs. Raises BackupError with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode:
        said = " ".join(done.stderr.split())[:400] or f"it ended with {done.returncode}"
        raise BackupError(f"{Path(command[0]).name} could not do its work: {said}")


def _sqlite(folder: Path) -> Cut:
    """VACUUM INTO reads one snapshot; what was deleted is not in the copy, not even as leftover bytes."""
    copy = folder / SQLITE
    source = str(connection.settings_dict["NAME"])
    try:
        with contextlib.closing(sqlite3.connect(source, timeout=60, uri=source.startswith("file:"))) as own:
            own.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error as error:
        raise BackupError(f"The database could not be copied: {error}. Is there room at {folder}?") from error
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    with contextlib.closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as read:
        cursor = read.cursor()
        return Cut(SQLITE, *contents(cursor, sqlite_tables(cursor)))


def _postgres(folder: Path) -> Cut:
    """One transaction counts and lends its snapshot to pg_dump: both see the same moment."""
    pg_dump = program("pg_dump")
    own = _fresh()
    try:
        with own.cursor() as cursor, conninfo() as reach:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = str(cursor.fetchone()[0])
            run(
                *(pg_dump, f"--dbname={reach}", f"--snapshot={snapshot}", "--format=custom", "--no-owner"),
                *("--no-privileges", f"--exclude-table-data={PAUSE}", f"--file={folder / POSTGRES}"),
            )
            return Cut(POSTGRES, *contents(cursor, postgres_tables(cursor)))
    finally:
        own.close()


def _fresh() -> BaseDatabaseWrapper:
    return connection.copy()


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
