"""S27: no pattern and no reader of ours can be made slow by text from outside.

Here, and only here, a clock says whether a test passes: the claim is about time. It is the processor's own time, the
best of three, and the bound is many times what is needed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest

from amends.cases import subjects
from amends.cases.search import folding
from amends.channels.email import addresses, machine, parameters, quotes, words
from amends.channels.email.read import read
from amends.clock.hours import Calendar, Week
from amends.clock.spoken import Moment
from amends.clock.tongues import TONGUES
from amends.clock.words import LONGEST, find_promises
from amends.coach.brief import Brief
from amends.coach.check import LONGEST as LONGEST_DRAFT
from amends.coach.check import check
from amends.coach.draft import LONGEST_SENTENCE
from amends.config import masking
from amends.kit import cards, html, uploads
from amends.kit.sentences import sentences
from amends.triage import languages, reading
from amends.triage.reader import shape
from amends.ui.voices import paragraphs
from tests.cast import TUESDAY
from tests.effort import QUICK as QUICK_RUN
from tests.security.patterns import Use, uses

pytestmark = pytest.mark.long

SIZE = 100 * 1024
HALF = SIZE // 2
"""For whole readers, which do many things with it."""
MOST = 0.1
"""Seconds of a processor that one pattern may take for so much."""
FIRST_LOOK = 4
"""A pattern is given a quarter first: what is quick there even at the square of it needs no second look."""
LINEAR = 10
"""Four times as much text takes less than ten times as long; at the square it would be sixteen."""
QUICK = 0.1
"""What takes less for all of it needs no second look."""
BOUNDED = {
    "amends.channels.email.machine:FAILURE": machine._LOOKED_AT,
    **dict.fromkeys(
        (
            *(
                "amends.coach.check:RAGE",
                "amends.coach.check:LOUD",
                "amends.coach.checks.manner:_MARKS",
            ),
            *("amends.coach.checks.public:_PRIVATE", "amends.coach.checks.money:_ASKED_TO_BUY"),
            *("amends.coach.checks.knowing:_ANSWERS", "amends.coach.checks.knowing:_SETTLES"),
        ),
        LONGEST_DRAFT,
    ),
    "amends.triage.reader.shape:_SIGNS": shape._LOOKED_AT,
    "amends.channels.email.quotes:_SECOND_OPINION": quotes._LONGEST_LINE * quotes._LONGEST_ATTRIBUTION,
}
"""Pattern that meets short text only → how long it is at most. Whoever adds one names the limit that the code itself uses."""
WITHIN = {"amends.clock.tongues": LONGEST, "amends.coach.": LONGEST_SENTENCE}
"""What reads one sentence at a time, and of that so much."""
PUMPS = [
    *(
        " ",
        "\n",
        "\r\n",
        " \n",
        "a",
        "A",
        "0",
        "a ",
        "word word ",
        "A A ",
        "1.",
        "12-",
        "-",
        "-- ",
        "=",
        "'",
        '"',
        "@",
        "a@",
    ),
    *(
        "<",
        "<a ",
        "<!--",
        "&",
        "(",
        "[",
        "> a\n",
        "On Monday a wrote:\n",
        "From: a\n",
        "http://",
        "=?",
        "a@b.",
        "\u3000",
    ),
]
if QUICK_RUN:
    PUMPS = PUMPS[::4]  # the second database has no part in this


def pump(unit: str, size: int) -> str:
    """So much of it, with an end that fits nothing."""
    return (unit * (size // len(unit) + 1))[:size] + "\x01"


def seconds(deed: Callable[[str], object], text: str, *, tries: int = 1, enough: float = 0) -> float:
    """Of a processor, the best of some; no further try once it is good enough."""
    best = float("inf")
    for _try in range(tries):
        began = time.process_time()
        deed(text)
        best = min(best, time.process_time() - began)
        if best <= enough:
            break
    return best


def slow(use: Use) -> Iterator[str]:
    """The pumps that it takes too long for."""
    size = min(
        SIZE, BOUNDED.get(use.where) or next((most for of, most in WITHIN.items() if use.where.startswith(of)), SIZE)
    )
    own = use.words()[:4]
    for unit in [*PUMPS, *(f"{word} " for word in own)]:
        part = seconds(use.run, pump(unit, size // FIRST_LOOK))
        if part < MOST / FIRST_LOOK**3:
            continue
        # One that takes so long for a quarter is never asked for the whole.
        taken = part if part > MOST else seconds(use.run, pump(unit, size), tries=3, enough=MOST)
        if taken > MOST:
            yield f"{unit!r}: {taken:.2f} s"


def test_the_walk_finds_the_patterns() -> None:
    found = {use.where for use in uses()}
    assert len(uses()) > 150
    assert {"amends.kit.html:_TAG", "amends.channels.email.quotes:_DASHED", "amends.config.masking:PATTERNS"} <= found
    assert not BOUNDED.keys() - found, "these are no patterns any more"


@pytest.mark.parametrize("part", range(4))
def test_no_pattern_can_be_pumped_up(part: int) -> None:
    wrong = {use.where: list(pumped) for use in uses()[part::4] if (pumped := tuple(slow(use)))}
    assert not wrong


@pytest.mark.parametrize("pattern", [r"(?:a+)+b", r"\s*x?\s*y", r"[a-z0-9.-]*://", r"a*b", r"(\w+\s?)+:"])
def test_a_slow_pattern_is_found(pattern: str) -> None:
    """What stood here once, or in others' advisories."""
    assert list(slow_within_reason(re.compile(pattern)))


def slow_within_reason(pattern: re.Pattern[str]) -> Iterator[str]:
    """As `slow`, for a pattern that would never end: it is given less, and less time."""
    for unit in ("a", " ", "a "):
        for size in (20, 400, 4_000):
            taken = seconds(pattern.search, pump(unit, size))
            if taken > MOST * size / SIZE:
                yield unit
                break


def coached(text: str) -> object:
    return check(text, Brief())


def promised(text: str) -> object:
    moment = Moment(TUESDAY, ZoneInfo("UTC"), OFFICE)
    return [find_promises(text, moment, language) for language in TONGUES]


def mailed(text: str) -> object:
    return read(b"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n" + text.encode())


def mailed_as_html(text: str) -> object:
    return read(b"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n" + text.encode())


def headed(text: str) -> object:
    line = " ".join(text.split("\n"))
    return read(f"From: {line}\nTo: {line}\nSubject: {line}\nReferences: {line}\nContent-Type: {line}\n\nx".encode())


OFFICE = Calendar(Week(dict.fromkeys(range(5), ((clock(9), clock(17)),))), ZoneInfo("UTC"))
READERS: dict[str, Callable[[str], object]] = {
    "quoted letters": quotes.new_text,
    "a mail": mailed,
    "a mail in HTML": mailed_as_html,
    "headers": headed,
    "addresses": addresses.parse,
    "parameters": parameters.parse,
    "encoded words": words.decode,
    "safe HTML": html.sanitise,
    "safe HTML with pictures": lambda text: html.sanitise(text, hold=True),
    "HTML as text": html.to_text,
    "bare text": html.bare_text,
    "depth of HTML": html.is_too_complex,
    "cards": lambda text: cards.read(f"BEGIN:VCARD\n{text}\nEND:VCARD".encode()),
    "sentences": sentences,
    "titles": lambda text: reading.title(text, text),
    "what the matter is": lambda text: reading.read(text, text[:2000]),
    "language": languages.language_of,
    "subjects": subjects.bare,
    "questions": folding.asked,
    "excerpts": lambda text: folding.excerpt(text, "a word"),
    "promises": promised,
    "the coach": coached,
    "paragraphs": paragraphs,
    "names of files": uploads.safe_name,
    "logs": masking.clean,
}


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_takes_four_times_as_long(name: str) -> None:
    reader = READERS[name]
    wrong = {}
    for unit in PUMPS:
        whole = seconds(reader, pump(unit, HALF))
        if whole < QUICK:
            continue
        whole = min(whole, seconds(reader, pump(unit, HALF), tries=2))
        part = seconds(reader, pump(unit, HALF // 4), tries=3)
        if whole > QUICK and whole / part > LINEAR:
            wrong[unit] = f"{whole:.2f} s, {whole / part:.0f} times a quarter"
    assert not wrong
