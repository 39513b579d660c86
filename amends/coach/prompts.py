"""What a connector is told and asked: the house's rules of a good answer, the facts of a case, its letters. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["draft", "summary"]

PROMPTS = Path(__file__).parent / "prompts.toml"
LONGEST_LETTER = 2_500
"""Characters of a letter that are told."""
LONGEST = 12_000
"""Characters of all letters: small models take about as much in. The newest are told."""
_FENCE = re.compile(r"<(?=\s*/?\s*letter)", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """One letter: who wrote it ("the customer", "we"), on which day, and its words."""

    who: str
    day: str
    words: str


@dataclass(frozen=True)
class Facts:
    """What is told of a case. Nothing else of it is.

    `language` is the English name of the one to write in. `failed` as in `coach.brief.Brief`; `known` maps what nobody
    should ask for to its value, `owed` are promises with their times, `letters` the oldest first.
    """

    brand: str
    language: str
    first_name: str
    letters: tuple[Told, ...]
    complaint: bool = True
    failed: str = ""
    apologies: int = 0
    known: tuple[tuple[str, str], ...] = ()
    owed: tuple[str, ...] = ()


def messages(kind: Kind, facts: Facts) -> list[dict[str, str]]:
    """The question, as ``/chat/completions`` takes it: {role, content}."""
    system = _texts()[kind].strip().replace("{language}", facts.language)
    return [{"role": "system", "content": system}, {"role": "user", "content": _case(facts)}]


def trial() -> list[dict[str, str]]:
    """A question that says nothing of anybody."""
    return [{"role": "user", "content": _texts()["try"].strip()}]


def _case(facts: Facts) -> str:
    lines = [
        f"brand: {facts.brand}",
        f"first name of the customer: {facts.first_name}",
        f"what it is: {'a complaint' if facts.complaint else 'no complaint'}",
    ]
    if facts.failed:
        lines.append(f"since we last said sorry: {_FAILED[facts.failed]}")
    if facts.apologies:
        lines.append(f"times that we said sorry already: {facts.apologies}")
    lines += [f"known: {what}: {value}" for what, value in facts.known]
    lines += [f"owed: {one}" for one in facts.owed] or ["owed: nothing that they were told"]
    return "\n".join([*lines, "", *_letters(facts.letters)])


_FAILED = {"word": "we broke our word", "fix": "what we did did not hold"}


def _letters(letters: tuple[Told, ...]) -> Iterable[str]:
    kept: list[str] = []
    room = LONGEST
    for one in reversed(letters):
        words = _FENCE.sub("(", one.words.strip())
        words = words if len(words) <= LONGEST_LETTER else f"{words[:LONGEST_LETTER]} (cut)"
        room -= len(words)
        if room < 0 and kept:
            break
        kept.append(f"<letter>\n{one.who}, {one.day}:\n{words}\n</letter>")
    return reversed(kept)


@cache
def _texts() -> dict[str, str]:
    texts: dict[str, str] = tomllib.loads(PROMPTS.read_text("utf-8"))
    return texts
