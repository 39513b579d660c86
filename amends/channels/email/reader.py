"""Mail read by another process, under limits of time and memory, so that no mail can stop or swell the desk.

One process reads many mails; while the desk stores one message, it reads the next. A mail that ends it, or that it
does not answer, is `Unreadable`; those that waited behind it go to a new process.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeVar

from django.utils.translation import gettext as _

from amends.channels.email import frames, limits
from amends.channels.email.apart import OUT_OF_MEMORY, Limits
from amends.channels.email.child import Child, Ended
from amends.channels.message import IncomingMessage, Unreadable

SECONDS = 5.0
"""So long may one mail go without an answer, however little of a processor it gets."""
AHEAD_MAILS = 150
AHEAD_BYTES = 4 * 1024 * 1024
"""How many mails, and how many bytes of them, are handed over before the first answer is taken."""
_CHANCES = 3

Key = TypeVar("Key")
Outcome = IncomingMessage | Unreadable


@dataclass
class _Asked:
    raw: bytes
    deaths: int = 0
    """How often a process ended on it without a reason that we know."""


class Reader(AbstractContextManager["Reader"]):
    """Reads mails in the order given. For one thread at a time; `channels.reading` lends them out.

    `look` names a function that sees each message there (`apart.Look`).

    Raises OSError when no process can be started: the machine's trouble, and not the mail's.
    """

    def __init__(self, allowed: Limits = Limits(), seconds: float = SECONDS, look: str = "") -> None:  # noqa: B008 (frozen)
        self._allowed = allowed
        self._look = look
        self._seconds = seconds
        self._child: Child | None = None
        self._asked: deque[_Asked] = deque()
        self._bytes = 0
        """Of the mails that were asked."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def read(self, raw: bytes) -> Outcome:
        """One mail, waited for. Nothing else may be under way."""
        self.ask(raw)
        return self.answer()

    def read_all(self, mails: Iterable[tuple[Key, bytes]]) -> Iterator[tuple[Key, Outcome]]:
        """Every mail's outcome beside its key, in order; `mails` is taken from only a little ahead."""
        keys: deque[Key] = deque()
        for key, raw in mails:
            keys.append(key)
            self.ask(raw)
            while self.is_full:
                yield keys.popleft(), self.answer()
        while keys:
            yield keys.popleft(), self.answer()

    def ask(self, raw: bytes) -> None:
        """Hand a mail over, without waiting."""
        # One byte more than is read, so that the reader sees that the mail was longer.
        asked = _Asked(raw[: limits.MESSAGE_BYTES + 1])
        self._asked.append(asked)
        self._bytes += len(asked.raw)
        if self._child is None:
            self._child = self._started()
        else:
            self._child.put(asked.raw)
        self._child.move()

    def answer(self) -> Outcome:
        """The outcome of the oldest mail that was handed over."""
        while True:
            child = self._child = self._child or self._started()
            try:
                frame = child.next(self._seconds)
            except Ended as end:
                self._child = None
                outcome: Outcome | None = self._after(end, fresh=child.answered == 0)
            else:
                child.move()
                outcome = _outcome(frame)
            if outcome is not None:
                self._bytes -= len(self._asked.popleft().raw)
                return outcome

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return self._child.pid if self._child is not None else None

    @property
    def is_full(self) -> bool:
        """Whether an answer should be taken before more is handed over."""
        return len(self._asked) >= AHEAD_MAILS or self._bytes >= AHEAD_BYTES

    @property
    def is_idle(self) -> bool:
        """Nothing is under way."""
        return not self._asked

    def close(self) -> None:
        """End the process; what is under way is forgotten."""
        if self._child is not None:
            self._child.end()
        self._child = None
        self._asked.clear()
        self._bytes = 0

    def forget(self) -> None:
        """After a fork: the process belongs to the parent."""
        if self._child is not None:
            self._child.let_go()
        self._child = None
        self._asked.clear()
        self._bytes = 0

    def _started(self) -> Child:
        child = Child(self._allowed, self._look)
        for asked in self._asked:
            child.put(asked.raw)
        return child

    def _after(self, end: Ended, *, fresh: bool) -> Unreadable | None:
        """What the end of the process says of the oldest mail; None when it gets another chance in a new one.

        A process that has read others before may have brought something along from them; only a fresh one tells.
        """
        if not end.was_ready:
            raise ChildProcessError(f"The process that reads mail could not be started (status {end.status}).")
        if end.status == -signal.SIGPROF:
            return Unreadable(
                _("It took more than %(seconds)g seconds to read.") % {"seconds": self._allowed.cpu_seconds}
            )
        if end.status == 0 or not fresh:
            return None
        if end.is_stuck:
            return Unreadable(_("It was not read within %(seconds)g seconds.") % {"seconds": self._seconds})
        if end.status == OUT_OF_MEMORY:
            size = self._allowed.growth // 1024 // 1024
            return Unreadable(_("It took more than %(size)d MB of memory to read.") % {"size": size})
        self._asked[0].deaths += 1
        if self._asked[0].deaths < _CHANCES:
            return None
        return Unreadable(_("Its reader ended with status %(status)d.") % {"status": end.status})


def _outcome(frame: tuple[int, memoryview, memoryview]) -> Outcome:
    kind, words, files = frame
    if kind == frames.READ:
        return frames.unpack(words, files)
    return Unreadable(_("The reader failed at it: %(error)s.") % {"error": str(words, "utf-8", "replace")})
