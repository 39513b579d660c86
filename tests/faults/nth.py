"""The N-th operation fails, for every N until a clean run, as SQLite's own tests do (reliability §4.3).

A statement or a commit raises OperationalError; a file's opening, writing, fsync or renaming raises ENOSPC or EIO; the
mail server says 451, 554 or hangs up at its N-th command. The desk goes on in the same process, and finishes the work.
"""

from __future__ import annotations

import errno
import itertools
import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import OperationalError

from tests.faults.forks import fork
from tests.faults.ground import Ground
from tests.faults.points import scene
from tests.faults.probes import probe
from tests.faults.storm import Storm

DATABASE = {"statement", "commit", "write"}
FILES = {"mkstemp", "write file", "fsync", "replace", "rename", "link"}
FLOWS = ("fetch", "pipe", "take in", "reply", "release", "deliver", "hand over", "merge")
FILED = ("fetch", "pipe", "take in")
CHECK_EVERY = 40
MOST = 400


class Failing:
    """In a child: makes the N-th operation of `kinds` fail, once."""

    def __init__(self, flow: str, kinds: set[str], n: int, error: Exception) -> None:
        self.flow, self.kinds, self.left, self.error = flow, kinds, n, error

    def __call__(self, operation: str) -> None:
        if probe.flow == self.flow and operation in self.kinds:
            self.left -= 1
            if self.left == 0:
                raise self.error


def nth_fails(ground: Ground, step: int, seed: int) -> dict[str, Any]:
    """How many failures each flow went through, and what was found. `step` 1 fails every single operation."""
    storm = Storm(ground, seed)
    told: dict[str, Any] = {}
    found: list[str] = []
    for name, flow, make in _programmes():
        count = 0
        for n in range(1 + seed % min(step, 3), MOST, step):
            if not make(storm, flow, n):
                break
            count += 1
            if count % CHECK_EVERY == 0:
                found = found or _named(name, n, storm.rest())
        else:
            found = found or [f"{flow}: {name}: no clean run after {MOST} failures"]
        told[f"{flow}: {name}"] = count
        found = found or _named(name, 0, storm.rest())
    return {"failures": sum(told.values()), "flows": told, "found": found}


Programme = Callable[[Storm, str, int], bool]


def _programmes() -> list[tuple[str, str, Programme]]:
    database = [
        ("database", flow, _raising(DATABASE, lambda: OperationalError("the database is away"))) for flow in FLOWS
    ]
    files = [
        (os.strerror(number), flow, _raising(FILES, partial(OSError, number, os.strerror(number))))
        for flow, number in itertools.product(FILED, (errno.ENOSPC, errno.EIO))
    ]
    mail = [(f"mail server {how}", "deliver", _server(how)) for how in ("451", "554", "drop")]
    return [*database, *files, *mail]


def _raising(kinds: set[str], error: Callable[[], Exception]) -> Programme:
    def make(storm: Storm, flow: str, n: int) -> bool:
        """False when fewer than `n` operations happened: a clean run."""
        failing = Failing(flow, kinds, n, error())

        def first() -> None:
            watch_files()
            probe.hook = failing

        _run(storm, flow, first)
        return bool(storm.last["failed"])

    return make


def _server(how: str) -> Programme:
    def make(storm: Storm, flow: str, n: int) -> bool:
        if n > 8:  # EHLO MAIL RCPT DATA letter QUIT
            return False
        storm.ground.sink.trouble(n, how)
        _run(storm, flow, lambda: None)
        storm.ground.sink.trouble(0, "")
        return True

    return make


def _run(storm: Storm, flow: str, first: Callable[[], object]) -> None:
    """The flow with its failure, and once more in the same process."""
    orders = scene(storm, flow)
    storm.feeder.now += timedelta(minutes=20)
    again = storm.feeder.handed([storm.feeder.order(flow, storm.ledger.unacknowledged())])
    child = fork(first=first)
    child.send([*orders, *again])
    child.done_sending()
    answers, status = child.end()
    storm.heard(answers)
    if status:
        raise RuntimeError(f"{flow}: a child did not survive its failure: {answers[-3:]}")
    storm.last = answers[-1]


def watch_files() -> None:
    """In a child: files may fail when they are made and in the middle of a word."""
    mkstemp, fdopen = tempfile.mkstemp, os.fdopen

    def making(*args: Any, **how: Any) -> Any:
        return probe.around("mkstemp", lambda: mkstemp(*args, **how))

    def opening(*args: Any, **how: Any) -> Any:
        return _Torn(fdopen(*args, **how))

    tempfile.mkstemp = making
    os.fdopen = opening


class _Torn:
    """A file of which half is written when its writing fails."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _Torn:
        return self

    def __exit__(self, *how: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> Any:
        self._file.write(content[: len(content) // 2])
        return probe.around("write file", lambda: self._file.write(content[len(content) // 2 :]))


def _named(name: str, n: int, found: list[str]) -> list[str]:
    return [f"{name}, at or before {n}: {one}" for one in found]
