"""A disk that is full, or shut: nothing half written stays, and it is told at once (reliability §4.3)."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.utils import InternalError, OperationalError
from psycopg import errors
from pytest_django import Settings

from amends.kit import away, blobs, disk

BIG = os.urandom(3 * 1024**2)


@pytest.fixture
def small(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A disk of two megabytes; only root may mount one."""
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "amends", tmp_path], capture_output=True)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
    settings.BLOBS_DIR, settings.DISK_FLOOR_SHARE = tmp_path / "blobs", 0.0
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", "-l", tmp_path], check=False)


@pytest.fixture
def kept(tmp_path: Path, settings: Settings) -> Path:
    settings.BLOBS_DIR = tmp_path / "blobs"
    return tmp_path / "blobs"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.process
def test_what_does_not_fit_is_not_kept_and_leaves_nothing_behind(small: Path) -> None:
    with pytest.raises(disk.NoRoom):
        blobs.put(BIG)
    assert files(small) == []
    assert blobs.get(blobs.put(b"hello")) == b"hello", "and a smaller one is"


@pytest.mark.process
def test_it_goes_on_when_there_is_room(small: Path) -> None:
    filler = small / "filler"
    filler.write_bytes(b"\0" * 1900 * 1024)
    with pytest.raises(disk.NoRoom) as full:
        blobs.put(BIG[: 512 * 1024])
    assert full.value.trouble == "full"
    filler.unlink()
    blobs.put(BIG[: 512 * 1024])
    assert disk.trouble() == ""


@pytest.mark.process
def test_a_disk_that_can_only_be_read_is_told_and_takes_nothing(small: Path) -> None:
    blobs.put(b"before")
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    with pytest.raises(disk.NoRoom) as shut:
        blobs.put(b"hello")
    assert shut.value.trouble == "shut"
    assert "cannot be written on" in str(shut.value)
    assert blobs.get(blobs.path_of(files(small)[0].name).name) == b"before"
    assert disk.look() == "shut"
    subprocess.run(["mount", "-o", "remount,rw", small], check=True)
    assert disk.trouble() == ""
    blobs.put(b"hello")


@pytest.mark.process
def test_what_a_killed_process_left_half_written_is_swept_once_it_is_old(kept: Path) -> None:
    """A real process, killed when the bytes are written and before they have their name."""
    _killed("os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)", kept)
    (left,) = files(kept)
    assert left.name.startswith(".new-") and left.read_bytes() == b"hello"
    assert blobs.tidy() == 0, "whoever writes it may still live"
    old = time.time() - blobs.UNFINISHED - 1
    os.utime(left, (old, old))
    whole = blobs.path_of(blobs.put(b"hello"))
    assert blobs.tidy() == 1
    assert files(kept) == [whole]


@pytest.mark.process
def test_what_is_from_the_future_is_swept_as_well(kept: Path) -> None:
    _killed("os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)", kept)
    (left,) = files(kept)
    os.utime(left, (time.time() + 10 * 365 * 86400,) * 2)
    assert blobs.tidy() == 1


@pytest.mark.process
@pytest.mark.parametrize("needed", [True, False])
@pytest.mark.parametrize("stored_again", [True, False])
def test_bytes_that_were_being_deleted_when_the_process_was_killed_are_seen_to(
    kept: Path, needed: bool, stored_again: bool
) -> None:
    digest = blobs.put(b"hello")
    asked = "iter([lambda: False, lambda: os.kill(os.getpid(), signal.SIGKILL)])"
    _killed(f"asked = {asked}; blobs.remove({digest!r}, unless=lambda: next(asked)())", kept)
    (left,) = files(kept)
    assert left.name == f".going-{digest}"
    if stored_again:
        blobs.put(b"hello")
    blobs.remove(digest, unless=lambda: needed)
    assert [path.name for path in files(kept)] == ([digest] if needed else [])


@pytest.mark.parametrize(
    ("error", "passes", "trouble"),
    [
        (OperationalError("database is locked"), True, ""),
        (OperationalError("database or disk is full"), True, "full"),
        (OperationalError("attempt to write a readonly database"), True, "shut"),
        (OperationalError("could not connect"), True, ""),
        (disk.NoRoom(), False, "full"),
        (disk.NoRoom(errno.EROFS), False, "shut"),
        (InternalError("something"), False, ""),
        (ValueError("database or disk is full"), False, ""),
    ],
)
def test_trouble_that_passes_is_told_from_mistakes(error: Exception, passes: bool, trouble: str) -> None:
    assert away.passes(error) == passes
    assert away.disk_trouble(error) == trouble


@pytest.mark.parametrize(
    ("kind", "cause", "trouble"),
    [
        (OperationalError, errors.DiskFull(), "full"),
        (OperationalError, errors.DeadlockDetected(), ""),
        (InternalError, errors.ReadOnlySqlTransaction(), ""),
    ],
)
def test_so_is_what_postgresql_says(kind: type[Exception], cause: Exception, trouble: str) -> None:
    """After a failover the old server takes only questions."""
    error = kind("x")
    error.__cause__ = cause
    assert away.passes(error)
    assert away.disk_trouble(error) == trouble


def _killed(what: str, folder: Path) -> None:
    program = f"""
        import os, signal
        from pathlib import Path
        from django.conf import settings
        settings.configure(BLOBS_DIR=Path({str(folder)!r}))
        from amends.kit import blobs
        {what}
        blobs.put(b"hello")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert done.returncode == -signal.SIGKILL
