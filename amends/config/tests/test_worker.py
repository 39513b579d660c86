"""The worker goes on, whatever one job or one row does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

import pytest

from amends.config.schedule import BESIDE, SCHEDULE, Job
from amends.config.worker import Rounds, Worker


def noting(seen: list[str], name: str, settled: int = 0) -> Callable[[datetime], int]:
    def run(now: datetime) -> int:
        seen.append(name)
        return settled

    return run


def failing(now: datetime) -> int:
    raise FileNotFoundError("a file that is gone")


def test_a_job_that_fails_stops_no_other_and_rests() -> None:
    seen: list[str] = []

    def bad(now: datetime) -> int:
        seen.append("bad")
        return failing(now)

    rounds = Rounds([Job("bad", bad, 60), Job("good", noting(seen, "good"), 60)], threading.Event())
    rounds.sweep(woken=False)
    rounds.sweep(woken=True)
    assert seen == ["bad", "good", "good"]


def test_a_full_batch_is_followed_by_another_only_after_every_other_job_had_its_turn() -> None:
    seen: list[str] = []
    full = Job("full", noting(seen, "full", settled=5), 60, batch=5)
    rounds = Rounds([full, Job("other", noting(seen, "other"), 0)], threading.Event())
    rounds.sweep(woken=False)
    rounds.sweep(woken=False)
    assert seen == ["full", "other", "full", "other"]


def test_a_job_that_is_not_due_runs_only_when_the_news_may_be_for_it() -> None:
    seen: list[str] = []
    jobs = [Job("letters", noting(seen, "letters"), 60), Job("clocks", noting(seen, "clocks"), 60, on_wake=False)]
    rounds = Rounds(jobs, threading.Event())
    for woken in (False, False, True):
        rounds.sweep(woken=woken)
    assert seen == ["letters", "clocks", "letters"]


class Clock:
    """Time that passes only while a job works."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr("amends.config.worker.time.monotonic", lambda: self.now)

    def working(self, seen: list[str], name: str, *, seconds: float, settled: int) -> Callable[[datetime], int]:
        def run(now: datetime) -> int:
            seen.append(name)
            self.now += seconds
            return settled

        return run


def test_a_backlog_leaves_as_much_time_to_others_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite has one writer at a time: a page would wait until the last case is scored."""
    clock, seen = Clock(monkeypatch), list[str]()
    score = Job("score", clock.working(seen, "score", seconds=2, settled=5), 60, on_wake=False, batch=5, gives_way=True)
    weigh = Job("weigh", clock.working(seen, "weigh", seconds=1, settled=5), 60, on_wake=False, batch=5, gives_way=True)
    mail = Job("take in", clock.working(seen, "take in", seconds=0, settled=0), 0)
    rounds = Rounds([score, mail, weigh], threading.Event())
    rounds.sweep(woken=False)
    rounds.sweep(woken=True)
    assert seen == ["take in", "score", "take in"]
    clock.now += 2
    rounds.sweep(woken=False)
    assert seen[3:] == ["take in", "weigh"], "whoever waited longest comes first"
    clock.now += 1
    rounds.sweep(woken=False)
    assert seen[5:] == ["take in", "score"]


def test_a_quick_batch_leaves_a_writer_that_waits_its_turn_too(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, seen = Clock(monkeypatch), list[str]()
    score = Job("score", clock.working(seen, "score", seconds=0, settled=5), 60, on_wake=False, batch=5, gives_way=True)
    rounds = Rounds([score], threading.Event())
    rounds.sweep(woken=False)
    clock.now += 0.1  # so long a writer that waits for SQLite sleeps
    rounds.sweep(woken=False)
    assert seen == ["score"]
    clock.now += 0.1
    rounds.sweep(woken=False)
    assert seen == ["score", "score"]


def test_what_is_done_with_its_backlog_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, seen = Clock(monkeypatch), list[str]()
    score = Job("score", clock.working(seen, "score", seconds=2, settled=4), 60, on_wake=False, batch=5, gives_way=True)
    weigh = Job("weigh", clock.working(seen, "weigh", seconds=1, settled=0), 60, on_wake=False, batch=5, gives_way=True)
    Rounds([score, weigh], threading.Event()).sweep(woken=False)
    assert seen == ["score", "weigh"]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_does_not_answer_holds_up_nothing_but_what_goes_there() -> None:
    reached, go_on = threading.Event(), threading.Event()
    seen, told = list[str](), list[str]()

    def deliver(now: datetime) -> int:
        reached.set()
        go_on.wait(20)
        return 0

    beside = [Job("deliver", deliver, 60), Job("notices", noting(told, "notices"), 0.01)]
    worker = Worker([Job("take in", noting(seen, "take in"), 0.01)], beside)
    running = threading.Thread(target=worker.run)
    running.start()
    assert reached.wait(10)
    deadline = time.monotonic() + 10
    went_on = all(_grows(one, deadline) for one in (seen, told))
    go_on.set()
    worker.stop.set()
    running.join(20)
    assert went_on and not running.is_alive()


def test_nothing_waits_for_the_process_that_reads_letters() -> None:
    """It gives way to everything else: on a busy machine it takes as long as it takes."""
    assert "read" in {job.name for job in BESIDE} - {job.name for job in SCHEDULE}


def _grows(seen: list[str], deadline: float) -> bool:
    before = len(seen)
    while len(seen) < before + 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    return len(seen) >= before + 2
