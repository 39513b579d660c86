"""Kept bytes as messages. Mail is read apart, by a limited process (`email.reader`); what we wrote ourselves, here."""

from __future__ import annotations

import atexit
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.conf import settings

from amends.channels.email import read as email
from amends.channels.email.reader import Outcome, Reader
from amends.channels.registry import adapter_of

__all__ = ["Outcome", "read", "read_all"]

Key = TypeVar("Key")

_resting: list[Reader] = []
_lock = threading.Lock()
_MOST_RESTING = 1


def read(kind: str, raw: bytes) -> Outcome:
    """The message in `raw`, which came by an account of this kind, or why it could not be read.

    Raises OSError when the machine has no room for another process; trying again later helps then.
    """
    if not _is_mail(kind):
        return adapter_of(kind).read(raw)
    with _lent() as reader:
        return reader.read(raw)


def read_all(messages: Iterable[tuple[Key, str, bytes]]) -> Iterator[tuple[Key, Outcome]]:
    """The outcome for each (key, account's kind, bytes), in order; raises as `read` does.

    While the caller works on one outcome, the next are read; `messages` is taken from only a little ahead.
    """
    with _lent() as reader:
        ahead: deque[tuple[Key, Outcome | None]] = deque()
        for key, kind, raw in messages:
            if _is_mail(kind):
                reader.ask(raw)
                ahead.append((key, None))
            else:
                ahead.append((key, adapter_of(kind).read(raw)))
            while reader.is_full:
                yield _first(ahead, reader)
        while ahead:
            yield _first(ahead, reader)


def _is_mail(kind: str) -> bool:
    return adapter_of(kind).read is email.read


def _first(ahead: deque[tuple[Key, Outcome | None]], reader: Reader) -> tuple[Key, Outcome]:
    key, outcome = ahead.popleft()
    return key, reader.answer() if outcome is None else outcome


@contextmanager
def _lent() -> Iterator[Reader]:
    with _lock:
        reader = _resting.pop() if _resting else Reader(look=settings.FIRST_LOOK)
    try:
        yield reader
    finally:
        with _lock:
            stays = reader.is_idle and len(_resting) < _MOST_RESTING
            if stays:
                _resting.append(reader)
        if not stays:
            reader.close()


def _close() -> None:
    while _resting:
        _resting.pop().close()


def _forget() -> None:
    """In a process forked from this one: neither its lock nor its readers are ours."""
    global _lock
    _lock = threading.Lock()
    while _resting:
        _resting.pop().forget()


atexit.register(_close)
os.register_at_fork(after_in_child=_forget)
