"""Read many texts in a process of their own: what the models take of memory goes when they are read.

No Django, no database; a text that brings that process down takes no other one along.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from amends.triage.reader.use import Use

PROGRAM = [sys.executable, "-m", "amends.triage.reader"]
BY_WORDS = "--by-words"
"""Said to it, it does not ask what texts mean."""
START_SECONDS = 60.0
SECONDS = 2.0
"""For one text: a hundred times what the longest takes."""


@dataclass(frozen=True)
class Asked:
    """One text, and the company that it was written to."""

    id: int
    text: str
    brand: str


class NotRead(Exception):
    """The process ended before it had answered."""


def read_beside(texts: Sequence[Asked]) -> dict[int, dict[str, Any]]:
    """Id → what `lines.answered` tells. A text that nobody can read is left out."""
    try:
        return _read(texts) if texts else {}
    except NotRead:
        if len(texts) == 1:
            return {}
        half = len(texts) // 2
        return read_beside(texts[:half]) | read_beside(texts[half:])


def _read(texts: Sequence[Asked]) -> dict[int, dict[str, Any]]:
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            PROGRAM if Use.meaning else [*PROGRAM, BY_WORDS],
            input=b"".join(_lines(texts)),
            stdout=subprocess.PIPE,
            timeout=START_SECONDS + SECONDS * len(texts),
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise NotRead from error
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["id"]: one for one in answers if "error" not in one}


def _lines(texts: Iterable[Asked]) -> Iterable[bytes]:
    for one in texts:
        yield json.dumps({"id": one.id, "text": one.text, "source_brand": one.brand}).encode() + b"\n"
