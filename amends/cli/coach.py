"""`amends coach`: what would a good colleague say of these drafts? JSON lines in, JSON lines out."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO

from amends.kit.json_lines import answer_each

ABOUT = (
    "Reads one JSON object a line from standard input: {id, kind, customer, draft, profile, known}. Answers each with a "
    "line {id, labels, flawless, score, items, flags, gate}, or {id, error}; a line that cannot be answered stops nothing."
)


def add_to(commands: Any) -> None:
    """Add `coach`."""
    coach = commands.add_parser(
        "coach", help="judge drafts of answers: JSON lines in, JSON lines out", description=ABOUT
    )
    coach.set_defaults(do=lambda _given: answer_all(sys.stdin.buffer, sys.stdout.buffer))


def answer_all(lines: BinaryIO, out: BinaryIO) -> int:
    """Answer every line in its order; 0 even when some could not be, for each says so itself."""
    _speak_plainly()
    from amends.flows.coach_lines import answered

    answer_each(lines, out, answered)
    return 0


def _speak_plainly() -> None:
    """The coach's sentences can be translated, and the library asks its settings how; without a desk there are none."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
