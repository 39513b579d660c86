"""`amends clock`: open time added, measured and explained. Needs no desk, no database and no Django: it starts at once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from amends.clock.asked import Answerer, read_moment, written
from amends.clock.calendar_files import CalendarError, read_json
from amends.clock.durations import read_duration, seconds_of
from amends.clock.explaining import Explanation, Part, explain, shown, until
from amends.clock.hours import Calendar, NeverOpen
from amends.kit.json_lines import answer_each

WRONG_USE = 2
DAY = "%a %d %b %Y"
CLOSED = {
    "weekday": "closed",
    "named": "closed on this day",
    "public": "public holiday",
    "shut": "closed by its own hours",
    "skipped": "this date did not happen here: the clock was put past it",
}


def add_to(commands: Any) -> None:
    """Add `clock`."""
    clock = commands.add_parser(
        "clock",
        help="open time: add it, measure it, and see every minute counted",
        description="With --from and --add, --between or --at: one answer, explained. Without them: answers each line of "
        "JSON on standard input.",
    )
    clock.add_argument("--calendar", metavar="FILE", type=Path, help="hours, time zone and holidays as JSON")
    clock.add_argument("--from", dest="start", metavar="ISO", help="a moment, such as 2026-11-27T17:55")
    clock.add_argument("--add", metavar="DURATION", help="open time, such as PT4H or -PT90M")
    clock.add_argument("--between", nargs=2, metavar="ISO", help="measure from one moment to another")
    clock.add_argument("--at", metavar="ISO", help="is it open at this moment, and when next?")
    clock.set_defaults(do=_clock)


def with_sign(words: list[str]) -> list[str]:
    """`--add -PT4H` as `--add=-PT4H`: argparse takes what begins with a dash for another option."""
    found: list[str] = []
    for word in words:
        if found[-1:] == ["--add"] and word.upper().startswith("-P"):
            found[-1] = f"--add={word}"
        else:
            found.append(word)
    return found


def _clock(given: argparse.Namespace) -> int:
    asked = [bool(given.start or given.add), given.between is not None, given.at is not None]
    if sum(asked) > 1 or bool(given.start) != bool(given.add):
        return _refused("Ask one thing: --from and --add, or --between, or --at.")
    try:
        calendar = _calendar(given.calendar) if given.calendar else None
        if not any(asked):
            return _answer_lines(calendar)
        if calendar is None:
            return _refused("Name a calendar: --calendar FILE.json.")
        for line in _answered(given, calendar):
            print(line)
    except ValueError as error:
        return _refused(str(error))
    return 0


def _calendar(path: Path) -> Calendar:
    try:
        return read_json(path.read_bytes())
    except OSError as error:
        raise CalendarError(f"{path} cannot be read: {error.strerror}. Name a file with a calendar.") from error


def _answer_lines(calendar: Calendar | None) -> int:
    if sys.stdin.isatty():
        return _refused("Say what to count: --from and --add, --between or --at; or hand questions in, one a line.")
    answer_lines(sys.stdin.buffer, sys.stdout.buffer, calendar)
    return 0


def answer_lines(questions: Iterable[bytes], out: BinaryIO, calendar: Calendar | None = None) -> None:
    """One answer for each line, in order, each handed on at once; an empty line is passed over."""
    answer_each(questions, out, Answerer(calendar).answer_line)


def _answered(given: argparse.Namespace, calendar: Calendar) -> Iterator[str]:
    if given.at is not None:
        return _told_of(calendar, read_moment(given.at, calendar.tz, "--at"))
    if given.between is not None:
        a, b = (read_moment(one, calendar.tz, "--between") for one in given.between)
        return iter([str(seconds_of(calendar.open_between(a, b))), "", *_explained(explain(calendar, a, b), b < a)])
    start, amount = read_moment(given.start, calendar.tz, "--from"), read_duration(given.add)
    due = calendar.add_open(start, amount)
    return iter([written(due, calendar.tz), "", *_explained(explain(calendar, start, due), amount < timedelta(0))])


def _told_of(calendar: Calendar, at: datetime) -> Iterator[str]:
    yield "open" if calendar.is_open(at) else "closed"
    try:
        yield f"next open {written(calendar.next_open(at), calendar.tz)}"
    except NeverOpen as error:
        yield str(error)
    local = at.astimezone(calendar.tz)
    hours = ", ".join(map(until, calendar.hours_on(local.date()))) or "closed all day"
    yield f"\n{local:{DAY}}  {hours}  (clock of {calendar.tz})"


def _explained(told: Explanation, back: bool) -> Iterator[str]:
    """Each day, and what of it was counted; the last line is their sum."""
    rows = [(_date_of(part), _what(part), _length(part.counted) if part.counted else "–") for part in told.parts]
    rows.append(("Total", "counted back" if back else "", _length(told.counted)))
    wide = [max(len(row[column]) for row in rows) for column in range(2)]
    yield f"{told.start:{DAY} %H:%M} to {told.end:{DAY} %H:%M}, by the clock of {told.start.tzinfo}"
    for day, what, length in rows:
        yield f"  {day:{wide[0]}}  {what:{wide[1]}}  {length}"
    days = told.business_days
    yield f"  {days} business day{'' if days == 1 else 's'} after the first date"


def _date_of(part: Part) -> str:
    return f"{part.first:{DAY}}" if part.first == part.last else f"{part.first:{DAY}} – {part.last:{DAY}}"


def _what(part: Part) -> str:
    words = f"{CLOSED[part.why]}{f', {part.name}' if part.name else ''}" if part.why in CLOSED else _open(part)
    if not part.change:
        return words
    way = "forward" if part.change > timedelta(0) else "back"
    return f"{words}; the clock was put {way} by {_length(abs(part.change))}"


def _open(part: Part) -> str:
    hours = ", ".join(map(until, part.openings))
    own = f" (hours of this day{f', {part.name}' if part.name else ''})" if part.why == "own" else ""
    if not part.spans:
        return f"outside its hours, {hours}{own}"
    counted = ", ".join(map(shown, part.spans))
    pauses = ", ".join(map(shown, part.breaks))
    return f"{counted}{own}{f'; closed {pauses}' if pauses else ''}"


def _length(span: timedelta) -> str:
    """ "3 h 30 min", "12 s": hours are not made days, because nobody is open for a day."""
    minutes, rest = divmod(span, timedelta(minutes=1))
    seconds = seconds_of(rest)
    parts = [(minutes // 60, "h"), (minutes % 60, "min"), (seconds, "s")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "nothing"


def _refused(words: str) -> int:
    print(f"amends: {words}", file=sys.stderr)
    return WRONG_USE
