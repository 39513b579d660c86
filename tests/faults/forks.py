"""The fork server: this process has everything imported; each child begins where it stands, and may be killed."""

from __future__ import annotations

import gc
import json
import mmap
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.db import connection, connections

from tests.faults import probes
from tests.faults.deeds import Answer, Order, do

BUFFER = 4 * 1024 * 1024


@dataclass
class Child:
    """A forked desk that takes orders: `hear()` gives its answers, `kill()` ends it without a word."""

    pid: int
    line: socket.socket
    memory: mmap.mmap
    _rest: bytes = b""
    _gone: bool = False
    _used: float = 0.0

    def send(self, orders: Iterable[Order]) -> None:
        self.line.sendall(b"".join(json.dumps(order).encode() + b"\n" for order in orders))

    def done_sending(self) -> None:
        """No more orders: the child ends when it has done them all."""
        self.line.shutdown(socket.SHUT_WR)

    def hear(self, until: float | None = None) -> list[Answer]:
        """Answers as they come; all of them once the child has ended, or those until a moment of time.monotonic()."""
        answers: list[Answer] = []
        while not self._gone:
            left = None if until is None else until - time.monotonic()
            if left is not None and (left <= 0 or not select.select([self.line], [], [], left)[0]):
                break
            try:
                chunk = self.line.recv(65536)
            except ConnectionResetError:  # it died with orders unread; what it had said came before
                chunk = b""
            self._gone = not chunk
            *whole, self._rest = (self._rest + chunk).split(b"\n")
            answers += [json.loads(line) for line in whole]
        return answers

    def cpu_seconds(self) -> float:
        """Processor time that it has had since it was ready."""
        return time.clock_gettime(~self.pid << 3 | 2) - self._used

    def hear_ready(self) -> list[Answer]:
        """Wait until it has its database open; what it has said by then besides."""
        answers: list[Answer] = []
        while not any("ready" in answer for answer in answers) and not self._gone:
            answers += self.hear(until=time.monotonic() + 0.001)
        self._used = self.cpu_seconds()
        return answers

    def kill(self) -> list[Answer]:
        """SIGKILL; what it had said by then, and no more."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self.end()[0]

    def end(self) -> tuple[list[Answer], int]:
        """Wait until it has ended: its last answers, and how it ended (negative: by which signal)."""
        answers = self.hear()
        _, status = os.waitpid(self.pid, 0)
        self.line.close()
        return answers, os.waitstatus_to_exitcode(status)


def fork(*, armed: str = "", first: Callable[[], object] | None = None) -> Child:
    """A child that waits for orders; `first` is called in it before anything else, to break something."""
    connections.close_all()
    gc.freeze()
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    probes.probe.fresh(armed)
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        theirs.close()
        return Child(pid, ours, probes.probe.memory)
    ours.close()
    status = 1
    try:
        _serve(theirs, first)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _serve(line: socket.socket, first: Callable[[], object] | None) -> None:
    if first is not None:
        first()
    connection.ensure_connection()
    probes.watch_statements()

    def say(answer: Answer) -> None:
        line.sendall(json.dumps(answer).encode() + b"\n")

    say({"ready": True})
    for order in map(json.loads, line.makefile("rb")):
        do(order, say)
    say({"points": probes.probe.passed, "failed": probes.probe.failed})
