"""The watcher of web and worker: a program of its own, that ends when one of them does."""

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

from amends.cli import watch

CHILDREN = {
    "patient": "signal.pause()",
    "deaf": "signal.signal(signal.SIGTERM, signal.SIG_IGN); os.write(1, b'deaf\\n'); time.sleep(60)",
    "failing": "os._exit(3)",
}


@contextmanager
def family(*kinds: str, before: str = "", end: str = "watch.watch(children)") -> Iterator[subprocess.Popen[str]]:
    """A process that forks these children, prints their numbers and watches them."""
    program = """
        import os, signal, sys, time
        from amends.cli import audit, backup, doctor, keys, mail, packs, person, run, user, watch  # as `amends run` has them
        print("a word that still lies in the buffer", end=" ")
        watch.hold_signals()
        children = []
        for kind in sys.argv[1:]:
            child = os.fork()
            if not child:
                watch.let_signals_through()
                exec({kinds!r}[kind])
                os._exit(0)
            children.append(child)
        {before}
        print(*children)
        sys.exit({end})
    """
    words = textwrap.dedent(program).format(kinds=CHILDREN, before=before, end=end)
    process = subprocess.Popen(
        [sys.executable, "-c", words, *kinds],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def children_of(line: str) -> list[int]:
    return [int(word) for word in line.split() if word.isdigit()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def becomes(process: subprocess.Popen[str], program: str) -> bool:
    for _ in range(1500):
        if program in Path(f"/proc/{process.pid}/cmdline").read_text():
            return True
        time.sleep(0.02)
    return False


def test_told_to_stop_it_ends_both_and_is_content() -> None:
    with family("patient", "patient") as process:
        children = children_of(heard(process))
        process.terminate()
        assert process.wait(30) == 0
        assert not any(is_alive(child) for child in children)


def test_when_one_of_them_ends_all_end_and_it_says_so() -> None:
    with family("patient", "failing") as process:
        children = children_of(heard(process))
        assert process.wait(30) == 1
        assert not any(is_alive(child) for child in children)


def test_who_does_not_end_when_told_is_ended() -> None:
    with family("deaf", end="sys.stdout.flush() or watch.until_all_end(set(children), 0.2)") as process:
        (child,) = children_of(heard(process) + heard(process))  # the other line says that it is deaf by now
        process.terminate()
        assert process.wait(30) == 0
        assert not is_alive(child)


def test_a_signal_that_came_while_it_changed_its_program_is_not_lost() -> None:
    with family("patient", before="os.kill(os.getpid(), signal.SIGTERM)") as process:
        assert children_of(heard(process))
        assert process.wait(30) == 0


def test_it_holds_nothing_of_what_was_imported_for_them() -> None:
    whole = "import django.db.models, amends.cli.run, amends.cli.doctor, amends.cli.backup, amends.cli.mail"
    with family("patient", before=whole) as process:
        (child,) = children_of(heard(process))
        assert becomes(process, watch.__file__)
        assert _mib(process.pid) < 12 < _mib(child)


def test_without_room_for_another_program_it_watches_as_it_is() -> None:
    with family("patient", before="sys.executable = '/nowhere/python'") as process:
        (child,) = children_of(heard(process))
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert not is_alive(child)


def _mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("VmRSS"))) / 1024
