"""`amends read`: what do people say, and of whom? JSON lines in, JSON lines out."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO

from amends.kit.json_lines import answer_each

ABOUT = (
    "Reads one JSON object a line from standard input: {id, text, watch: [names], source_brand}. Answers each with a "
    "line {id, lang, brands: [{name, about, stance, clues, signals}], anger, urgent, vulnerable, topic, kudos, facts}, or "
    "{id, error}; a line that cannot be answered stops nothing."
)
WRONG_MODEL = 2


def add_to(commands: Any) -> None:
    """Add `read`."""
    read = commands.add_parser("read", help="read what people write: JSON lines in, JSON lines out", description=ABOUT)
    read.set_defaults(do=lambda _given: answer_all(sys.stdin.buffer, sys.stdout.buffer))


def answer_all(lines: BinaryIO, out: BinaryIO) -> int:
    """Answer every line in its order; 0 even when some could not be, for each says so itself.

    2 when the models cannot be used: nothing is read then.
    """
    from amends.config.environment import Environment, SettingError
    from amends.triage.reader.lines import answered
    from amends.triage.reader.model import model
    from amends.triage.reader.model_file import ModelError
    from amends.triage.reader.use import Use

    try:
        Use.meaning = Environment().flag("SEMANTIC")
        model()
    except (ModelError, SettingError) as error:
        print(f"amends: {error}", file=sys.stderr)
        return WRONG_MODEL
    answer_each(lines, out, answered)
    return 0
