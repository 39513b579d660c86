"""`amends promises`: which promises are in these letters, and by when? JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO, TextIO

ABOUT = (
    "Reads one JSON object a line from standard input: {id, lang, locale, tz, now, closing, text}. Answers each with a "
    "line {id, promises: [{act, due, vague, span}]}, or {id, error}; a line that cannot be answered stops nothing."
)


def add_to(commands: Any) -> None:
    """Add `promises`."""
    promises = commands.add_parser(
        "promises", help="find promises in letters: JSON lines in, JSON lines out", description=ABOUT
    )
    promises.set_defaults(do=lambda _given: answer_all(sys.stdin.buffer, sys.stdout))


def answer_all(lines: BinaryIO, out: TextIO) -> int:
    """Answer every line in its order; 0 even when some could not be, for each says so itself."""
    from amends.flows.promise_lines import answered

    for raw in lines:
        line = raw.decode("utf-8", errors="replace").strip().removeprefix("\ufeff")
        if line:
            out.write(json.dumps(answered(line), ensure_ascii=False) + "\n")
            out.flush()
    return 0
