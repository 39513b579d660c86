"""Bytes are on disk when `put` returns, whoever wrote them."""

from __future__ import annotations

import errno
import os
import shutil
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import Settings

from amends.kit import blobs


@pytest.fixture
def synced(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The folders and files that the disk was asked to keep, by their inodes."""
    settings.BLOBS_DIR = tmp_path / "blobs"
    asked: set[int] = set()
    fsync = os.fsync

    def watched(handle: int) -> None:
        asked.add(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    return asked


def test_bytes_are_kept_under_their_hash(synced: set[int]) -> None:
    digest = blobs.put(b"hello")
    assert blobs.get(digest) == b"hello"
    assert blobs.path_of(digest).name == digest


def chain_of(digest: str) -> list[int]:
    """The folder of the bytes, the one above, the store."""
    folder = blobs.path_of(digest).parent
    return [one.stat().st_ino for one in (folder, folder.parent, folder.parent.parent)]


def test_a_second_put_of_the_same_bytes_is_as_durable_as_the_first(synced: set[int]) -> None:
    """The folders above are safe already: this process has seen to them."""
    chain = chain_of(blobs.put(b"hello"))
    assert set(chain) <= synced
    synced.clear()
    blobs.put(b"hello")
    assert chain[0] in synced


def test_what_another_process_wrote_is_made_durable_from_the_store_down(
    synced: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = chain_of(blobs.put(b"hello"))
    synced.clear()
    monkeypatch.setattr(blobs, "_sure", {})
    blobs.put(b"hello")
    assert set(chain) <= synced


def test_a_store_that_was_taken_away_is_made_durable_again(synced: set[int], settings: Settings) -> None:
    blobs.put(b"hello")
    shutil.rmtree(settings.BLOBS_DIR)
    synced.clear()
    assert set(chain_of(blobs.put(b"hello"))) <= synced


def test_of_many_each_is_durable_with_its_name(synced: set[int]) -> None:
    contents = [b"%d" % number for number in range(2 * blobs.OPEN + 1)]
    digests = blobs.put_all(contents)
    assert [blobs.get(digest) for digest in digests] == contents
    assert {blobs.path_of(digest).stat().st_ino for digest in digests} <= synced
    assert {one for digest in digests for one in chain_of(digest)} <= synced
    assert unfinished() == []


def test_where_the_disk_fails_at_one_of_many_nothing_half_written_stays(
    synced: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, asked = os.fsync, count()

    def failing(handle: int) -> None:
        if next(asked) == blobs.FEW:
            raise OSError(errno.EIO, "the disk")
        fsync(handle)

    opened = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="the disk"):
        blobs.put_all([b"%d" % number for number in range(20)])
    assert unfinished() == []
    assert len(list(Path("/proc/self/fd").iterdir())) == opened


def unfinished() -> list[Path]:
    """What lies there without a name."""
    return list(Path(settings.BLOBS_DIR).glob("unfinished/*"))
