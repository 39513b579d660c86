"""One question about open time as a JSON object, and its answer. Pure, without Django.

`{id, calendar, from, add}` → `{id, due}`; `{id, calendar, from, to}` → `{id, seconds}`; `{id, calendar, at}` →
`{id, open, next_open}`; whatever is wrong → `{id, error}`.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from amends.clock.calendar_files import CalendarError, read_json
from amends.clock.durations import read_duration, seconds_of
from amends.clock.hours import Calendar, NeverOpen

FORMS = "“from” and “add”, “from” and “to”, or “at”"


class Answerer:
    """Answers lines; a calendar that comes again is read once. `usual` is asked where a line brings none."""

    def __init__(self, usual: Calendar | None = None) -> None:
        self._usual = usual
        self._calendar = lru_cache(512)(read_json)

    def answer_line(self, line: str | bytes) -> dict[str, Any]:
        """The answer to one line of JSON. Never raises: a line that is no question has an error, and `id` null."""
        try:
            asked = json.loads(line)
        except (ValueError, RecursionError) as error:
            return {"id": None, "error": f"This line is no JSON: {error}. Write one object a line."}
        if not isinstance(asked, dict):
            return {"id": None, "error": f"This line is no question. Write an object with a calendar and {FORMS}."}
        try:
            return {"id": asked.get("id"), **self._answer(asked)}
        except ValueError as error:  # OutOfTime, NeverOpen and CalendarError are such
            return {"id": asked.get("id"), "error": str(error)}

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        calendar = self._asked_of(asked)
        match sorted({"from", "add", "to", "at"} & asked.keys()):
            case ["add", "from"]:
                start = read_moment(asked["from"], calendar.tz)
                due = calendar.add_open(start, read_duration(_text(asked["add"], "add")))
                return {"due": written(due, calendar.tz)}
            case ["from", "to"]:
                a, b = read_moment(asked["from"], calendar.tz), read_moment(asked["to"], calendar.tz, "to")
                return {"seconds": seconds_of(calendar.open_between(a, b))}
            case ["at"]:
                at = read_moment(asked["at"], calendar.tz, "at")
                return {"open": calendar.is_open(at), "next_open": _next_open(calendar, at)}
        raise ValueError(f"It is not clear what is asked. Write {FORMS}.")

    def _asked_of(self, asked: dict[str, Any]) -> Calendar:
        if "calendar" in asked:
            try:
                return self._calendar(json.dumps(asked["calendar"]))
            except RecursionError as error:
                raise CalendarError("The calendar is nested too deep. Write it as the documentation shows.") from error
        if self._usual is None:
            raise CalendarError("The line brings no calendar. Add one, or name a file with --calendar.")
        return self._usual


def read_moment(given: object, tz: ZoneInfo, name: str = "from") -> datetime:
    """An ISO 8601 moment; without an offset the clock in `tz` is meant. Raises ValueError.

    Of an hour that this clock shows twice the first is meant, and one that it skips is read as if it had not been put
    forward.
    """
    try:
        found = datetime.fromisoformat(_text(given, name).strip())
    except ValueError as error:
        raise ValueError(
            f"“{str(given)[:60]}” in “{name}” is no moment. Write it like 2026-11-27T17:55 or 2026-11-27T17:55:00+01:00."
        ) from error
    return found if found.tzinfo is not None else found.replace(tzinfo=tz)


def written(at: datetime, tz: ZoneInfo) -> str:
    """ISO 8601 with the offset that holds in `tz` at that moment."""
    return at.astimezone(tz).isoformat()


def _next_open(calendar: Calendar, at: datetime) -> str | None:
    """`at` itself while open; None when no single date that is open lies ahead."""
    try:
        return written(calendar.next_open(at), calendar.tz)
    except NeverOpen:
        return None


def _text(given: object, name: str) -> str:
    if not isinstance(given, str):
        raise ValueError(f"“{name}” is a text in quotes, such as {'PT4H' if name == 'add' else '2026-11-27T17:55'}.")
    return given
