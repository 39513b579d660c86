"""`amends promises`: which promises are in these letters, and by when? JSON lines in, JSON lines out."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO

from amends.kit.json_lines import answer_each

ABOUT = (
    "Reads one JSON object a line from standard input: {id, lang, locale, tz, now, closing, text}. Answers each with a "
    "line {id, promises: [{act, due, vague, span}]}, or {id, error}; a line that cannot be answered stops nothing."
)


def add_to(commands: Any) -> None:
    """Add `promises`."""
    promises = commands.add_parser(
        "promises", help="find promises in letters: JSON lines in, JSON lines out", description=ABOUT
    )
    promises.set_defaults(do=lambda _given: answer_all(sys.stdin.buffer, sys.stdout.buffer))


def answer_all(lines: BinaryIO, out: BinaryIO) -> int:
    """Answer every line in its order; 0 even when some could not be, for each says so itself."""
    from amends.flows.promise_lines import answered

    answer_each(lines, out, answered)
    return 0
