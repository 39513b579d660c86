"""Open time: how fast `amends clock` starts, how many lines it answers, how long a century takes the first time."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from amends.clock.calendar_files import read_calendar
from bench.desk import ROOT
from bench.measuring import Watch, percentile

LINES = 50_000
STARTS = 15
CALENDARS = 20
CENTURY = timedelta(days=36_525)
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
DAY = [["09:00", "12:30"], ["13:30", "17:30"]]
SHOP = {"tz": "Europe/London", "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)}
COMMAND = [sys.executable, "-m", "amends.cli", "clock"]


def measure() -> Iterator[dict[str, Any]]:
    """The start with one line, then many lines through the command; a century in this process, each time anew."""
    yield {"what": "clock", "page": "clock: start and one line", **_times(lambda: _run(1), STARTS)}
    with Watch() as watch:
        _run(LINES)
    yield {
        "what": "clock",
        "page": f"clock: {LINES:,} lines, {CALENDARS} calendars",
        "lines_per_s": LINES / watch.seconds,
        "other": watch.other,
    }
    _century("GB")  # the package of holidays is loaded
    for name, country, amount in (
        ("a century of days", "", None),
        ("a century of open time", "", CENTURY),
        ("a century of open time, with holidays", "GB", CENTURY),
    ):
        yield {"what": "clock", "page": f"clock: {name}", **_times(lambda c=country, a=amount: _century(c, a), STARTS)}


def _times(do: Any, count: int) -> dict[str, Any]:
    took = []
    with Watch() as watch:
        for _ in range(count):
            began = time.perf_counter()
            do()
            took.append((time.perf_counter() - began) * 1000)
    return {"p50_ms": percentile(took, 0.5), "p95_ms": percentile(took, 0.95), "other": watch.other}


def _century(country: str, amount: timedelta | None = None) -> None:
    calendar = read_calendar({**SHOP, "country": country})
    if amount is None:
        calendar.open_between(BEGINS, BEGINS + CENTURY)
    else:
        calendar.add_open(BEGINS, amount)


def _run(count: int) -> None:
    done = subprocess.run(COMMAND, cwd=ROOT, input="".join(_lines(count)), capture_output=True, text=True, check=True)
    assert done.stdout.count('"error"') == 0
    assert done.stdout.count("\n") == count


def _lines(count: int) -> Iterator[str]:
    chance = random.Random(7)
    for number in range(count):
        calendar = {**SHOP, "closed": [f"2026-05-{number % CALENDARS + 1:02}"]}
        start = (BEGINS + timedelta(minutes=chance.randrange(525_600))).isoformat()
        asked = [
            {"from": start, "add": f"PT{chance.randrange(1, 200)}H"},
            {"from": start, "to": "2026-07-01T12:00Z"},
            {"at": start},
        ]
        yield json.dumps({"id": number, "calendar": calendar, **asked[number % 3]}) + "\n"
