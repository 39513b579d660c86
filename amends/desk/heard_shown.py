"""What was read in a customer's letter, as its line and its sheet show it: each label with the words that prove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from amends.cases.models import Entry, LetterReading
from amends.desk.heard_words import LABELS, STANCES, words_of
from amends.flows.reading import text_of
from amends.kit.sentences import sentences
from amends.triage import topics
from amends.triage.reader.labels import EXAMPLES

MOST = 4
"""Labels on the letter's own line; its sheet has all."""
SURE = 0.7
"""Certainty from which on a label stands on that line."""
STATES = ("safety", "vulnerable")
"""Labels that neither please nor hurt, and stand there all the same."""
LONGEST = 160
"""Characters of a sentence that one chooses from."""

Signal = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """One label, and the customer's words for it. `key`: what says "not so" on the keyboard."""

    label: str
    words: str
    proof: str
    key: str
    example: Mapping[str, str]
    """A sentence of ours that `says` it, and one that does `not`."""


@dataclass(frozen=True)
class HeardShown:
    """What `desk/case/heard.html` draws."""

    stance: str
    topic: str
    found: list[Found]
    praised: list[str]
    turned: str
    sentences: list[tuple[str, str]]
    """Each place of the letter, "start-end", and its words."""
    missing: list[tuple[str, str]]
    """Labels that were not found, with their words."""


def line_of(reading: LetterReading | None) -> str:
    """The strongest labels in words, each once: "argued with, nobody called back"; else how the customer stands to us."""
    if reading is None:
        return ""
    telling = [one for one in reading.signals if _tells(one)]
    strongest = sorted(telling, key=lambda one: -one["strength"])
    words = dict.fromkeys(words_of(one["label"]) for one in strongest)
    if not words and reading.stance != "none":
        return str(STANCES.get(reading.stance, ""))
    return ", ".join(list(words)[:MOST])


def turn_of(reading: LetterReading | None) -> str:
    """What this letter turned, in a sentence; empty where it turned nothing."""
    if reading is None or not reading.turn:
        return ""
    by = words_of(reading.turned_by) if reading.turned_by else ""
    if reading.turn == LetterReading.Turn.WORSE:
        return _("Here it tipped: %(by)s.") % {"by": by} if by else _("Here it tipped.")
    name = reading.turner.name if reading.turner else ""
    if name and by:
        return _("Turned round by %(name)s: %(by)s.") % {"name": name, "by": by}
    return _("Turned round: %(by)s.") % {"by": by or name} if by or name else _("Turned round.")


def heard_of(entry: Entry, reading: LetterReading) -> HeardShown:
    """All that was read in a letter."""
    text = text_of(entry)
    found = _once(reading.signals)
    known = {one["label"] for one in found}
    return HeardShown(
        stance=reading.stance,
        topic=topics.words_of(reading.topic),
        found=[
            Found(
                one["label"],
                words_of(one["label"]),
                _words(text, one["span"]),
                str(at) if at < 10 else "",
                EXAMPLES.get(one["label"], {}),
            )
            for at, one in enumerate(found, 1)
        ],
        praised=[_words(text, span) for span in reading.kudos],
        turned=turn_of(reading),
        sentences=[(f"{one.start}-{one.end}", one.text[:LONGEST]) for one in sentences(text)],
        missing=sorted(
            ((code, str(words)) for code, words in LABELS.items() if code not in known), key=lambda one: one[1]
        ),
    )


def stances() -> list[tuple[str, str]]:
    """How a customer can stand to us, with its words."""
    return [(code, str(words)) for code, words in STANCES.items()]


def _tells(one: Signal) -> bool:
    is_felt = one["polarity"] in ("+", "-") or one["label"] in STATES
    return is_felt and one["time"] == "happened" and one["certainty"] >= SURE


def _once(signals: Sequence[Signal]) -> list[Signal]:
    first: dict[str, Signal] = {}
    for one in signals:
        first.setdefault(one["label"], one)
    return list(first.values())


def _words(text: str, span: Sequence[int]) -> str:
    return " ".join(text[span[0] : span[1]].split())
