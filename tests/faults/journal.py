"""A ledger outside the desk: one JSON object a line, on disk before the next step is taken."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

Line = dict[str, Any]


class Journal:
    """Appends to a file, and waits for the disk each time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, *lines: Line) -> None:
        """All of them in one write."""
        os.write(self._handle, b"".join(json.dumps(line).encode() + b"\n" for line in lines))
        os.fdatasync(self._handle)

    def close(self) -> None:
        os.close(self._handle)


def read(path: Path) -> list[Line]:
    """Every line so far; none of a file that is not there yet."""
    return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []
