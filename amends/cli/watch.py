"""Watches the processes of `amends run`: when it is told to stop, or one of them ends, all end.

A program of its own that knows nothing of the desk. Whoever forked them turns into it (`watch`), so that what was
imported for them does not lie in memory a third time.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable

_STOP = {signal.SIGTERM, signal.SIGINT}
_HEARD = {*_STOP, signal.SIGCHLD, signal.SIGALRM}
_EVERY = 1.0
"""Seconds between two looks, whether or not anything was heard."""
_LAST_SECONDS = 8.0


def hold_signals() -> None:
    """Before the first is forked: what comes from here on waits until it is asked for, even over a change of program."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)


def let_signals_through() -> None:
    """In each of them."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEARD)


def watch(children: Iterable[int]) -> int:
    """Turn into the program that watches these; the exit status, where this process cannot become another program."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    try:
        os.execv(sys.executable, [sys.executable, "-I", "-S", __file__, *map(str, children)])  # noqa: S606
    except OSError:
        return until_all_end(set(children))


def until_all_end(children: set[int], patience: float = _LAST_SECONDS) -> int:
    """1 when one of them ended by itself. Who has not ended so many seconds after being told is ended."""
    hold_signals()
    signal.setitimer(signal.ITIMER_REAL, _EVERY, _EVERY)
    has_failed = False
    while not has_failed and signal.sigwait(_HEARD) not in _STOP:
        has_failed = _reap(children)
    _tell(children, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while children and time.monotonic() < deadline:
        signal.sigwait(_HEARD)
        _reap(children)
    _tell(children, signal.SIGKILL)
    return int(has_failed)


def _reap(children: set[int]) -> bool:
    """Take ended children off the list; True when one had ended."""
    ended = {child for child in children if os.waitpid(child, os.WNOHANG) != (0, 0)}
    children -= ended
    return bool(ended)


def _tell(children: set[int], number: int) -> None:
    for child in children:
        os.kill(child, number)


if __name__ == "__main__":
    sys.exit(until_all_end({int(child) for child in sys.argv[1:]}))
