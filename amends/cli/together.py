"""Two processes of `amends run` stand and fall together: when one is told to stop, or ends, so does the other.

No third one watches them, which would cost memory and know nothing: the first works, the other is its child. Each has
a thread that waits for the end of the other.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

_STOP = (signal.SIGTERM, signal.SIGINT)
_EVERY = 1.0
"""Seconds between two looks whether the first is still there."""
LAST_SECONDS = 8.0
"""Until whoever does not end by itself is ended."""


def hold_signals() -> None:
    """Before the fork: what comes from here on waits until somebody can heed it, even in the first process of a container."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)


def let_signals_through() -> None:
    """In each of them, once it can."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)


class Child:
    """The other process, as the first sees it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended_by_itself = False
        self._told = False
        self._then: Callable[[], object] = lambda: None
        self._thread = threading.Thread(target=self._wait, name="beside", daemon=True)
        self._thread.start()

    def stop_with(self, stop: Callable[[], object], patience: float = LAST_SECONDS) -> None:
        """From now on `stop` is called, once, when this process is told to stop, or the child has ended by itself.

        `stop` may be called by a signal's handler. So many seconds later nobody is left, whoever hangs.
        """

        def both(*_: Any) -> None:
            if not self._told:
                self._told = True
                threading.Thread(target=self._end_whoever_hangs, args=[patience], daemon=True).start()
                self._tell(signal.SIGTERM)
                stop()

        self._then = both
        for number in _STOP:
            signal.signal(number, both)
        let_signals_through()
        if not self.pid:
            both()

    def end(self) -> int:
        """Tell the child to stop, wait for it; the exit status of both: 1 when it had ended by itself."""
        self._told = True
        self._tell(signal.SIGTERM)
        self._thread.join(LAST_SECONDS)
        self._tell(signal.SIGKILL)
        self._thread.join()
        return int(self.ended_by_itself)

    def _wait(self) -> None:
        os.waitpid(self.pid, 0)
        self.ended_by_itself = not self._told
        self.pid = 0
        self._then()

    def _tell(self, number: int) -> None:
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def _end_whoever_hangs(self, patience: float) -> None:
        time.sleep(patience)
        self._tell(signal.SIGKILL)
        os._exit(int(self.ended_by_itself))


def end_with(parent: int, patience: float = LAST_SECONDS) -> None:
    """In the child: it is told to stop when the process `parent` is gone, and has so many seconds then."""
    threading.Thread(target=_until_orphaned, args=[parent, patience], daemon=True).start()
    let_signals_through()


def _until_orphaned(parent: int, patience: float) -> None:
    while os.getppid() == parent:
        time.sleep(_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(patience)
    os._exit(1)
