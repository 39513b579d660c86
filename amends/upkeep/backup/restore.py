"""Make a desk from a backup: files first, the database last, and in it a pause from its first moment on."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils.translation import gettext as _

from amends.audit import log
from amends.kit.disk import sync
from amends.kit.pausing import ONE
from amends.upkeep import readiness, upgrading
from amends.upkeep.backup import cut, keybox, manifest, packs
from amends.upkeep.backup.manifest import BLOBS, KEYS, POSTGRES, SQLITE, BackupError, Manifest
from amends.upkeep.backup.verify import differing, want_whole

UNFINISHED = ".restoring"


def restore(folder: Path, now: datetime, *, passphrase: str = "") -> Manifest:
    """Fill the empty data folder and database from a backup. Raises BackupError; then nothing was changed.

    Only a fault of the disk or of the database while it is filled leaves something behind, and the message says so.
    """
    found = manifest.read(folder)
    _want_fitting(found)
    _want_empty()
    packs.want_room(found)
    keys = _keys(folder, found, passphrase)
    want_whole(folder)
    try:
        _put_blobs(folder)
        _put_keys(keys)
        packs.put(folder, found)
        why = _("It was restored from the backup of %(at)s.") % {"at": found.made_at[:16].replace("T", " ")}
        (_put_sqlite if found.database == "sqlite" else _put_postgres)(folder, why, now)
    except OSError as error:
        raise BackupError(
            f"The restore stopped halfway: {error.strerror or error}. Make room and do it again."
        ) from error
    _want_equal(found)
    upgrading.upgrade()
    log.write("backup.restored", by=log.at_the_command_line(), files=found.blobs, made_at=found.made_at)
    return found


def _want_fitting(found: Manifest) -> None:
    vendor = connection.vendor
    if found.database != vendor:
        raise BackupError(f"The backup is one of {found.database}, and AMENDS_DATABASE names {vendor}.")
    unknown = set(found.migrations) - readiness.shipped()
    if unknown:
        raise BackupError(
            f"The backup was made by version {found.version}, which is newer than this one: it knows "
            f"{min(unknown)}. Install that version or a newer one, and restore with it."
        )


def _want_empty() -> None:
    blobs = Path(settings.BLOBS_DIR)
    if blobs.exists() and any(blobs.iterdir()):
        raise BackupError(f"{blobs} is not empty. A backup is restored only into an empty data folder.")
    if connection.vendor != "postgresql":
        name = str(connection.settings_dict["NAME"])
        # A log that was left beside a deleted file would be read into the one that takes its place.
        for path in (name, f"{name}-wal", f"{name}-journal"):
            if Path(path).exists():
                raise BackupError(f"{path} is there already. Move it away: restore into an empty data folder.")
        return
    try:
        with connection.cursor() as cursor:
            tables = cut.postgres_tables(cursor)
    except Error as error:
        raise BackupError(f"The database does not answer: {error}") from error
    if tables:
        raise BackupError(
            f"The database has {len(tables)} tables already. A backup is restored only into an empty one."
        )


def _keys(folder: Path, found: Manifest, passphrase: str) -> dict[str, str]:
    """The key files to write; none without a passphrase."""
    if passphrase and not found.has_keys:
        raise BackupError("The backup holds no keys. Leave the passphrase out, and put the folder keys/ back by hand.")
    if not passphrase:
        return {}
    keys = keybox.unlock((folder / KEYS).read_bytes(), passphrase)
    there = Path(settings.SECRETS_KEY_FILE)
    if there.exists() and there.read_text("ascii") != keys.get(there.name):
        raise BackupError(f"{there} is there already, and is another key than that of the backup. Move it away first.")
    return keys


def _put_blobs(folder: Path) -> None:
    """Beside their place at first: a restore that was cut off leaves nothing that looks whole."""
    place = Path(settings.BLOBS_DIR)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_name(place.name + UNFINISHED)
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    for digest, _size in manifest.listed(folder):
        target = manifest.blob_path(draft, digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(manifest.blob_path(folder / BLOBS, digest), target)
    os.sync()
    if place.exists():
        place.rmdir()
    draft.replace(place)
    sync(place.parent)


def _put_keys(keys: dict[str, str]) -> None:
    """The session key that this very command has made gives way: nobody has signed in with it."""
    folder = Path(settings.SECRETS_KEY_FILE).parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, text in keys.items():
        draft = folder / f".{Path(name).name}{UNFINISHED}"
        draft.touch(0o600)
        draft.write_text(text, "ascii")
        draft.replace(folder / Path(name).name)
    sync(folder)


def _put_sqlite(folder: Path, why: str, now: datetime) -> None:
    place = Path(connection.settings_dict["NAME"])
    draft = place.with_name(place.name + UNFINISHED)
    draft.unlink(missing_ok=True)
    shutil.copyfile(folder / SQLITE, draft)
    draft.chmod(0o600)
    with contextlib.closing(sqlite3.connect(draft)) as own, own:
        own.execute(f"DELETE FROM {cut.PAUSE}")  # noqa: S608 - a name of ours
        own.execute(f"INSERT INTO {cut.PAUSE} (id, since, why) VALUES (?, ?, ?)", (ONE, _sqlite_time(now), why))  # noqa: S608
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(place)
    sync(place.parent)


def _put_postgres(folder: Path, why: str, now: datetime) -> None:
    """The tables, then the pause, then the rows: whoever looks at any moment finds nothing to send."""
    pg_restore = cut.program("pg_restore")
    dump = str(folder / POSTGRES)
    with cut.conninfo() as reach:
        options = [f"--dbname={reach}", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        for section in ("pre-data", "data", "post-data"):
            try:
                cut.run(pg_restore, *options, f"--section={section}", dump)
            except BackupError as error:
                raise BackupError(f"{error} Drop the database, create it anew, and restore again.") from error
            if section == "pre-data":
                with connection.cursor() as cursor:
                    statement = f"INSERT INTO {cut.PAUSE} (id, since, why) VALUES (%s, %s, %s)"  # noqa: S608
                    cursor.execute(statement, (ONE, now, why))


def _want_equal(found: Manifest) -> None:
    """Counted in the restored database itself."""
    with connection.cursor() as cursor:
        tables = cut.postgres_tables(cursor) if connection.vendor == "postgresql" else cut.sqlite_tables(cursor)
        wrong = list(differing(found, cut.contents(cursor, tables)[0]))
    if wrong:
        raise BackupError(f"The restored database is not the one of the backup: {wrong[0]}.")


def _sqlite_time(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
