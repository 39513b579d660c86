"""Fitting the lists of intents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.svm import LinearSVC

from amends.triage.reader.features import plain, slots
from amends.triage.reader.intents import BITS, few
from amends.triage.reader.model import quantised
from amends.triage.reader.model_file import Arrays
from amends.triage.training.data import Row, texts

OUT = "oos"
"""The assistant's label for what is none of its intents: not learnt."""


def in_scope(rows: Sequence[Row]) -> list[Row]:
    """Rows that have an intent."""
    return [row for row in rows if row["label"] != OUT]


def fit_intents(name: str, rows: Sequence[Row]) -> tuple[list[str], Arrays]:
    """The intents' names, and the arrays of their heads."""
    counted = _counted(rows)
    often = np.asarray(counted.sum(0)).ravel()
    rare = np.where(often > 0, np.log((1 + counted.shape[0]) / (1 + often)) + 1, 0).astype(np.float16)
    scaled = counted @ sparse.diags(rare.astype(np.float32))
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(1)).ravel())
    table = (sparse.diags(1 / np.maximum(lengths, 1e-9)) @ scaled).tocsr()
    made = LinearSVC(C=1.0, random_state=0).fit(table, np.array([row["label"] for row in rows]))
    weights, scale = quantised(made.coef_.T.astype(np.float32))
    bias = made.intercept_.astype(np.float32)
    arrays = {f"{name}_idf": rare, f"{name}_weights": weights, f"{name}_scale": scale, f"{name}_bias": bias}
    return [str(label) for label in made.classes_], arrays


def _counted(rows: Sequence[Row]) -> Any:
    every = [few(slots(plain(text))) for text in texts(rows)]
    columns, ends = np.concatenate(every), np.cumsum([0, *map(len, every)])
    ones = np.ones(len(columns), np.float32)
    return sparse.csr_matrix((ones, columns, ends), shape=(len(every), 1 << BITS))
