"""A line of JSON with a text in it, answered by a line with what was read. Pure: no database, no Django."""

from __future__ import annotations

from typing import Any

from amends.kit.json_lines import LineError, answer, word
from amends.triage.reader.intents import LISTS
from amends.triage.reader.model import model
from amends.triage.reader.reading import read
from amends.triage.reader.shown import shown

SHAPE = '{"id": …, "text": …, "watch": […]}'
MOST_NAMES = 200
"""Companies watched for in one text."""


def answered(line: str) -> dict[str, Any]:
    """`{id, lang, brands, anger, urgent, vulnerable, topic, kudos, facts}`, or `{id, error}` with what to do.

    Each of `brands`: `{name, about, stance, clues, signals}`; each of `signals`: `{label, polarity, strength,
    certainty, time, span}`, `span` [start, end) in code points of `text`. With `intents` in the question, a list of
    `LISTS`, also `intent` and by how much it is likelier than the next. Never raises.
    """
    return answer(line, SHAPE, _told)


def _told(given: dict[str, Any]) -> dict[str, Any]:
    text, watch, source = word(given, "text"), _watch(given), word(given, "source_brand", "") or None
    told = shown(read(text, watch or ([source] if source else [""]), source=source))
    return told | _intent(given, text)


def _intent(given: dict[str, Any], text: str) -> dict[str, Any]:
    name = word(given, "intents", "")
    if not name:
        return {}
    if name not in LISTS:
        raise LineError(f"“intents” is “{name[:40]}”, and there is no such list. Write one of: {', '.join(LISTS)}.")
    intent, ahead = model().intent(name, text)
    return {"intent": intent, "intent_ahead": ahead}


def _watch(given: dict[str, Any]) -> list[str]:
    watch = given.get("watch") or []
    if not isinstance(watch, list) or not all(isinstance(name, str) for name in watch):
        raise LineError('“watch” is no list of names. Write it as ["Name", "Another Name"].')
    if len(watch) > MOST_NAMES:
        raise LineError(f"“watch” has {len(watch)} names, more than {MOST_NAMES}. Ask in several lines.")
    return watch
