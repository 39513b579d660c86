"""The registry of labels: every label that the reader may give, what it says, and which service clue it stands for."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

Polarity = Literal["+", "-", "±"]


@dataclass(frozen=True)
class Label:
    """One label of the taxonomy C6. `clue`: its name in the set of service clues, or empty; `weight`: 0 to 1.

    `weight` 1 decides a stance by itself; 0 tells nothing of it.
    """

    name: str
    polarity: Polarity
    weight: float
    clue: str = ""
    strength: int = 0
    """1 to 5, where the taxonomy says; else it follows from the weight."""

    @property
    def felt(self) -> int:
        """Its strength, 1 to 5."""
        return self.strength or max(1, round(self.weight * 4))

    def said(self, span: Sequence[int], certainty: float) -> dict[str, Any]:
        """What `shown` tells of it where somebody or something else than the reader has found it."""
        return {
            "label": self.name,
            "polarity": self.polarity,
            "strength": self.felt,
            "certainty": certainty,
            "time": "happened",
            "span": list(span),
        }


def _registry() -> dict[str, Label]:
    read = tomllib.loads(files(__package__).joinpath("words/labels.toml").read_text("utf-8"))
    return {name: Label(name, **fields) for name, fields in read.items()}


LABELS = _registry()
EXAMPLES: dict[str, dict[str, str]] = tomllib.loads(
    files(__package__).joinpath("words/examples.toml").read_text("utf-8")
)
"""Label → a sentence of ours that `says` it, and one that does `not` (A157)."""
CLUES = tuple(sorted({label.clue for label in LABELS.values() if label.clue}))
"""In the order in which a model knows them."""

OPPOSITE = {
    "polite": "rude",
    "fast_response": "slow_response",
    "fast_delivery": "late_delivery",
    "apologised": "no_apology",
    "candid_explanation": "no_explanation",
    "listened": "not_listened",
    "made_right_now": "",
    "impressed": "disappointed",
}
"""What a label becomes under a "not"; a label that is not here becomes nothing."""
