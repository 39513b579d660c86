"""A process that reads mail, and the two pipes to it. It never blocks both ways: what cannot be written waits."""

from __future__ import annotations

import fcntl
import json
import os
import select
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

from amends.channels.email import apart, frames

_START = """
import json, sys
limits, look, *sys.path[:] = sys.argv[1:]
from amends.channels.email import apart
apart.main(apart.Limits(**json.loads(limits)), look)
"""
_START_SECONDS = 60.0
_PATIENCE = 12
"""So many times the seconds a process may take that wants to work and gets no processor: that is not the mail's doing."""
_CHUNK = 1024 * 1024
_F_SETPIPE_SZ = 1031
_LAST_SECONDS = 5.0

Answer = tuple[int, memoryview, memoryview]


class Ended(Exception):
    """The process is over. `status` is negative for a signal; `is_stuck` when it was ended for its silence."""

    def __init__(self, status: int, *, was_ready: bool, is_stuck: bool) -> None:
        super().__init__(status)
        self.status = status
        self.was_ready = was_ready
        self.is_stuck = is_stuck


class Child:
    """One such process. Raises OSError when it cannot be started."""

    def __init__(self, limits: apart.Limits, look: str = "") -> None:
        # A new interpreter and not a fork: the desk has threads, whose locks a fork would take along.
        self._process = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-S", "-c", _START, json.dumps(vars(limits)), look, *sys.path],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise ChildProcessError("The process that reads mail has no pipes.")
        self._pipes = (self._process.stdin, self._process.stdout)
        self._in, self._out = (pipe.fileno() for pipe in self._pipes)
        for end in (self._in, self._out):
            os.set_blocking(end, False)
            with suppress(OSError):  # the default is smaller, and as good
                fcntl.fcntl(end, _F_SETPIPE_SZ, _CHUNK)
        self._unsent: deque[memoryview] = deque()
        self._received = bytearray()
        self._is_deaf = False
        self._is_over = False
        self.is_ready = False
        self.answered = 0

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def put(self, raw: bytes) -> None:
        """Queue a mail; `move` and `next` send it."""
        self._unsent += (memoryview(apart.LENGTH.pack(len(raw))), memoryview(raw))

    def move(self) -> None:
        """Send and receive what can be without waiting."""
        self._send()
        self._receive()

    def next(self, seconds: float) -> Answer:
        """The next answer. Raises Ended when the process is over, or has been silent for `seconds`."""
        until = time.monotonic() + (seconds if self.is_ready else _START_SECONDS)
        last = until + _PATIENCE * seconds
        while (found := self._taken()) is None:
            if self._is_over:
                raise self._ended(is_stuck=False)
            if self._wait(until - time.monotonic()):
                until = time.monotonic() + (seconds if self.is_ready else _START_SECONDS)
            elif time.monotonic() >= until:
                if self._is_starved() and time.monotonic() < last:
                    until = time.monotonic() + seconds
                    continue
                self._process.kill()
                raise self._ended(is_stuck=True)
        return found

    def end(self) -> None:
        """End it now."""
        self._process.kill()
        self._reap()

    def let_go(self) -> None:
        """Close the pipes and leave it to whoever started it."""
        self._process.returncode = 0  # so that nobody waits for it here
        self._close()

    def _wait(self, seconds: float) -> bool:
        """Whether something moved."""
        poll = select.poll()
        poll.register(self._out, select.POLLIN)
        if self._unsent and not self._is_deaf:
            poll.register(self._in, select.POLLOUT)
        if not poll.poll(max(0.0, seconds) * 1000):
            return False
        sent, received = self._send(), self._receive()
        return sent or received or self._is_over

    def _is_starved(self) -> bool:
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] in ("R", "D")
        except OSError:
            return False

    def _send(self) -> bool:
        moved = False
        while self._unsent and not self._is_deaf:
            try:
                count = os.write(self._in, self._unsent[0][:_CHUNK])
            except BlockingIOError:
                break
            except BrokenPipeError:  # its last answers may still be on their way
                self._is_deaf = True
                break
            moved = True
            left = self._unsent[0][count:]
            if left:
                self._unsent[0] = left
            else:
                self._unsent.popleft()
        return moved

    def _receive(self) -> bool:
        try:
            piece = os.read(self._out, _CHUNK)
        except BlockingIOError:
            return False
        self._received += piece
        self._is_over = self._is_over or not piece
        return bool(piece)

    def _taken(self) -> Answer | None:
        if len(self._received) < frames.HEAD.size:
            return None
        kind, words, files = frames.HEAD.unpack_from(self._received)
        begin, middle = frames.HEAD.size, frames.HEAD.size + words
        end = middle + files
        if len(self._received) < end:
            return None
        whole = memoryview(bytes(memoryview(self._received)[:end]))
        del self._received[:end]
        if kind == frames.READY:
            self.is_ready = True
            return self._taken()
        self.answered += 1
        return kind, whole[begin:middle], whole[middle:]

    def _ended(self, *, is_stuck: bool) -> Ended:
        return Ended(self._reap(), was_ready=self.is_ready, is_stuck=is_stuck)

    def _reap(self) -> int:
        self._close()
        try:
            return self._process.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _close(self) -> None:
        for pipe in self._pipes:
            pipe.close()
