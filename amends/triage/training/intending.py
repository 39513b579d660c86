"""Fitting the lists of intents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amends.triage.reader.features import plain, slots
from amends.triage.reader.intents import BITS, few
from amends.triage.reader.model import quantised
from amends.triage.reader.model_file import Arrays
from amends.triage.training.data import Row, texts
from amends.triage.training.fitting import fit, matrix, rarity, weighed

OUT = "oos"
"""The assistant's label for what is none of its intents: not learnt."""


def in_scope(rows: Sequence[Row]) -> list[Row]:
    """Rows that have an intent."""
    return [row for row in rows if row["label"] != OUT]


def fit_intents(name: str, rows: Sequence[Row]) -> tuple[list[str], Arrays]:
    """The intents' names, and the arrays of their heads."""
    counted = matrix([few(slots(plain(text))) for text in texts(rows)], BITS)
    rare = rarity(counted).astype(np.float16)
    head = fit(weighed(counted, rare.astype(np.float32)), [row["label"] for row in rows], 1.0)
    weights, scale = quantised(head.weights)
    arrays: Arrays = {
        f"{name}_idf": rare,
        f"{name}_weights": weights,
        f"{name}_scale": scale,
        f"{name}_bias": head.bias,
    }
    return list(head.names), arrays
