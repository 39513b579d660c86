"""What becomes of a letter that did not leave, and how long it waits. Pure."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from zlib import crc32

from amends.channels.message import ChannelError

OURS = frozenset({"settings", "host", "connect", "tls", "auth", "token", "protocol", "port", "disk"})
"""Codes that tell of our mailbox, not of the letter: it waits until the mailbox is mended."""
SURE = OURS - {"connect", "protocol", "host"}
"""Of these: what no chance explains."""
SERVER_SPOKE = frozenset({"refused", "later", "some_refused", "too_large"})
"""Codes of a server that works and has something against this letter."""
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 720, 1440)]
"""Between tries; after the last the letter counts as not to be delivered (about two days)."""
MENDED_SOON = timedelta(minutes=15)
"""The longest wait for our own mailbox: it may be mended any moment."""
JITTER = 0.25
"""Letters that failed together come back one after the other, up to this share of the wait later."""

LONGEST = max(WAITS) * (1 + JITTER)


class Fate(Enum):
    """What an answer means for the letter."""

    OURS = "the mailbox waits, and the letter with it"
    LATER = "the letter is tried again"
    REFUSED = "the letter does not leave; its owner is told"
    DOUBT = "it may have arrived"


def fate(error: ChannelError) -> Fate:
    """What becomes of the letter (reliability §4.3, row SMTP)."""
    if error.code == "in_doubt":
        return Fate.DOUBT
    if error.code in OURS:
        return Fate.OURS
    return Fate.REFUSED if error.permanent else Fate.LATER


def wait_after(tries: int, key: str, *, ours: bool = False) -> timedelta:
    """How long after the try with this number; `key` names the letter, so that each has its own share of jitter."""
    wait = WAITS[min(max(tries, 1), len(WAITS)) - 1]
    if ours:
        wait = min(wait, MENDED_SOON)
    share = crc32(f"{key} {tries}".encode()) / 2**32
    return wait * (1 + JITTER * share)
