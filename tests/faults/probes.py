"""Where the desk is just now, told to whoever will kill it; and points with names at which it kills itself.

Installed by wrapping what every flow must pass: the commit, the disk, the line to the mail server, the answer. The
product knows nothing of it.
"""

from __future__ import annotations

import mmap
import os
import signal
import smtplib
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

ROOM = 200
Hook = Callable[[str], None]


class Probe:
    """What is happening, in memory that outlives the process. One for each child."""

    def __init__(self) -> None:
        self.fresh()

    def fresh(self, armed: str = "") -> None:
        """For the next child: nothing has happened yet. It ends itself at the point `armed`."""
        self.memory = mmap.mmap(-1, ROOM)
        self.armed = armed
        self.flow = ""
        self.passed: list[str] = []
        self.hook: Hook | None = None
        """Called with the operation's kind before it happens; it may raise instead."""
        self.failed = 0
        """How often it did."""
        self._counts: Counter[str] = Counter()

    def begin(self, flow: str) -> None:
        """From here on it is this flow; its operations are counted anew."""
        self.flow = flow
        self._counts.clear()
        self.note("begun")

    def note(self, what: str) -> None:
        """Not a point, only a place."""
        inside = "T" if connection.in_atomic_block else "-"
        text = f"{inside} {self.flow}/{what}".encode()[: ROOM - 1]
        self.memory[: len(text) + 1] = text + b"\0"

    def around(self, operation: str, do: Callable[[], Any]) -> Any:
        """Do it, with a point before and a point after."""
        if not self.flow:
            return do()
        self._counts[operation] += 1
        name = f"{self.flow}/{operation} {self._counts[operation]}"
        self._point(f"{name} before")
        self.perhaps_fail(operation)
        result = do()
        self._point(f"{name} after")
        return result

    def perhaps_fail(self, operation: str) -> None:
        """Let the hook raise instead of this operation."""
        if self.hook is None:
            return
        try:
            self.hook(operation)
        except Exception:
            self.failed += 1
            raise

    def _point(self, name: str) -> None:
        self.note(name.partition("/")[2])
        self.passed.append(name)
        if name == self.armed:
            os.kill(os.getpid(), signal.SIGKILL)


probe = Probe()
"""Of this process: whoever forks calls `fresh` before, and keeps its memory."""


def seen(memory: mmap.mmap) -> str:
    """For the parent: the last place, as ``T flow/what``; T inside a transaction, - outside."""
    return memory[:].split(b"\0", 1)[0].decode()


def install() -> None:
    """Wrap the operations, for good: call it in a process of its own."""
    _wrap(BaseDatabaseWrapper, "_commit", "commit")
    for name in ("fsync", "replace", "rename", "link", "unlink"):
        _wrap(os, name, name)
    _wrap_smtp()


def watch_statements() -> None:
    """What is said to the database: a change outside a transaction is a commit of its own."""
    connection.execute_wrappers.append(_statement)


def _statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if not connection.in_atomic_block and not sql.startswith("SELECT"):
        return probe.around("write", lambda: execute(sql, params, many, context))
    if probe.flow:
        probe.note("statement")
        probe.perhaps_fail("statement")
    return execute(sql, params, many, context)


def _wrap(place: Any, name: str, operation: str) -> None:
    original = getattr(place, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return probe.around(operation, lambda: original(*args, **kwargs))

    setattr(place, name, wrapped)


def _wrap_smtp() -> None:
    send, getreply = smtplib.SMTP.send, smtplib.SMTP.getreply

    def sending(smtp: smtplib.SMTP, what: Any) -> None:
        said = what if isinstance(what, str) else "." if what == b".\r\n" else "letter"
        probe.around(f"smtp {said.split()[0].split(':')[0]}", lambda: send(smtp, what))

    def hearing(smtp: smtplib.SMTP) -> Any:
        return probe.around("smtp answer", lambda: getreply(smtp))

    smtplib.SMTP.send = sending  # type: ignore[method-assign, assignment]
    smtplib.SMTP.getreply = hearing  # type: ignore[method-assign, assignment]
