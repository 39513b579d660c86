"""Bytes kept under their own SHA-256, durable before they are named (reliability §4.1)."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from amends.kit import using
from amends.kit.disk import sync, writing

FEW = 4
HANDS = 8
"""Writes that wait for the disk at the same time."""
OPEN = 4 * HANDS
"""Files that one call has open: each mailbox may be at it, and a process may not open many."""
FOLDERS = 256 * 256

UNFINISHED = 3600.0
"""Seconds after which what is half written belongs to nobody: a process that lives is done long before."""

T = TypeVar("T")

_lock = threading.Lock()
_pool: ThreadPoolExecutor | None = None
_sure: dict[str, bytearray] = {}
"""Store → for each of its folders, whether this process has seen the folder's own name become durable."""


def put(content: bytes) -> str:
    """Store `content` and return its SHA-256 in hex.

    When this returns, the bytes and their name are on disk: a power cut cannot take them back. Raises disk.NoRoom.
    """
    (digest,) = put_all([content])
    return digest


def put_all(contents: Sequence[bytes]) -> list[str]:
    """Store many and return their SHA-256 in hex, in order. A disk makes many things durable as fast as a few.

    Raises disk.NoRoom; some of them may be there then.
    """
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    new = dict(zip(digests, contents, strict=True))
    with writing():
        _write_new(list(new.items()))
        # Also when the bytes are there already: whoever wrote them may not have come so far yet.
        _at_once(sync, list({folder for digest in new for folder in _unsure(digest)}))
    for digest in new:
        _sure_of()[_number(digest)] = True
    return digests


def hold(stored: Mapping[str, bytes]) -> None:
    """In the transaction that writes the rows, before them: these bytes, stored by `put_all`, stay from now on.

    What was deleted since, because no row named it yet, is stored once more. Raises disk.NoRoom.
    """
    using.share(stored)
    if gone := [content for digest, content in stored.items() if not _path(digest).exists()]:
        put_all(gone)


def get(digest: str) -> bytes:
    """The bytes kept under `digest`. Raises FileNotFoundError when there are none."""
    return _path(digest).read_bytes()


def remove(digest: str, *, unless: Callable[[], bool]) -> None:
    """Delete the bytes under `digest`, for good, `unless` a row names them. Only while `using.alone` holds.

    `unless` is asked again when they are out of everybody's way, and then they go back: a database that was away for
    a moment has forgotten who is alone. What was killed in between is finished here, the one way or the other.
    """
    path = _path(digest)
    aside = path.with_name(f".going-{digest}")
    if not unless():
        with suppress(FileNotFoundError):
            path.replace(aside)
    if not aside.exists():
        return
    if not unless() or path.exists():
        aside.unlink(missing_ok=True)
    else:
        aside.replace(path)
    sync(path.parent)


def tidy() -> int:
    """Delete what processes that were killed, or a full disk, left half written; how many files."""
    gone = 0
    for path in Path(_unfinished()).glob(".new-*"):
        with suppress(FileNotFoundError):
            # Either way: the file may be from a time when the clock ran ahead.
            if abs(time.time() - path.stat().st_mtime) > UNFINISHED:
                path.unlink()
                gone += 1
    return gone


def path_of(digest: str) -> Path:
    """Where the bytes lie, for streaming."""
    return _path(digest)


def _at_once(deed: Callable[[T], None], things: Sequence[T]) -> None:
    """Do it to each; to many at the same time, for all of it is waiting for the disk."""
    if len(things) <= FEW:
        _each(deed, things)
        return
    hands = _hands()
    deeds = [hands.submit(_each, deed, things[hand::HANDS]) for hand in range(HANDS)]
    wait(deeds)  # also when one of them fails: what they hold is closed next
    for one in deeds:
        one.result()


def _each(deed: Callable[[T], None], things: Sequence[T]) -> None:
    for thing in things:
        deed(thing)


def _hands() -> ThreadPoolExecutor:
    """Kept from one time to the next: to start them takes as long as a small write."""
    global _pool
    with _lock:
        _pool = _pool or ThreadPoolExecutor(HANDS, thread_name_prefix="blobs")
        return _pool


def _forget() -> None:
    """In a process forked from this one, which has none of its threads."""
    global _lock, _pool
    _lock, _pool = threading.Lock(), None


def _write_new(new: Sequence[tuple[str, bytes]]) -> None:
    named = [(_folder(digest), digest, content) for digest, content in new]
    waiting = [one for one in named if not _is_there(f"{one[0]}/{one[1]}")]
    for first in range(0, len(waiting), OPEN):
        _write(waiting[first : first + OPEN])


def _write(some: Sequence[tuple[str, str, bytes]]) -> None:
    """Folder, name and bytes of each. Only waiting for the disk is done by many hands: the rest they would do in turns."""
    drafts: list[tuple[int, str]] = []
    try:
        for folder, digest, content in some:
            _want_folders(folder, digest)
            drafts.append(tempfile.mkstemp(dir=_unfinished(), prefix=".new-"))
            _write_whole(drafts[-1][0], content)
        _at_once(_sync, [handle for handle, _draft in drafts])
        for (_handle, draft), (folder, digest, _content) in zip(drafts, some, strict=True):
            Path(draft).replace(f"{folder}/{digest}")
    except BaseException:
        for _handle, draft in drafts:
            Path(draft).unlink(missing_ok=True)
        raise
    finally:
        for handle, _draft in drafts:
            os.close(handle)


def _want_folders(folder: str, digest: str) -> None:
    for one in (folder, _unfinished()):
        if not _is_there(one):
            _sure_of()[_number(digest)] = False
            Path(one).mkdir(parents=True, exist_ok=True)


def _is_there(path: str) -> bool:
    return os.access(path, os.F_OK)


def _write_whole(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def _sync(handle: int) -> None:
    os.fsync(handle)


def _unfinished() -> str:
    """One folder, so that what was left in it is found without looking into all."""
    return f"{settings.BLOBS_DIR}/unfinished"


def _unsure(digest: str) -> Sequence[str]:
    """The folders that must be made durable with a name in the lowest of them: those above it once in a process."""
    store, folder = str(settings.BLOBS_DIR), _folder(digest)
    return (folder,) if _sure_of()[_number(digest)] else (folder, f"{store}/{digest[:2]}", store)


def _sure_of() -> bytearray:
    store = str(settings.BLOBS_DIR)
    if store not in _sure:
        _sure[store] = bytearray(FOLDERS)
    return _sure[store]


def _number(digest: str) -> int:
    return int(digest[:4], 16)


def _path(digest: str) -> Path:
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("A blob is named by its SHA-256 in hex.")
    return Path(_folder(digest)) / digest


def _folder(digest: str) -> str:
    """As text: a path takes longer to put together than the system to find it."""
    return f"{settings.BLOBS_DIR}/{digest[:2]}/{digest[2:4]}"


os.register_at_fork(after_in_child=_forget)
