"""What a person says of a reading stands above the reader. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Signal = Mapping[str, Any]
STANCE = "stance"
"""The one thing to be corrected that is no label."""


def applied(stance: str, signals: Sequence[Signal], said: Iterable[Mapping[str, Any]]) -> tuple[str, list[Signal]]:
    """Stance and signals after all corrections, the last of which counts.

    One of `said`: `{what: a label, holds, span}` or `{what: "stance", value}`.
    """
    labels: dict[str, Mapping[str, Any]] = {}
    for one in said:
        if one["what"] == STANCE:
            stance = one["value"]
        elif one["what"]:  # of one that was erased nothing is left
            labels[one["what"]] = one
    kept = [one for one in signals if labels.get(one["label"], {"holds": True})["holds"]]
    known = {one["label"] for one in kept}
    return stance, kept + [_added(one) for label, one in labels.items() if one["holds"] and label not in known]


def _added(one: Mapping[str, Any]) -> Signal:
    return {
        "label": one["what"],
        "polarity": one["polarity"],
        "strength": one["strength"],
        "certainty": 1.0,
        "time": "happened",
        "span": one["span"],
    }
