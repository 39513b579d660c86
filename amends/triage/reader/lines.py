"""A line of JSON with a text in it, answered by a line with what was read. Pure: no database, no Django."""

from __future__ import annotations

from typing import Any

from amends.kit.json_lines import LineError, answer, word
from amends.triage.reader.reading import read
from amends.triage.reader.shown import shown

SHAPE = '{"id": …, "text": …, "watch": […]}'
MOST_NAMES = 200
"""Companies watched for in one text."""


def answered(line: str) -> dict[str, Any]:
    """`{id, lang, brands, anger, urgent, vulnerable, topic, kudos, facts}`, or `{id, error}` with what to do.

    Each of `brands`: `{name, about, stance, clues, signals}`; each of `signals`: `{label, polarity, strength,
    certainty, time, span}`, `span` [start, end) in code points of `text`. Never raises.
    """
    return answer(line, SHAPE, _told)


def _told(given: dict[str, Any]) -> dict[str, Any]:
    text, watch, source = word(given, "text"), _watch(given), word(given, "source_brand", "") or None
    return shown(read(text, watch or ([source] if source else [""]), source=source))


def _watch(given: dict[str, Any]) -> list[str]:
    watch = given.get("watch") or []
    if not isinstance(watch, list) or not all(isinstance(name, str) for name in watch):
        raise LineError('“watch” is no list of names. Write it as ["Name", "Another Name"].')
    if len(watch) > MOST_NAMES:
        raise LineError(f"“watch” has {len(watch)} names, more than {MOST_NAMES}. Ask in several lines.")
    return watch
