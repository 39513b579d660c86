"""Two processes that stand and fall together, whichever of them ends, and however."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

CHILDREN = {
    "patient": "signal.pause()",
    "deaf": "signal.signal(signal.SIGTERM, signal.SIG_IGN); os.write(1, b'deaf\\n'); time.sleep(60)",
    "failing": "os._exit(3)",
}
PATIENT, DEAF = "stop.wait()", "time.sleep(60)"


@contextmanager
def pair(kind: str, work: str = PATIENT, before: str = "", patience: float = 8.0) -> Iterator[subprocess.Popen[str]]:
    """A process that forks a child, prints both their numbers, and works."""
    program = """
        import os, signal, sys, threading, time
        from amends.cli import together
        together.hold_signals()
        first = os.getpid()
        pid = os.fork()
        if not pid:
            together.end_with(first, {patience})
            {child}
            os._exit(0)
        stop, child = threading.Event(), together.Child(pid)
        {before}
        child.stop_with(stop.set, {patience})
        os.write(1, b"%d %d\\n" % (first, pid))
        try:
            {work}
        finally:
            status = child.end()
        sys.exit(status)
    """
    words = textwrap.dedent(program).format(child=CHILDREN[kind], before=before, work=work, patience=patience)
    process = subprocess.Popen(
        [sys.executable, "-c", words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def child_of(process: subprocess.Popen[str], also: str = "") -> int:
    """Its number, once it was printed, and `also`, which the child prints, in whatever order."""
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    wanted, child = {f"{process.pid}", *filter(None, [also])}, 0
    while wanted:
        first, *rest = next(lines).split()
        wanted.discard(first)
        child = int(rest[0]) if rest else child
    return child


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends(pid: int) -> bool:
    for _ in range(1500):
        if not is_alive(pid):
            return True
        time.sleep(0.02)
    return False


def test_told_to_stop_both_end_and_are_content() -> None:
    for told in (signal.SIGTERM, signal.SIGINT):
        with pair("patient") as process:
            child = child_of(process)
            process.send_signal(told)
            assert process.wait(30) == 0
            assert not is_alive(child)


def test_when_the_child_ends_the_first_ends_too_and_says_so() -> None:
    with pair("failing") as process:
        assert process.wait(30) == 1


def test_when_the_first_fails_the_child_ends_too() -> None:
    with pair("patient", "raise ValueError('no more')") as process:
        child = child_of(process)
        assert process.wait(30) == 1
        assert not is_alive(child)


def test_when_the_first_fails_before_it_can_heed_anything_it_says_why_and_the_child_ends() -> None:
    with pair(
        "patient", before="os.write(1, b'%d %d\\n' % (first, pid)); child.end(); raise ValueError('no')"
    ) as process:
        child = child_of(process)
        assert process.stdout is not None
        said = process.stdout.read()
        assert process.wait(30) == 1
        assert "ValueError: no" in said and "RuntimeError" not in said
        assert not is_alive(child)


def test_a_child_that_ended_before_anybody_could_heed_it_ends_the_first_too() -> None:
    with pair("failing", before="time.sleep(0.5)") as process:
        assert process.wait(30) == 1


def test_when_the_first_is_killed_the_child_ends_too() -> None:
    with pair("patient") as process:
        child = child_of(process)
        process.kill()
        assert ends(child)


def test_a_child_that_does_not_end_when_told_is_ended() -> None:
    with pair("deaf", patience=0.3) as process:
        child = child_of(process, also="deaf")
        process.terminate()
        assert process.wait(30) == 0
        assert not is_alive(child)


def test_a_deaf_child_whose_first_was_killed_is_ended() -> None:
    with pair("deaf", patience=0.3) as process:
        child = child_of(process, also="deaf")
        process.kill()
        assert ends(child)


def test_a_first_that_hangs_is_ended() -> None:
    with pair("patient", DEAF, patience=0.3) as process:
        child = child_of(process)
        process.terminate()
        assert process.wait(30) == 0
        assert not is_alive(child)


def test_a_signal_that_came_before_anybody_could_heed_it_is_not_lost() -> None:
    with pair("patient", before="os.kill(first, signal.SIGTERM)") as process:
        child_of(process)
        assert process.wait(30) == 0
