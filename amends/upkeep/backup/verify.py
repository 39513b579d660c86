"""Is a backup whole? Every byte is read."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from amends.upkeep.backup import cut, manifest
from amends.upkeep.backup.manifest import BLOB_LIST, BLOBS, PACKS, SQLITE, BackupError, Manifest, part_of


def verify(folder: Path) -> tuple[Manifest, list[str]]:
    """What the backup says of itself, and what is wrong with it. Raises BackupError when there is none."""
    found = manifest.read(folder)
    wrong = list(_parts(folder, found))
    if not wrong:
        wrong += [*_blobs(folder, found), *(_sqlite(folder, found) if SQLITE in found.parts else [])]
    return found, wrong


def want_whole(folder: Path) -> Manifest:
    """Raises BackupError when anything is wrong with it."""
    found, wrong = verify(folder)
    if wrong:
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise BackupError(f"The backup is damaged: {wrong[0]}{more}. Nothing was restored; take another one.")
    return found


def _parts(folder: Path, found: Manifest) -> Iterator[str]:
    for name, part in found.parts.items():
        path = folder / name
        if path.parent not in (folder, folder / PACKS) or not path.is_file():
            yield f"{name} is missing"
        elif part_of(path) != part:
            yield f"{name} was changed"


def _blobs(folder: Path, found: Manifest) -> Iterator[str]:
    count, total = 0, 0
    for digest, size in manifest.listed(folder):
        count, total = count + 1, total + size
        path = manifest.blob_path(folder / BLOBS, digest)
        if not path.is_file():
            yield f"the file {digest} is missing"
        elif part_of(path) != manifest.Part(digest, size):
            yield f"the file {digest} was changed"
    if (count, total) != (found.blobs, found.blob_bytes):
        yield f"{BLOB_LIST} does not list what the manifest counts"


def _sqlite(folder: Path, found: Manifest) -> Iterator[str]:
    source = f"{(folder / SQLITE).resolve().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(source, uri=True)) as read:
        cursor = read.cursor()
        if cursor.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            yield "the database is damaged inside"
            return
        if cursor.execute("PRAGMA foreign_key_check").fetchone():
            yield "the database has rows that point at none"
        yield from differing(found, cut.contents(cursor, cut.sqlite_tables(cursor))[0])


def differing(found: Manifest, counts: dict[str, int]) -> Iterator[str]:
    """Tables that do not have as many rows as the manifest says."""
    for table, rows in found.tables.items():
        if counts.get(table) != rows:
            yield f"{table} should have {rows} rows and has {counts.get(table, 'none')}"
