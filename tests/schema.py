"""The empty database of the tests: migrated once, then copied from a file as long as no migration changes.

Django looks all the same whether a migration is missing. On SQLite only.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".tests"


@contextmanager
def copied() -> Iterator[None]:
    """Lays the test database down before Django looks for it; what was made anew is kept at the end of the block."""
    creation: Any = connection.creation
    name = Path(creation._get_test_db_name())
    if connection.vendor != "sqlite" or name.exists():
        yield
        return
    kept = FOLDER / f"{_sum()}.sqlite3"
    is_copy = kept.exists()
    if is_copy:
        shutil.copyfile(kept, name)
    yield
    if not is_copy:
        with suppress(OSError):  # no room, or nothing may be written here: then it is made anew each time
            _keep(name, kept)


def lay(database: Path) -> None:
    """The same tables for a desk of its own that has none, where they are kept; else it makes them as ever."""
    kept = FOLDER / f"{_sum()}.sqlite3"
    if connection.vendor == "sqlite" and kept.exists() and not database.exists():
        shutil.copyfile(kept, database)


def _keep(made: Path, kept: Path) -> None:
    """Several processes may do so at once: each writes its own file, and the last takes the name."""
    FOLDER.mkdir(exist_ok=True)
    own = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(own)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    own.replace(kept)
    for old in FOLDER.glob("*.sqlite3"):
        if old != kept:
            with suppress(FileNotFoundError):
                old.unlink()


def _sum() -> str:
    """Of all that the tables come from: our migrations, what they import, and other people's packages."""
    found = hashlib.sha256(f"{sqlite3.sqlite_version} {os.environ.get('AMENDS_DEMO')}".encode())
    migrations = sorted((ROOT / "amends").glob("*/migrations/*.py"))
    for path in [ROOT / "requirements" / "dev.lock", *migrations, *_imported(migrations)]:
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _imported(files: list[Path]) -> list[Path]:
    names = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
            names |= {name.name for name in node.names} if isinstance(node, ast.Import) else set()
    ours = [ROOT.joinpath(*name.split(".")) for name in sorted(names) if name.startswith("amends.")]
    return [path for place in ours for path in (place.with_suffix(".py"), place / "__init__.py") if path.exists()]
