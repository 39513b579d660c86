"""What is in a policy pack. Pure values; `read` makes them from a file and says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Unit = Literal["minutes", "hours", "days", "weeks", "months", "working_days", "open_minutes", "open_hours"]
UNITS: tuple[Unit, ...] = get_args(Unit)
KeptBy = Literal["answer", "letter", "document", "deed"]
"""answer: a person's letter or call; letter: a person's letter; document: that letter; deed: said by hand, with evidence.

What the desk sends by itself keeps nothing."""
KEPT_BY: tuple[KeptBy, ...] = get_args(KeptBy)
COMPLAINT, REQUEST = "complaint", "request"
"""What a stage begins with besides another stage: the complaint itself, or somebody who says that it begins."""

GAP = re.compile(r"\[\[([^\[\]\n]{0,120})\]\]")
"""A place in a letter that a person fills: ``[[what we found]]``."""


@dataclass(frozen=True)
class Span:
    """A length of time in a unit of the calendar: 8 weeks, 5 working days."""

    count: int
    unit: Unit


@dataclass(frozen=True)
class Deadline:
    """One stage: what is owed, by when, and what shows that it was done. `begins` is a stage's key, or see above."""

    key: str
    act: str
    within: Span
    kind: str
    begins: str = COMPLAINT
    kept_by: KeptBy = "deed"
    document: str = ""
    extend: Span | None = None
    other_person: bool = False
    note: str = ""
    grade: str = ""


@dataclass(frozen=True)
class Document:
    """A letter that must be edited before it leaves. While `within` lasts, sending it keeps the stages in `keeps`."""

    key: str
    title: str
    text: str
    keeps: tuple[str, ...] = ()
    within: Span | None = None


@dataclass(frozen=True)
class Phone:
    """Which numbers a complaint line may have: prefixes of national numbers."""

    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Version:
    """The stages as they hold from one day to another, both included."""

    valid_from: date
    valid_to: date | None
    deadlines: Mapping[str, Deadline]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Pack:
    """One file. `law` is False for a rule that the house gives itself."""

    id: str
    title: str
    about: str
    source: str
    consulted: date
    grade: str
    versions: tuple[Version, ...]
    documents: Mapping[str, Document] = field(default_factory=dict)
    duties: tuple[str, ...] = ()
    phone: Phone | None = None
    external_body: str = ""
    external_months: int = 0
    law: bool = True

    def on(self, day: date) -> Version | None:
        """The version that holds on a day; None before the first and after the last."""
        return next((version for version in self.versions if version.holds_on(day)), None)

    def rule(self, key: str) -> str:
        """How a promise names one of its stages: ``uk-fca-disp/final``."""
        return f"{self.id}/{key}"


def gaps(text: str) -> list[str]:
    """What a letter still wants filled, in order, each once."""
    return list(dict.fromkeys(found.strip() for found in GAP.findall(text)))


def may_ring(phone: Phone, number: str) -> bool:
    """Whether a complaint line may have this number, given as people dial it at home; the longest prefix decides."""
    digits = re.sub(r"\D", "", re.sub(r"^\s*(?:\+44|0044)\s*(?:\(0\))?", "0", number))
    best = max((one for one in (*phone.allowed, *phone.forbidden) if digits.startswith(one)), key=len, default="")
    return best in phone.allowed if best else not phone.allowed
