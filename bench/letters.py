"""Promises in letters: how fast `amends promises` starts, and how many letters it reads a second (SL7)."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from bench.desk import ROOT
from bench.measuring import Watch

LETTERS = 5_000
KEPT = ROOT / "amends/cli/tests/letters.jsonl"
COMMAND = [sys.executable, "-m", "amends.cli", "promises"]


def measure() -> Iterator[dict[str, Any]]:
    """One letter for the start, then many of each language; a letter has some twenty words."""
    kept = [json.loads(line) for line in KEPT.read_text().splitlines()]
    yield _answered("start and one letter", kept[:1], 1)
    for language in sorted({letter["lang"] for letter in kept}):
        yield _answered(f"letters in {language}", [one for one in kept if one["lang"] == language], LETTERS)


def _answered(name: str, letters: list[dict[str, Any]], count: int) -> dict[str, Any]:
    lines = "".join(json.dumps(letter) + "\n" for letter in itertools.islice(itertools.cycle(letters), count))
    with Watch() as watch:
        done = subprocess.run(COMMAND, cwd=ROOT, input=lines, capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == count
    assert '"error"' not in done.stdout
    row = {"what": "letters", "page": f"promises: {name}", "seconds": watch.seconds, "other": watch.other}
    return row if count == 1 else {**row, "lines_per_s": count / watch.seconds}
