"""Our own texts for the model of service: the tests' sentences, and `texts/*.txt`.

There a company's name is written as "~", of several "~1", "~2".
`## stance clue clue` says how the lines below stand to the company, or to each of several in order, and which clues they
tell; a line may add some behind `#+`. A line without "~" is written to the company itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from amends.triage.reader.labels import CLUES
from amends.triage.reader.service import STANCES
from amends.triage.reader.stance import Stance

NAMES = "Veltrano Halden Telmora Quietheads Lumio Bloomly Arcway Finledger".split()
SENTENCES = Path(__file__).parents[1] / "tests" / "sentences.tsv"
_PLACE = re.compile(r"~(\d?)")


class TextError(ValueError):
    """A file of texts that cannot be read; says where and why."""


@dataclass(frozen=True)
class Own:
    """One text: its companies, to which of them it was written, the stance to each, and the clues where it is one."""

    text: str
    names: tuple[str, ...]
    source: str | None
    stances: tuple[Stance, ...]
    clues: frozenset[str]


def own_texts() -> list[Own]:
    """All of them, in order. Raises TextError for a stance or a clue that is none."""
    found = list(_table())
    for path in sorted(files(__package__).joinpath("texts").iterdir(), key=lambda one: one.name):
        for stances, clues, text in _lines(path.name, path.read_text("utf-8")):
            names = tuple(NAMES[(len(found) + at) % len(NAMES)] for at in range(len(stances)))
            source = None if "~" in text else names[0]
            found.append(Own(_with_names(text, names), names, source, stances, clues))
    return found


def _table() -> Iterator[Own]:
    """The sentences that the tests read, too: texts that were read before there was anything in the reader for them."""
    for line in SENTENCES.read_text("utf-8").splitlines()[1:]:
        names, told, clues, text = line.split("\t")
        watched = tuple(names.removeprefix("@").split(";"))
        stances = tuple(one for word in told.split(";") for one in STANCES if one == word)
        if len(stances) == len(watched):  # else it is about a thing of the same name
            source = watched[0] if names.startswith("@") else None
            yield Own(text, watched, source, stances, frozenset(one for one in clues.split(",") if one))


def _with_names(text: str, names: tuple[str, ...]) -> str:
    return _PLACE.sub(lambda place: names[int(place[1] or 1) - 1], text)


def _lines(name: str, written: str) -> Iterator[tuple[tuple[Stance, ...], frozenset[str], str]]:
    stances: tuple[Stance, ...] = ()
    clues: frozenset[str] = frozenset()
    for number, line in enumerate(written.splitlines(), 1):
        if line.startswith("##"):
            words = line[2:].split()
            stances = tuple(one for word in words for one in STANCES if one == word)
            clues = frozenset(words[len(stances) :])
            if not stances or not clues.issubset(CLUES):
                raise TextError(f"{name}, line {number}: “{line}” names a stance or a clue that is none.")
        elif line.strip():
            text, _, more = line.partition("#+")
            yield stances, clues | frozenset(one for one in more.split(",") if one), text.strip()
