"""What a person says of a reading stands above the reader. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from amends.triage.reader.labels import LABELS

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
    added = [one for label, one in labels.items() if one["holds"] and label in LABELS.keys() - known]
    return stance, kept + [LABELS[one["what"]].said(one["span"], 1.0) for one in added]
