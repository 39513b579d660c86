"""Pieces of pages that were drawn before, kept by their size: a letter may be a line or a megabyte."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from threading import Lock

from django.utils.safestring import SafeString

ROOM = 4 * 1024 * 1024
"""Bytes for all pieces together: a hundred cases with ten letters, or a thousand and more rows of lists."""
_FIXED = 1024
"""Bytes of what a piece is known by: its inputs, or what stands for them where they are long."""

Inputs = tuple[Hashable, ...]


class Drawings:
    """Keeps what was drawn or used last, as much as there is room for. For any number of threads.

    There are two halves. When the new one is full, it becomes the old one, and what nobody used meanwhile is gone: to
    find a piece takes one look, and to use it changes nothing.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._half = room // 2
        self._largest = room // 32
        self._lock = Lock()
        self._new: dict[Inputs, SafeString] = {}
        self._old: dict[Inputs, SafeString] = {}
        self._used = 0

    def of(self, inputs: Inputs, draw: Callable[[], SafeString]) -> SafeString:
        """What `draw` makes of these inputs; drawn now, or before from equal ones."""
        piece = self._new.get(inputs)
        if piece is None:
            piece = self._old.get(inputs)
            if piece is None:
                piece = draw()
            self._keep(inputs, piece)
        return piece

    def forget(self) -> None:
        """Everything: words were taken out of what it was drawn from, and must not outlive it here."""
        with self._lock:
            self._new, self._old, self._used = {}, {}, 0

    @property
    def bytes(self) -> int:
        """What all of it takes."""
        return sum(_size(piece) for half in (self._new, self._old) for piece in half.values())

    def _keep(self, inputs: Inputs, piece: SafeString) -> None:
        size = _size(piece)
        if size > self._largest:
            return
        with self._lock:
            if self._used + size > self._half:
                self._old, self._new, self._used = self._new, {}, 0
            self._used += size
            self._new[inputs] = piece


def _size(piece: SafeString) -> int:
    return _FIXED + sys.getsizeof(piece)
