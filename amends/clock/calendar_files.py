"""A calendar written as JSON, read into opening hours. Pure, without Django.

`{"tz": "Europe/London", "hours": {"mon": [["09:00", "12:30"], ["13:30", "17:30"]]}, "country": "GB",
"closed": ["2026-12-25"], "open": {"2026-12-24": [["09:00", "12:00"]]}}`. Openings of a day that overlap, touch or are out
of order are joined: what is open twice is open once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from amends.clock.country_days import NoSuchPlace, of_country
from amends.clock.days import MIDNIGHT, Opening
from amends.clock.hours import Calendar, PublicDays, Week

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG = dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), range(7), strict=True))
_NUMBER_OF = {**{day: n for n, day in enumerate(WEEKDAYS)}, **_LONG}
KNOWN = ("tz", "hours", "closed", "open", "country", "name")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_AT_THE_END = 24 * 3600


class CalendarError(ValueError):
    """What is wrong with a calendar, and how to write it; the message is a sentence."""


def read_json(text: str | bytes) -> Calendar:
    """A calendar from a file's content. Raises CalendarError."""
    try:
        return read_calendar(json.loads(text))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CalendarError(f"The calendar is no JSON: {error}. Write it as the documentation shows.") from error


def read_calendar(given: object) -> Calendar:
    """A calendar from JSON's own types. Raises CalendarError, also when nothing of it is ever open."""
    calendar = _object(given, "The calendar")
    for name in calendar:
        if name not in KNOWN:
            raise CalendarError(f"“{name}” is no part of a calendar. Its parts are: {', '.join(KNOWN)}.")
    found = Calendar(
        Week(_week(calendar.get("hours"))),
        _zone(calendar.get("tz")),
        _closed(calendar.get("closed")),
        _own(calendar.get("open")),
        _public(calendar.get("country")),
    )
    if found.never:
        raise CalendarError(
            "This calendar is never open. Give at least one day an opening, such as "
            '"hours": {"mon": [["09:00", "17:00"]]}, or a date in "open".'
        )
    return found


def _zone(name: object) -> ZoneInfo:
    if not isinstance(name, str) or not name:
        raise CalendarError('The calendar names no time zone. Add one, such as "tz": "Europe/London".')
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CalendarError(
            f"There is no time zone “{name[:80]}”. Write one of the tz database, such as Europe/London or UTC."
        ) from error


def _week(given: object) -> Mapping[int, tuple[Opening, ...]]:
    days: dict[int, tuple[Opening, ...]] = {}
    for name, openings in _object({} if given is None else given, "“hours”").items():
        number = _NUMBER_OF.get(name.strip().lower())
        if number is None:
            raise CalendarError(f"“{name[:80]}” is no day of the week. Write {', '.join(WEEKDAYS)}.")
        days[number] = _openings(openings, f"“{name}”", days.get(number, ()))
    return days


def _own(given: object) -> Mapping[date, tuple[Opening, ...]]:
    return {
        _date(day): _openings(openings, f"“{day}”")
        for day, openings in _object({} if given is None else given, "“open”").items()
    }


def _closed(given: object) -> Mapping[date, str]:
    """Date → name, which may be empty: a list has dates only."""
    if isinstance(given, dict):
        return {_date(day): str(name or "") for day, name in given.items()}
    if given is None:
        return {}
    if not isinstance(given, list):
        raise CalendarError('“closed” is a list of dates, such as ["2026-12-25"].')
    return {_date(day): "" for day in given}


def _public(country: object) -> PublicDays | None:
    if country is None or country == "":
        return None
    if not isinstance(country, str):
        raise CalendarError('“country” is a code such as "GB" or, with a region, "DE-BY".')
    try:
        return of_country(country)
    except NoSuchPlace as error:
        raise CalendarError(str(error)) from error


def _openings(given: object, where: str, more: Iterable[Opening] = ()) -> tuple[Opening, ...]:
    if given is None:
        return tuple(more)
    if not isinstance(given, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in given):
        raise CalendarError(f'{where} is a list of openings, each a pair of times, such as [["09:00", "17:00"]].')
    spans = [(_seconds(opens, where), _seconds(closes, where)) for opens, closes in given]
    for (opens, closes), (begins, ends) in zip(given, spans, strict=True):
        if ends <= begins:
            raise CalendarError(
                f"{where}: an opening from {opens} to {closes} ends before it begins. Hours past midnight are two "
                f'openings: ["{opens}", "24:00"] on this day, and ["00:00", "{closes}"] on the next.'
                if ends and begins != ends
                else f"{where}: an opening from {opens} to {closes} has no length. Write the end of a day as 24:00."
            )
    return _joined([*spans, *((_passed(a), _passed(b) or _AT_THE_END) for a, b in more)])


def _joined(spans: list[tuple[int, int]]) -> tuple[Opening, ...]:
    joined: list[tuple[int, int]] = []
    for begins, ends in sorted(spans):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return tuple((_clock(begins), _clock(ends)) for begins, ends in joined)


def _seconds(given: object, where: str) -> int:
    """Seconds after midnight; 24:00 is the day's end."""
    found = _TIME.fullmatch(given) if isinstance(given, str) else None
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (99, 99, 99)
    seconds = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or seconds > _AT_THE_END:
        raise CalendarError(
            f"{where}: “{str(given)[:40]}” is no time of day. Write it like 09:00, from 00:00 to 24:00."
        )
    return seconds


def _clock(seconds: int) -> time:
    seconds %= _AT_THE_END
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60) if seconds else MIDNIGHT


def _passed(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def _date(given: object) -> date:
    try:
        if isinstance(given, str) and _DATE.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise CalendarError(f"“{str(given)[:40]}” is no date. Write it like 2026-12-25.")


def _object(given: object, where: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise CalendarError(f"{where} is an object in braces, with names and values.")
    return given
