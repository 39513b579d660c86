"""Everything the coach can say, in one place: each item, flag and label with its tip, a good and a bad example (A246).

The examples are drafts to one customer, whose case is `case()`; they stand in `examples.toml`, and some need facts of
their own. What a draft of ours shows here is what the coach says of it: the tests read each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.utils.functional import Promise

from amends.coach import tips
from amends.coach.brief import Brief
from amends.coach.faults import FAULTS, IN_MODEL
from amends.coach.labels import FAULTS as BAD_LABELS
from amends.coach.virtues import ITEMS

EXAMPLES = Path(__file__).parent / "examples.toml"


@dataclass(frozen=True)
class Undated:
    """A promise without a time: its place in the bad example."""

    start: int
    end: int
    due: None = None


@dataclass(frozen=True)
class Entry:
    """One thing the coach looks for.

    `kind`: "item" (C7.1, with its points), "flag" (C7.2 and ours, with the points it costs and its gate) or "label".
    `in_model` tells the codes of C7.2 from ours. `good` and `bad` are drafts; `facts` what their case has beyond `case()`.
    """

    code: str
    kind: Literal["item", "flag", "label"]
    tip: str | Promise
    good: str
    bad: str
    points: int = 0
    gate: str = ""
    in_model: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def case(self) -> Brief:
        """The case that the examples belong to."""
        return replace(case(), **self.facts)


@cache
def case() -> Brief:
    """The case that the examples belong to, save for facts of their own."""
    return Brief(**_shown()["case"])


@cache
def entries() -> tuple[Entry, ...]:
    """Items in the order of the rubric, then flags, then labels."""
    shown = _shown()
    return (*_items(shown["items"]), *_flags(shown["flags"]), *_labels(shown))


@cache
def example(code: str) -> Entry | None:
    """The item or flag with this code; None where there is none."""
    return next((one for one in entries() if one.code == code and one.kind != "label"), None)


@cache
def tip_codes() -> frozenset[str]:
    """The codes whose tip a shop may put in its own words."""
    return frozenset(one.code for one in entries() if one.kind != "label")


def words_of(one: Entry) -> str:
    """Its short name: that of the row for an item, else its code in small letters."""
    named = {item.code: str(item.word) for item in ITEMS}
    return named.get(one.code) or one.code.removeprefix("W-").replace("_", " ").replace("-", " ").lower()


@cache
def _shown() -> dict[str, Any]:
    return tomllib.loads(EXAMPLES.read_text("utf-8"))


def _items(shown: dict[str, Any]) -> Iterator[Entry]:
    for item in ITEMS:
        yield Entry(item.code, "item", item.hint, **shown[item.code], points=item.points)


def _flags(shown: dict[str, Any]) -> Iterator[Entry]:
    for code, fault in FAULTS.items():
        example = {**shown[code], "facts": _facts(shown[code].get("facts", {}))}
        in_model = code in IN_MODEL
        yield Entry(code, "flag", tips.FLAGS[code], **example, points=fault.points, gate=fault.gate, in_model=in_model)


def _labels(shown: dict[str, Any]) -> Iterator[Entry]:
    for label, tip in tips.LABELS.items():
        yield Entry(label, "label", tip, **shown["labels"][label])
    for label, codes in BAD_LABELS.items():
        example = {**shown["flags"][codes[0]], "facts": _facts(shown["flags"][codes[0]].get("facts", {}))}
        yield Entry(label, "label", tips.FLAGS[codes[0]], **example)


def _facts(written: dict[str, Any]) -> dict[str, Any]:
    """Facts as the brief has them: lists are tuples, places of promises are promises."""
    facts = {name: tuple(value) if isinstance(value, list) else value for name, value in written.items()}
    if "undated" in facts:
        facts["undated"] = tuple(Undated(*place) for place in facts["undated"])
    return facts
