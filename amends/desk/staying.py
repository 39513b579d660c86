"""How long a browser stays signed in: some days without a sign of anybody, two weeks at most (ASVS 7.3.1, 7.3.2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from amends.kit import disk

KEY = "stay"
IDLE = timedelta(days=3)
"""A long weekend passes; a browser that somebody left behind does not stay open."""
LONGEST = timedelta(days=14)
NOTED_EVERY = timedelta(minutes=15)
"""How exactly it is known when somebody was last there: each note is a write."""


def over(session: SessionBase, now: datetime) -> bool:
    """Is its time over? If not, it is noted from time to time that somebody is there; not on a disk that takes nothing.

    A sign-in gives the session a new key: its time begins again with it.
    """
    at, stay = now.timestamp(), session.get(KEY)
    if not stay and disk.trouble():
        return False
    if not stay or stay["of"] != session.session_key:
        session[KEY] = {"of": session.session_key, "began": at, "seen": at}
        return False
    # Seen in the future, by a clock that ran ahead: nobody stays signed in until then.
    if stay["seen"] - at > IDLE.total_seconds():
        return True
    if at - stay["began"] > LONGEST.total_seconds() or at - stay["seen"] > IDLE.total_seconds():
        return True
    if at - stay["seen"] > NOTED_EVERY.total_seconds() and not disk.trouble():
        session[KEY] = {**stay, "seen": at}
    return False
