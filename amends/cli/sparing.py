"""What keeps the processes of a desk small and quick: one heap, shared imports, no look for garbage where none is."""

from __future__ import annotations

import contextlib
import gc

MADE_AT_ONCE = 10_000
"""Objects that a portion of mail makes and needs until it is written down: fewer are not worth a look for garbage."""

_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
_LARGE = 256 * 1024


def keep_one_heap() -> None:
    """All threads take memory from one heap, and what is large goes back to the system at once.

    glibc gives each thread a heap of its own, whose free memory is no use to the others, and keeps more and more of
    what is large. Where there is another library, nothing is done.
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
    gc.freeze()


def look_for_garbage_less_often() -> None:
    """In a process that works by the portion: else it goes through what it still needs, over and over."""
    gc.freeze()
    gc.set_threshold(MADE_AT_ONCE, *gc.get_threshold()[1:])
