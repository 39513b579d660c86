"""Mail is read by a process of its own; what ends that process ends nothing else (reliability §0.2)."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from amends.channels.email.apart import Limits
from amends.channels.email.child import Child
from amends.channels.email.read import read
from amends.channels.email.reader import AHEAD_MAILS, Outcome, Reader
from amends.channels.email.tests.test_horrors import HORRORS
from amends.channels.email.tests.test_read_fuzz import SAMPLES
from amends.channels.message import IncomingMessage, Unreadable
from amends.kit.html import sanitise

pytestmark = pytest.mark.process

SLOW = HORRORS["1,400,000 open elements"]
LARGE = b"From: Ann <ann@mail.example>\nSubject: large\n\n" + b"words " * 4_000_000


def mail(number: int) -> bytes:
    return b"From: Ann <ann@mail.example>\nSubject: mail %d\n\nwords\n" % number


def subject(outcome: Outcome) -> str:
    assert isinstance(outcome, IncomingMessage), outcome
    return outcome.subject


def reason(outcome: Outcome) -> str:
    assert isinstance(outcome, Unreadable)
    return outcome.reason


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one


def test_a_mail_read_apart_is_the_mail_read_here_with_safe_html(reader: Reader) -> None:
    for raw in SAMPLES:
        here = read(raw)
        assert reader.read(raw) == replace(here, html=sanitise(here.html), html_is_safe=True)


def test_mails_come_back_in_order_beside_their_keys(reader: Reader) -> None:
    found = list(reader.read_all((number, mail(number)) for number in range(100)))
    assert [(key, subject(outcome)) for key, outcome in found] == [(n, f"mail {n}") for n in range(100)]


def test_mails_are_taken_only_a_little_ahead(reader: Reader) -> None:
    taken = []

    def all_mails() -> Iterator[tuple[int, bytes]]:
        for number in range(3 * AHEAD_MAILS):
            taken.append(number)
            yield number, mail(number)

    results = reader.read_all(all_mails())
    next(results)
    assert len(taken) <= AHEAD_MAILS
    assert len(list(results)) == 3 * AHEAD_MAILS - 1


def test_the_next_mails_are_read_while_the_last_one_is_stored() -> None:
    with Reader() as one:
        one.read(mail(0))
        one.ask(mail(1))
        spent = _spent(one.pid)
        one.ask(HORRORS["format=flowed without an end"])
        until(lambda: _spent(one.pid) > spent, "the second mail is being read though nobody waits for it")
        assert subject(one.answer()) == "mail 1"


def test_a_mail_that_takes_too_long_is_unreadable_and_those_behind_it_are_read() -> None:
    with Reader(Limits(cpu_seconds=0.1)) as one:
        found = dict(one.read_all([(1, mail(1)), (2, SLOW * 20), (3, mail(3))]))
    assert reason(found[2]) == "It took more than 0.1 seconds to read."
    assert (subject(found[1]), subject(found[3])) == ("mail 1", "mail 3")


def test_a_mail_that_takes_too_much_memory_is_unreadable_and_those_behind_it_are_read() -> None:
    with Reader(Limits(growth=30 * 1024 * 1024)) as one:
        found = dict(one.read_all([(1, mail(1)), (2, LARGE), (3, mail(3))]))
    assert reason(found[2]) == "It took more than 30 MB of memory to read."
    assert (subject(found[1]), subject(found[3])) == ("mail 1", "mail 3")


def test_a_process_that_does_not_answer_is_replaced_and_its_mail_read_by_the_next() -> None:
    with Reader(seconds=0.5) as one:
        first = pid_of(one)
        os.kill(first, signal.SIGSTOP)
        assert subject(one.read(mail(2))) == "mail 2"
        assert one.pid != first


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_process_that_dies_is_replaced_and_no_mail_is_lost(end: signal.Signals) -> None:
    with Reader() as one:
        for number in range(3):
            one.ask(mail(number))
        assert subject(one.answer()) == "mail 0"
        assert one.pid is not None
        os.kill(one.pid, end)
        one.ask(mail(3))
        assert [subject(one.answer()) for _ in range(3)] == ["mail 1", "mail 2", "mail 3"]


def test_a_process_is_replaced_after_so_many_mails() -> None:
    with Reader(Limits(mails=10)) as one:
        found = list(one.read_all((n, mail(n)) for n in range(35)))
    assert [subject(outcome) for _, outcome in found] == [f"mail {n}" for n in range(35)]


def test_a_process_without_work_ends_by_itself_and_the_next_mail_is_read_by_another() -> None:
    with Reader(Limits(idle=0.05)) as one:
        first = pid_of(one)
        until(lambda: not _is_alive(first), "the process without work is over")
        assert subject(one.read(mail(2))) == "mail 2"


def test_a_mail_of_the_largest_size_is_read_within_the_memory() -> None:
    large = b"From: a@b.example\nContent-Transfer-Encoding: base64\nContent-Type: image/png\n\n" + b"QUJD" * 9_000_000
    with Reader() as one:
        outcome = one.read(large)
    assert isinstance(outcome, IncomingMessage)
    assert outcome.attachments[0].content[:6] == b"ABCABC"
    assert len(outcome.attachments[0].content) == 27_000_000


def test_a_reader_that_cannot_be_started_is_the_machines_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Reader() as one, pytest.raises(OSError, match="could not be started"):
        one.read(mail(1))


def test_few_open_files_are_enough() -> None:
    """The process needs four descriptors for a moment, and two to stay."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = {int(path.name) for path in Path("/proc/self/fd").iterdir()}
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(used) + 10, hard))
    try:
        with Reader() as one:
            assert subject(one.read(mail(1))) == "mail 1"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_process_ends_with_the_desk_even_when_that_is_killed() -> None:
    program = (
        "import time\nfrom amends.channels.email.reader import Reader\n"
        "one = Reader(); one.read(b'Subject: x\\n\\nhi'); print(one.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        child = int(desk.stdout.readline())
        assert _is_alive(child)
        desk.kill()
    until(lambda: not _is_alive(child), "the reader has ended with its desk")


def test_a_reader_may_be_started_beside_threads_that_hold_locks() -> None:
    lock, stop = threading.Lock(), threading.Event()

    def busy() -> None:
        while not stop.is_set():
            with lock:
                time.sleep(0)

    threads = [threading.Thread(target=busy) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        with Reader() as one:
            assert subject(one.read(mail(1))) == "mail 1"
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_the_process_can_write_to_no_file_and_leaves_no_core() -> None:
    with Reader() as one:
        limits = Path(f"/proc/{pid_of(one)}/limits").read_text()
    for name in ("Max file size", "Max core file size"):
        assert limits.split(name)[1].split()[:2] == ["0", "0"]


def test_the_process_knows_neither_django_nor_the_database() -> None:
    with Reader() as one:
        files = Path(f"/proc/{pid_of(one)}/maps").read_text()
    assert "nh3" in files
    assert not [name for name in ("sqlite", "psycopg", "_ssl", "uvloop") if name in files]


def pid_of(reader: Reader) -> int:
    """The number of a process that has just read a mail."""
    assert subject(reader.read(mail(1))) == "mail 1"
    assert reader.pid is not None
    return reader.pid


def test_what_is_closed_is_gone() -> None:
    child = Child(Limits())
    child.end()
    assert not _is_alive(child.pid)


def until(happens: Callable[[], bool], what: str) -> None:
    """Wait for it; far longer than it takes, so that a busy machine does not matter."""
    for _ in range(1_200):
        if happens():
            return
        time.sleep(0.05)
    pytest.fail(f"never: {what}")


def _is_alive(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def _spent(pid: int | None) -> float:
    """Ticks of a processor."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])
