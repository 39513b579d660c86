"""What a backup is: the list of its parts, written last. A folder without one is no backup."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from io import BufferedReader
from pathlib import Path

FORMAT = 1
NAME = "manifest.json"
SQLITE = "database.sqlite3"
POSTGRES = "database.dump"
BLOBS = "blobs"
BLOB_LIST = "blobs.txt"
KEYS = "keys.sealed"
PACKS = "packs"
CHUNK = 1024 * 1024


class BackupError(Exception):
    """It cannot be done; the message says why and what to do. Nothing was changed."""


@dataclass(frozen=True)
class Part:
    """One file beside the letters and attachments; of a policy pack the name is `packs/NAME`."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """`tables`: rows of each. `blobs` and `blob_bytes`: letters and attachments, listed in `blobs.txt`.

    `missing`: SHA-256s that rows name and no file has; only a desk that has lost files has any.
    """

    made_at: str
    version: str
    database: str
    migrations: list[str]
    tables: dict[str, int]
    blobs: int
    blob_bytes: int
    missing: list[str]
    parts: dict[str, Part]
    format: int = FORMAT
    note: str = field(default="")

    @property
    def has_keys(self) -> bool:
        return KEYS in self.parts


def write(folder: Path, manifest: Manifest) -> None:
    """The last file of a backup. What came before is on disk by then."""
    os.sync()
    text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False)
    draft = folder / f".{NAME}"
    with draft.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / NAME)
    os.sync()


def read(folder: Path) -> Manifest:
    """Raises BackupError for a folder that holds none, or one that this version cannot read."""
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
        parts = {name: Part(**part) for name, part in found.pop("parts").items()}
        manifest = Manifest(**found, parts=parts)
    except FileNotFoundError as error:
        raise BackupError(f"{folder} holds no whole backup: it has no {NAME}.") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(f"{folder / NAME} cannot be read: it is damaged, or of a newer version of Amends.") from error
    if manifest.format != FORMAT:
        raise BackupError(f"The backup has format {manifest.format}; this version reads format {FORMAT}.")
    return manifest


def part_of(path: Path) -> Part:
    """A file's size and hash."""
    with path.open("rb") as file:
        return Part(sum_of(file), path.stat().st_size)


def sum_of(file: BufferedReader) -> str:
    """SHA-256 in hex of what is left to read."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def blob_path(folder: Path, digest: str) -> Path:
    """Where a letter or attachment lies in a backup and in the data folder."""
    return folder / digest[:2] / digest[2:4] / digest


def listed(folder: Path) -> Iterator[tuple[str, int]]:
    """Every letter and attachment of a backup, with its size. Raises BackupError for a damaged list."""
    with (folder / BLOB_LIST).open(encoding="ascii") as lines:
        for line in lines:
            digest, _, size = line.strip().partition(" ")
            if len(digest) != 64 or not set(digest) <= set("0123456789abcdef") or not size.isdecimal():
                raise BackupError(f"{folder / BLOB_LIST} is damaged.")
            yield digest, int(size)
