"""Bytes kept under their own SHA-256, durable before they are named (reliability §4.1)."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from amends.kit.disk import sync

HANDS = 8
"""Writes that wait for the disk at the same time."""


def put(content: bytes) -> str:
    """Store `content` and return its SHA-256 in hex.

    When this returns, the bytes and their name are on disk: a power cut cannot take them back.
    """
    (digest,) = put_all([content])
    return digest


def put_all(contents: Sequence[bytes]) -> list[str]:
    """Store many and return their SHA-256 in hex, in order. A disk makes many things durable as fast as a few."""
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    paths = {_path(digest): content for digest, content in zip(digests, contents, strict=True)}
    with _hands(len(paths)) as each:
        each(_write_new, paths.items())
        # Also when the bytes are there already: whoever wrote them may not have come so far yet.
        each(sync, {folder for path in paths for folder in path.parents[:3]})
    return digests


def get(digest: str) -> bytes:
    """The bytes kept under `digest`. Raises FileNotFoundError when there are none."""
    return _path(digest).read_bytes()


def path_of(digest: str) -> Path:
    """Where the bytes lie, for streaming."""
    return _path(digest)


@contextmanager
def _hands(many: int) -> Iterator[Callable[[Callable[[Any], None], Iterable[Any]], None]]:
    """Do a thing to each of `many`: at once when there is more than one, for all of it is waiting for the disk."""
    if many < 2:
        yield lambda deed, things: [deed(thing) for thing in things] and None
        return
    with ThreadPoolExecutor(min(many, HANDS)) as pool:
        yield lambda deed, things: list(pool.map(deed, things)) and None


def _write_new(named: tuple[Path, bytes]) -> None:
    path, content = named
    if not path.exists():
        _write(path, content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _path(digest: str) -> Path:
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("A blob is named by its SHA-256 in hex.")
    return Path(settings.BLOBS_DIR) / digest[:2] / digest[2:4] / digest
