"""A line of JSON with a letter in it, answered by a line with its promises (SL7). Pure: no database, no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from amends.clock.closing import EveryDay
from amends.clock.spoken import Moment
from amends.clock.tongues import TONGUES
from amends.clock.words import FoundPromise, find_promises
from amends.kit.json_lines import LineError, answer, word
from amends.triage.languages import language_of

CLOSING = "17:30"
"""When a day ends for a line that does not say."""
LONGEST_TEXT = 100_000
"""Characters; a letter of a thousand lines is shorter."""


SHAPE = '{"id": …, "now": …, "text": …}'


@dataclass(frozen=True)
class _Asked:
    text: str
    language: str
    moment: Moment


def answered(line: str) -> dict[str, Any]:
    """`{id, promises: [{act, due, vague, span}]}`, or `{id, error}` with a sentence that says what to do.

    `act` is a kind of C4.1, `due` ISO 8601 with offset in the line's `tz` or None, `vague` whether words like "soon"
    stand in its place, `span` [start, end) in code points of `text`: the words of the promise, its time included.
    """
    return answer(line, SHAPE, _promises)


def _promises(given: dict[str, Any]) -> dict[str, Any]:
    asked = _asked(given)
    found = find_promises(asked.text, asked.moment, asked.language)
    return {"promises": [_told(one, asked.moment.tz) for one in found]}


def _asked(given: dict[str, Any]) -> _Asked:
    text = word(given, "text")
    if len(text) > LONGEST_TEXT:
        raise LineError(
            f"The text has {len(text)} characters, more than {LONGEST_TEXT}. Send the letter without its thread."
        )
    zone = _zone(word(given, "tz", "UTC"))
    closing = EveryDay(_closing(word(given, "closing", CLOSING)), zone)
    locale = word(given, "locale", "").replace("-", "_").casefold()
    language = _language(text, word(given, "lang", "") or locale)
    moment = Moment(_now(word(given, "now"), zone), zone, closing, plain_days=True, month_first=locale.endswith("_us"))
    return _Asked(text, language, moment)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise LineError(f"“{name[:60]}” is no time zone. Write its IANA name, such as Europe/Berlin.") from error


def _closing(written: str) -> time:
    try:
        closing = time.fromisoformat(written)
    except ValueError as error:
        raise LineError(f"“{written[:20]}” is no closing time. Write it as 17:30.") from error
    return closing.replace(tzinfo=None)


def _now(written: str, zone: ZoneInfo) -> datetime:
    try:
        now = datetime.fromisoformat(written)
        now = now if now.tzinfo else now.replace(tzinfo=zone)
        now.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise LineError(f"“{written[:40]}” is no time. Write “now” as 2026-03-04T10:00 or with an offset.") from error
    if not _FIRST_YEAR <= now.year <= _LAST_YEAR:
        raise LineError(f"“now” lies in the year {now.year}. Give a year from {_FIRST_YEAR} to {_LAST_YEAR}.")
    return now


_FIRST_YEAR, _LAST_YEAR = 1970, 9000


def _language(text: str, given: str) -> str:
    """The text's own language where it shows; else the one that was given."""
    said = given[:2].casefold()
    seen = language_of(text, otherwise="")
    if seen in TONGUES:
        return seen
    if said in TONGUES and (not seen or len(text.split()) < _FEW_WORDS):
        return said
    known = ", ".join(sorted(TONGUES))
    if not seen and not said:
        raise LineError(f"The text is too short to tell its language. Give “lang”: {known}.")
    raise LineError(f"The text is in “{seen or given[:8]}”. Promises are found in {known}.")


_FEW_WORDS = 60
"""A text of fewer words may look like another language by chance."""


def _told(found: FoundPromise, zone: ZoneInfo) -> dict[str, Any]:
    due = found.due.astimezone(zone).isoformat() if found.due is not None else None
    return {"act": found.kind, "due": due, "vague": found.vague, "span": [found.start, found.end]}
