"""Bytes are on disk when `put` returns, whoever wrote them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
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
