"""What must be on disk before it is said to be kept, and whether there is room for it."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


class NoRoom(OSError):
    """The disk is almost full: nothing more is taken in, so that what was taken in stays safe."""

    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, "the disk of the desk is almost full; nothing was taken in")


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
    """How it stands now. About two microseconds."""
    folder = Path(settings.BLOBS_DIR)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return Room(usage.total, usage.free)


def want_room() -> None:
    """Before something is taken in. Raises NoRoom below the floor; it ends as soon as there is room again."""
    if room().short:
        raise NoRoom


def sync(folder: Path) -> None:
    """Return once the names in `folder` would outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
