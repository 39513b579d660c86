"""Bytes are on disk when `put` returns, whoever wrote them."""

from __future__ import annotations

import os
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


def test_a_second_put_of_the_same_bytes_is_as_durable_as_the_first(synced: set[int], tmp_path: Path) -> None:
    folder = blobs.path_of(blobs.put(b"hello")).parent
    chain = {one.stat().st_ino for one in (folder, folder.parent, tmp_path / "blobs")}
    assert chain <= synced
    synced.clear()
    blobs.put(b"hello")
    assert chain <= synced
