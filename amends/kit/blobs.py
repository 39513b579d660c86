"""Bytes kept under their own SHA-256, durable before they are named (reliability §4.1)."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from amends.kit.disk import sync


def put(content: bytes) -> str:
    """Store `content` and return its SHA-256 in hex.

    When this returns, the bytes and their name are on disk: a power cut cannot take them back.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        _write(path, content)
    # Also when the bytes are there already: whoever wrote them may not have come so far yet.
    for folder in path.parents[:3]:
        sync(folder)
    return digest


def get(digest: str) -> bytes:
    """The bytes kept under `digest`. Raises FileNotFoundError when there are none."""
    return _path(digest).read_bytes()


def remove(digest: str, *, unless: Callable[[], bool]) -> None:
    """Delete the bytes under `digest`, for good. `unless` is asked once more when they are out of everybody's way:
    somebody may have stored the same bytes a moment ago, and then they go back."""
    path = _path(digest)
    aside = path.with_name(f".going-{digest}")
    try:
        path.replace(aside)
    except FileNotFoundError:
        return
    if unless():
        aside.replace(path)
    else:
        aside.unlink()
    sync(path.parent)


def path_of(digest: str) -> Path:
    """Where the bytes lie, for streaming."""
    return _path(digest)


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
