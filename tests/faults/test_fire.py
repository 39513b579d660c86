"""The desk at work while its database goes away or its disk is full: 503, nothing lost, nothing doubled, no restart.

reliability §4.3. `FIRE=120` makes each trouble last so many seconds; in the suite they are short.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults.load import TOKEN, Load, furniture
from tests.faults.sink import running_sink
from tests.peers.desk import Desk, running_desk
from tests.peers.dovecot import Dovecot
from tests.peers.ports import free_ports
from tests.peers.postgres import Cluster, running_cluster

SQLITE = not os.environ.get("AMENDS_DATABASE", "").startswith("postgres")
SECONDS = float(os.environ.get("FIRE", "0"))
ROOM = 64 * 1024**2


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster | None]:
    """A server of our own, so that it may be stopped; None on SQLite."""
    if SQLITE:
        yield None
        return
    with running_cluster(fsync="on") as running:
        yield running


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small disk of the desk's own. Only root may mount one."""
    place = tmp_path_factory.mktemp("disk")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=700", "amends", place], capture_output=True)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=False)


@pytest.fixture(scope="module")
def load(disk: Path, cluster: Cluster | None, dovecot: Dovecot) -> Iterator[Load]:
    """One desk for all of them: each must be over without a trace before the next begins."""
    mailbox = "fire@desk.example"
    (smtp_port,) = free_ports(1)
    settings = {"SMTP_PORT": str(smtp_port), "METRICS_TOKEN": TOKEN}
    if cluster is not None:
        settings["DATABASE"] = cluster.url
    folder = disk / "desk"
    folder.mkdir()
    with (
        running_sink(disk.parent / "sink") as sink,
        running_desk(
            folder, furniture=furniture(dovecot, mailbox, sink), trust=dovecot.certificate.authority, **settings
        ) as desk,
    ):
        yield Load(desk, smtp_port, dovecot, mailbox, sink, cookie=desk.signed_in("delphine@desk.example"))


def wait_until(true: Callable[[], object], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(httpx.HTTPError):
            if true():
                return True
        time.sleep(0.2)
    return False


def pids(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("SELECT worker, started_at FROM kit_beat ORDER BY worker")


def want_all_well(load: Load, workers: list[tuple[object, ...]]) -> None:
    """Everything has found its place, by the same processes as before."""
    found = load.lost_or_doubled()
    assert found == [], "\n".join([*found, load.desk.log(20)])
    assert wait_until(lambda: load.ready() == (200, "ready\n")), load.ready()
    assert pids(load.desk) == workers
    heard = len(load.heard)
    with load.at_work():
        assert wait_until(lambda: len(load.heard) > heard), "the event stream tells nothing any more"


def begin(load: Load) -> list[tuple[object, ...]]:
    assert wait_until(lambda: load.ready()[0] == 200), load.ready()
    return pids(load.desk)


if SQLITE:

    def test_a_database_that_another_program_has_locked(load: Load) -> None:
        """Longer than the desk waits for it."""
        workers = begin(load)
        with (
            contextlib.closing(sqlite3.connect(load.desk.data / "amends.sqlite3", isolation_level=None)) as other,
            load.at_work(),
        ):
            time.sleep(1)
            other.execute("BEGIN EXCLUSIVE")
            before = len(load.offered)
            assert load.pipe()[0] == 75
            time.sleep(SECONDS)
            late = set(load.offered[before:])
            assert late and late <= load.unread(), "nothing is marked as seen that was not kept"
            other.execute("ROLLBACK")
            time.sleep(1)
        assert load.not_now, "the port has put mails off"
        want_all_well(load, workers)

else:

    @pytest.mark.parametrize("mode", ["immediate", "fast"])
    def test_a_database_server_that_is_stopped_and_started(load: Load, cluster: Cluster | None, mode: str) -> None:
        assert cluster is not None
        workers = begin(load)
        with load.at_work():
            time.sleep(2)
            cluster.stop(mode)
            time.sleep(0.5)
            before, away = len(load.offered), time.monotonic()
            assert load.ready()[0] == 503
            assert load.pipe()[0] == 75
            time.sleep(max(1.0, SECONDS - (time.monotonic() - away)))
            late = set(load.offered[before:])
            assert late and late <= load.unread(), "nothing is marked as seen that was not kept"
            cluster.start()
            time.sleep(2)
        assert load.answers[503] and load.answers[200]
        assert load.not_now, "the port has put mails off"
        want_all_well(load, workers)


def test_a_full_disk(load: Load, disk: Path) -> None:
    workers = begin(load)
    filler = disk / "filler"
    with load.at_work():
        time.sleep(1)
        with contextlib.suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(b"\0" * 4096)
                file.flush()
        time.sleep(0.5)
        before = len(load.offered)
        want_no_room(load, "almost full")
        time.sleep(SECONDS)
        late = set(load.offered[before:])
        assert late and late <= load.unread(), "nothing is marked as seen that was not kept"
        filler.unlink()
        time.sleep(1)
    want_all_well(load, workers)


def want_no_room(load: Load, words: str) -> None:
    """Everybody who should know it is told, and nobody is told that something was taken in."""
    status, reasons = load.ready()
    assert status == 503 and words in reasons
    assert load.figure("amends_disk_takes") == 0
    assert load.pipe()[0] == 75
    with load.browser() as browser:
        assert words in browser.get("/people/").text
