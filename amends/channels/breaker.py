"""A mailbox whose server fails again and again: its letters wait together, and one at a time asks if it is over.

Pure. Two values on the account's row say it all: how many failures there were in a row, and until when all wait.

    closed      letters leave
      │  a failure that waiting cannot mend, or `PATIENCE` others in a row
    open        all letters wait until `until`
      │  the time has come
    half open   one letter, the probe, tries; the others wait for what it finds
      │  it left: closed      it failed: open again, for longer      it found nothing out: half open, the next one tries
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PATIENCE = 3
"""Failures in a row that may be chance: a lost connection, a server that restarts."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
"""A mailbox may be mended any moment."""
FARTHEST = LONGEST_WAIT + timedelta(minutes=1)
"""A time farther off than this was written by a clock that ran wrong: nobody waits for it."""


class State(StrEnum):
    """Whether letters may leave."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True)
class Breaker:
    """Failures in a row, and until when all wait; None when nobody waits."""

    failures: int = 0
    until: datetime | None = None

    def state(self, now: datetime) -> State:
        """Where it stands."""
        if self.until is None:
            return State.CLOSED
        return State.OPEN if now < self.until <= now + FARTHEST else State.HALF_OPEN


def failed(before: Breaker, now: datetime, *, sure: bool) -> Breaker:
    """A letter could not leave, and it was the mailbox. `sure`: no chance, such as a refused password."""
    failures = min(before.failures + 1, 1000)
    if before.until is None and not sure and failures < PATIENCE:
        return Breaker(failures)
    return Breaker(failures, now + wait_after(failures, sure=sure))


def worked() -> Breaker:
    """The server answered as it should."""
    return Breaker()


def probing(before: Breaker, now: datetime, lasts: timedelta) -> Breaker:
    """One letter tries; whoever carries it may die, so the others wait no longer than `lasts`."""
    return Breaker(before.failures, now + lasts)


def learnt_nothing(before: Breaker, now: datetime) -> Breaker:
    """The probe had a fault of its own and never got as far as the mailbox: the next letter may try."""
    return Breaker(before.failures, now)


def wait_after(failures: int, *, sure: bool) -> timedelta:
    """One minute, then twice as long each time, up to `LONGEST_WAIT`."""
    opened = failures if sure else max(failures - PATIENCE + 1, 1)
    return min(FIRST_WAIT * (1 << min(opened - 1, 10)), LONGEST_WAIT)
