"""What keeps the processes of a desk small and quick: one heap, shared imports, no look for garbage where none is.

Where the C library is not glibc, what is said of its heap is left undone.
"""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MADE_AT_ONCE = 10_000
"""Objects that a portion of mail makes and needs until it is written down: fewer are not worth a look for garbage."""

_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
_LARGE = 256 * 1024
_ALIGNED = 16
_HOLES = (*(2**power for power in range(17, 10, -1)), *range(1024, _ALIGNED, -_ALIGNED))
"""Bytes of what is taken to fill holes, the largest first."""
_DONTNEED = 4
_MAPPED = r"^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ (\d+).*\n((?:[A-Z].*\n?)*)"


def keep_one_heap() -> None:
    """All threads take memory from one heap, and what is large goes back to the system at once.

    glibc gives each thread a heap of its own, whose free memory is no use to the others, and keeps more and more of
    what is large.
    """
    with contextlib.suppress(ImportError, OSError, AttributeError, MemoryError):
        import ctypes

        tune = ctypes.CDLL(None).mallopt
        tune(_M_ARENA_MAX, 1)
        tune(_M_MMAP_THRESHOLD, _LARGE)
        tune(_M_TRIM_THRESHOLD, 2 * _LARGE)


def share_what_is_imported() -> None:
    """Before a fork. Nothing of it is ever garbage: looking whether it is would copy its pages into each child."""
    gc.collect()
    fill_holes()
    let_go_of_libraries()
    gc.freeze()


def fill_holes() -> int:
    """Take what is free between what is imported, for good, so that no child writes there; how many bytes that were.

    Imports leave thousands of small holes. A child finds the little that it needs in them, and copies a page for each:
    the tables of one connection to SQLite, 300 KB, came to 2.6 MiB.
    """
    taken = 0
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes

        libc = ctypes.CDLL(None)
        libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
        libc.free.argtypes = [ctypes.c_void_p]
        behind = _end_of(libc)
        libc.malloc_trim(0)
        for size in _HOLES:
            while (found := libc.malloc(size)) and found < behind:
                taken += size
            libc.free(found)
    return taken


def let_go_of_libraries() -> int:
    """Give back the pages of shared libraries that were only read while they were loaded; how many bytes lay there.

    Whoever needs one of them reads it again, from the system's memory of the file. A child takes none of them along, so
    that the first process alone would hold them: 10 MiB. Only where no page differs from the file; on Linux.
    """
    given = 0
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes

        advise = ctypes.CDLL(None).madvise
        advise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        for begins, ends in _like_their_files(Path("/proc/self/smaps").read_text()):
            given += (ends - begins) * (advise(begins, ends - begins, _DONTNEED) == 0)
    return given


def look_for_garbage_less_often() -> None:
    """In a process that works by the portion: else it goes through what it still needs, over and over."""
    gc.freeze()
    gc.set_threshold(MADE_AT_ONCE, *gc.get_threshold()[1:])


def _end_of(libc: Any) -> int:
    """The address from which on nothing of the heap was ever in use."""
    import ctypes

    class Told(ctypes.Structure):
        _fields_ = [(name, ctypes.c_size_t) for name in (*"abcdefghi", "at_the_end")]

    libc.mallinfo2.restype, libc.sbrk.restype, libc.sbrk.argtypes = Told, ctypes.c_void_p, [ctypes.c_ssize_t]
    return int(libc.sbrk(0)) - int(libc.mallinfo2().at_the_end)


def _like_their_files(told: str) -> Iterator[tuple[int, int]]:
    """Where files lie in memory that nobody here can write to, and where nobody has (proc(5), smaps)."""
    for begins, ends, rights, inode, rest in re.findall(_MAPPED, told, re.MULTILINE):
        own = re.search(r"^Anonymous: +(\d+) kB$", rest, re.MULTILINE)
        if "w" not in rights and inode != "0" and own and own[1] == "0":
            yield int(begins, 16), int(ends, 16)
