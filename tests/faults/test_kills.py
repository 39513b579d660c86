"""The desk is killed without a word, a little in each run of the suite; `make kills COUNT=1000` does it in earnest.

reliability §4.3: random kills, kills at named points, the N-th operation fails, and the planted bugs that show that the
harness would find something.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.peers.desk import ROOT, desk_folder

SEED = int(os.environ.get("SEED", "20260303"))


def told_by(folder: Path, *words: str) -> dict[str, Any]:
    """What `tests.faults.kills` found, in a process, a folder and a database of its own."""
    with desk_folder(folder) as desk:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.kills", "--seed", str(SEED), *words],
            capture_output=True,
            cwd=ROOT,
            env=dict(desk.environ),
            timeout=900,
            check=False,
        )
    assert done.stdout, done.stderr.decode(errors="replace")[-4000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """One process for all, as it takes a while to be ready."""
    few = ("--count", "50", "--points", "0.15", "--nth", "37", "--crowd", "8")
    yield told_by(tmp_path_factory.mktemp("kills"), *few)


def test_random_kills_lose_nothing_and_double_nothing(told: dict[str, Any]) -> None:
    """I1-I3, I5-I7."""
    assert told["random"]["found"] == []
    assert told["random"]["kills"] >= 50


def test_random_kills_fall_where_it_hurts(told: dict[str, Any]) -> None:
    fell = told["random"]["fell"]
    harmless = {"before the first order", "while an order begins", "while reading"}
    assert sum(count for place, count in fell.items() if place not in harmless) >= 10
    assert len(fell.keys() - harmless) >= 3
    assert len(told["random"]["flows"]) >= 4


def test_kills_at_named_points_lose_nothing_and_double_nothing(told: dict[str, Any]) -> None:
    assert told["points"]["found"] == []
    assert told["points"]["kills"] >= 15


def test_every_commit_acknowledgement_word_and_rename_is_a_point_with_a_name(told: dict[str, Any]) -> None:
    points = set(told["points"]["points"])
    assert len(points) >= 60
    wanted = {
        "fetch/fsync 1 before",
        "fetch/replace 1 after",
        "fetch/commit 1 after",
        "fetch/acknowledge 1 before",
        "pipe/acknowledge 1 before",
        "take in/commit 1 before",
        "reply/commit 1 after",
        "release/commit 1 before",
        "deliver/smtp . 1 before",
        "deliver/smtp . 1 after",
        "deliver/commit 1 before",
        "merge/commit 1 before",
        "hand over/commit 1 after",
        "tidy/replace 1 before",
        "tidy/replace 1 after",
        "tidy/unlink 1 after",
        "tidy/commit 1 before",
    }
    assert wanted <= points


def test_whichever_operation_fails_the_next_run_finishes_the_work(told: dict[str, Any]) -> None:
    assert told["nth"]["found"] == []
    assert told["nth"]["failures"] >= 17
    assert all(told["nth"]["flows"].values()), "every flow met its failure"


def test_of_many_at_once_exactly_one_has_its_way(told: dict[str, Any]) -> None:
    """Eight press the same button in the same moment; the workers look at the same rows."""
    assert told["crowd"]["found"] == []
    assert told["crowd"]["won"] == dict.fromkeys(["close", "hand over", "merge", "send", "undo"], 1)
    assert told["crowd"]["entries"] == told["crowd"]["mails"], "each message is taken in once"
    assert told["crowd"]["arrived"] == told["crowd"]["letters"], "each letter leaves once"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    yield told_by(tmp_path_factory.mktemp("bugs"), "--count", "0", "--points", "0", "--bugs", "all")["bugs"]


@pytest.mark.parametrize(
    ("bug", "sign"),
    [
        ("acknowledged before kept", "I1"),
        ("no unique key", "I1"),
        ("new Message-ID for each try", "I3"),
        ("no lease", "I3"),
        ("file after commit", "I6"),
        ("tried again without a mark", "I3"),
        ("order trusted", "I2"),
        ("known by Message-ID alone", "I1"),
    ],
)
def test_the_harness_finds_a_planted_bug(planted: dict[str, Any], bug: str, sign: str) -> None:
    assert any(found.startswith(sign) for found in planted[bug]["found"]), planted[bug]
    assert planted[bug]["kills"] <= 200
