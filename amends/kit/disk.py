"""What must be on disk before it is said to be kept, and whether there is room for it."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SHUT = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})
LOOKED_EVERY = 5.0
"""Seconds that an answer of `trouble` is good for: it writes a little to find out."""

Trouble = Literal["", "full", "shut"]


class NoRoom(OSError):
    """Nothing can be written: nothing more is taken in, so that what was taken in stays safe."""

    def __init__(self, number: int = errno.ENOSPC) -> None:
        what = "cannot be written on" if number in SHUT else "is almost full"
        super().__init__(number, f"the disk of the desk {what}; nothing was taken in")

    @property
    def trouble(self) -> Trouble:
        return "shut" if self.errno in SHUT else "full"


@dataclass(frozen=True)
class Room:
    """Bytes of the disk on which letters and files lie."""

    total: int
    free: int

    @property
    def floor(self) -> int:
        """Below so many free bytes nothing more is taken in: a share of the disk, but on a large one no waste."""
        return min(int(self.total * settings.DISK_FLOOR_SHARE), settings.DISK_FLOOR_BYTES)

    @property
    def short(self) -> bool:
        return self.free < self.floor


def room() -> Room:
    """How it stands now, on the fuller disk where database and letters lie on two. Some microseconds."""
    return min((Room(*shutil.disk_usage(one)[::2]) for one in _folders()), key=lambda one: one.free - one.floor)


def want_room() -> None:
    """Before something is taken in. Raises NoRoom below the floor; it ends as soon as there is room again."""
    if room().short:
        raise NoRoom


@contextmanager
def writing() -> Iterator[None]:
    """Raises NoRoom when the disk does not take what is written inside."""
    try:
        yield
    except NoRoom:
        raise
    except OSError as error:
        if error.errno in FULL | SHUT:
            raise NoRoom(error.errno) from error
        raise


def trouble() -> Trouble:
    """Whether something could be written now: for every page and every watchdog, so it looks every few seconds only."""
    return _LOOKED.now()


def sync(folder: Path | str) -> None:
    """Return once the names in `folder` would outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Looked:
    """The last look of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at, self._found = float("-inf"), ""

    def now(self) -> Trouble:
        if room().short:
            return "full"
        with self._lock:
            if time.monotonic() - self._at > LOOKED_EVERY or self._found:
                self._found, self._at = look(), time.monotonic()
            return self._found


def look() -> Trouble:
    """Write a little and say what came of it."""
    try:
        with writing():
            for folder in _folders():
                with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
                    file.write(b"\0" * 4096)
    except NoRoom as error:
        return error.trouble
    except OSError:
        return "shut"
    return ""


def _folders() -> list[Path]:
    """Where letters lie, and the database if it is a file."""
    database = settings.DATABASES["default"]
    found = [_there(Path(settings.BLOBS_DIR))]
    if "sqlite3" in str(database["ENGINE"]) and not str(database["NAME"]).startswith("file:"):
        found.append(_there(Path(str(database["NAME"])).parent))
    return list(dict.fromkeys(found))


def _there(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


_LOOKED = _Looked()
