"""A line of JSON with a text in it, answered by a line with what was read. Pure: no database, no Django."""

from __future__ import annotations

import json
from typing import Any

from amends.triage.reader.reading import read
from amends.triage.reader.shown import shown

MOST_NAMES = 200
"""Companies watched for in one text."""


class LineError(ValueError):
    """The line cannot be answered; the message says why and what to do."""


def answered(line: str) -> dict[str, Any]:
    """`{id, lang, brands, anger, urgent, vulnerable, topic, kudos}`, or `{id, error}` with what to do.

    Each of `brands`: `{name, about, stance, clues, signals}`; each of `signals`: `{label, polarity, strength,
    certainty, time, span}`, `span` [start, end) in code points of `text`. Never raises.
    """
    given: Any = None
    try:
        given = _object(line)
        text, watch, source = _text(given), _watch(given), _name(given, "source_brand")
        return {"id": given.get("id"), **shown(read(text, watch or ([source] if source else [""]), source=source))}
    except LineError as error:
        return {"id": given.get("id") if isinstance(given, dict) else None, "error": str(error)}


def _object(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError("This line is not JSON. Write one JSON object a line, in UTF-8.") from error
    if not isinstance(given, dict):
        raise LineError('This line is JSON, but not an object. Write {"id": …, "text": …, "watch": […]}.')
    return given


def _text(given: dict[str, Any]) -> str:
    text = given.get("text")
    if text is None:
        raise LineError("“text” is missing. Give it as text.")
    if not isinstance(text, str):
        raise LineError("“text” is not text. Put it in quotation marks.")
    return text


def _watch(given: dict[str, Any]) -> list[str]:
    watch = given.get("watch") or []
    if not isinstance(watch, list) or not all(isinstance(name, str) for name in watch):
        raise LineError('“watch” is no list of names. Write it as ["Name", "Another Name"].')
    if len(watch) > MOST_NAMES:
        raise LineError(f"“watch” has {len(watch)} names, more than {MOST_NAMES}. Ask in several lines.")
    return watch


def _name(given: dict[str, Any], field: str) -> str | None:
    name = given.get(field)
    if name is not None and not isinstance(name, str):
        raise LineError(f"“{field}” is no name. Put it in quotation marks, or leave it away.")
    return name or None
