"""What the reader tells of a text: plain values, each label with the words that prove it."""

from __future__ import annotations

from dataclasses import dataclass, field

from amends.triage.reader.facts import Fact
from amends.triage.reader.happened import Time
from amends.triage.reader.labels import Polarity
from amends.triage.reader.staff import Named
from amends.triage.reader.stance import Stance
from amends.triage.reader.topic import Topic


@dataclass(frozen=True)
class Signal:
    """One label and its proof. `strength` 1 to 5; `certainty` 0 to 1; `span` in characters of the text."""

    label: str
    polarity: Polarity
    strength: int
    certainty: float
    span: tuple[int, int]
    time: Time = "happened"

    @property
    def happened(self) -> bool:
        return self.time == "happened"


@dataclass(frozen=True)
class OfBrand:
    """What a text says of one company."""

    name: str
    about: bool
    stance: Stance
    clues: tuple[str, ...]
    signals: tuple[Signal, ...]


@dataclass(frozen=True)
class Reading:
    """All that was read. `anger` 0 calm, 1 annoyed, 2 angry; `urgent`: somebody needs help within hours."""

    language: str
    brands: tuple[OfBrand, ...]
    anger: int
    urgent: bool
    vulnerable: bool
    topic: Topic
    kudos: tuple[Named, ...]
    facts: tuple[Fact, ...] = field(default=(), repr=False)
