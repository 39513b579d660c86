"""Which messages can be taken in together: those that have nothing to do with each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeVar

from amends.channels.message import IncomingMessage
from amends.channels.models import Kept
from amends.flows.intake import Read

T = TypeVar("T")
Found = tuple[Kept, Read | Exception]

TOGETHER_BYTES = 16 * 1024 * 1024
"""As they were kept; whatever is larger is a batch of its own."""


def apart(found: Iterable[Found], most: int) -> Iterator[list[Found]]:
    """In batches of at most so many in which no message has to know of another: none by the same person, none about
    the same letter. Whatever has to wait is in the next batch, in the order in which it came. Large messages are fewer:
    what is attached to a whole batch lies in memory.
    """
    coming = iter(found)
    waiting: deque[Found] = deque()
    while True:
        batch: list[Found] = []
        later: list[Found] = []
        known: set[str] = set()
        size = 0
        while max(len(batch), len(later)) < most and size < TOGETHER_BYTES and (one := _next(waiting, coming)):
            size += one[0].size or 0
            names = _names(one[1].message) if isinstance(one[1], Read) else set()
            (batch if known.isdisjoint(names) else later).append(one)
            known |= names
        if not batch:
            return
        yield batch
        waiting.extendleft(reversed(later))


def _next(waiting: deque[T], coming: Iterator[T]) -> T | None:
    return waiting.popleft() if waiting else next(coming, None)


def _names(message: IncomingMessage) -> set[str]:
    letters = (message.message_id, message.in_reply_to, *message.references)
    return {name for name in (message.sender.address.lower(), message.case_token, *letters) if name}
