"""Make a backup: the database first, then the bytes that it names. A file is always there before its row is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from django.conf import settings

import amends
from amends.flows import bytes_of
from amends.kit import blobs
from amends.upkeep import keys
from amends.upkeep.backup import cut, keybox, packs
from amends.upkeep.backup import manifest as manifests
from amends.upkeep.backup.manifest import BLOB_LIST, BLOBS, CHUNK, KEYS, BackupError, Manifest, Part, part_of

REMINDER = (
    "The keys are not in this backup. Keep a copy of the folder keys/ apart from it: without keys/secrets.key every "
    "mailbox password is typed again, without keys/session.key links given out so far open nothing."
)


def make(folder: Path, now: datetime, *, passphrase: str = "") -> Manifest:
    """Write a backup of the running desk into `folder`, which is empty or not there yet. Raises BackupError.

    With a passphrase the keys are in it, locked.
    """
    _want_empty(folder)
    before = os.umask(0o077)
    try:
        return _make(folder, now, passphrase)
    except OSError as error:
        raise BackupError(
            f"{folder} is not whole: {error.strerror or error}. Delete it, make room, do it again."
        ) from error
    finally:
        os.umask(before)


def _make(folder: Path, now: datetime, passphrase: str) -> Manifest:
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, Part] = {}
    # A key that changed in between would have sealed what the backup holds, and not be in it.
    with keys.held() if passphrase else nullcontext():
        if passphrase:
            (folder / KEYS).write_bytes(keybox.lock(Path(settings.SECRETS_KEY_FILE).parent, passphrase))
            parts[KEYS] = part_of(folder / KEYS)
        found = cut.take(folder)
    parts[found.name] = part_of(folder / found.name)
    parts |= packs.copy(folder)
    count, size, missing = _copy_blobs(folder, found.digests)
    parts[BLOB_LIST] = part_of(folder / BLOB_LIST)
    manifest = Manifest(
        made_at=now.isoformat(timespec="seconds"),
        version=amends.__version__,
        database="sqlite" if found.name == manifests.SQLITE else "postgresql",
        migrations=found.migrations,
        tables={table: rows for table, rows in found.tables.items() if table != cut.PAUSE},
        blobs=count,
        blob_bytes=size,
        missing=missing,
        parts=parts,
        note="" if passphrase else REMINDER,
    )
    manifests.write(folder, manifest)
    return manifest


def _copy_blobs(folder: Path, digests: Iterable[str]) -> tuple[int, int, list[str]]:
    """How many were copied, their bytes, and which are lost. Gone meanwhile by an erasure is not lost."""
    count, total, missing = 0, 0, []
    with (folder / BLOB_LIST).open("w", encoding="ascii") as listed:
        for digest in digests:
            size = _copy(digest, folder / BLOBS)
            if size is None and bytes_of.needed(digest):  # stored anew in this moment, perhaps: then they are here now
                size = _copy(digest, folder / BLOBS)
            if size is not None:
                listed.write(f"{digest} {size}\n")
                count, total = count + 1, total + size
            elif bytes_of.needed(digest):
                missing.append(digest)
    return count, total, missing


def _copy(digest: str, into: Path) -> int | None:
    """Bytes copied; None when they are not there, or are not what their name says."""
    target = manifests.blob_path(into, digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    found, size = hashlib.sha256(), 0
    try:
        with blobs.path_of(digest).open("rb") as source, target.open("wb") as copy:
            while chunk := source.read(CHUNK):
                found.update(chunk)
                size += len(chunk)
                copy.write(chunk)
    except (FileNotFoundError, ValueError):
        return None
    if found.hexdigest() != digest:
        target.unlink()
        return None
    return size


def _want_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} is not empty. Name a folder that is, or one that is not there yet.")
