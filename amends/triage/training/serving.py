"""Fitting the model of service: clues and stances of our own texts, beside what rules and other heads say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from amends.triage.reader.labels import CLUES
from amends.triage.reader.model import Floats, Heads, quantised
from amends.triage.reader.model_file import Arrays
from amends.triage.reader.reading import asked_of, worded_of
from amends.triage.reader.service import SIDES, STANCES
from amends.triage.reader.wording import BITS
from amends.triage.training.fitting import matrix, rarity
from amends.triage.training.own import Own

CLOSELY, YES = 2.0, 2.0
"""How closely a clue is fitted, and how much more a text that has it counts than one that has not."""
RULED, HEARD, PAGE = 0.5, 0.1, 0.05
"""How much the rules' stance and what other heads say count beside the words, before it is learnt."""


@dataclass(frozen=True)
class Lesson:
    """What is learnt from, a row for each company of a text; `text` is which, `worded` what is said of the company.

    `words` [rows, slots], in how many parts of a text each is; `beside` [rows, heads] with NaN; `clues` [rows, clues]
    counts where `alone` is true.
    """

    text: NDArray[np.int64]
    worded: NDArray[np.object_]
    words: Any
    beside: Floats
    clues: NDArray[np.bool_]
    alone: NDArray[np.bool_]
    stances: NDArray[np.int64]

    def only(self, texts: NDArray[np.int64]) -> Lesson:
        """The rows of these texts."""
        rows = np.flatnonzero(np.isin(self.text, texts))
        return Lesson(*(getattr(self, one.name)[rows] for one in fields(self)))


def lesson(every: Sequence[Own], heads: Heads) -> Lesson:
    """`heads`: those that are asked beside."""
    rows, worded = [], []
    for number, one in enumerate(every):
        asked = asked_of(one.text, one.names, one.source, heads)
        said = worded_of(one.text, one.names, one.source)
        worded += [said[name] for name in one.names if name in asked]
        told = zip(one.names, one.stances, strict=True)
        rows += [(number, *asked[name], STANCES.index(stance)) for name, stance in told if name in asked]
    width = max(len(sides) for _, _, sides, _ in rows)
    beside = np.full((len(rows), width), np.nan, np.float32)
    for row, (_, _, sides, _) in enumerate(rows):
        beside[row, : len(sides)] = sides
    return Lesson(
        np.array([number for number, _, _, _ in rows]),
        np.array(worded, object),
        matrix([wording.slots for _, wording, _, _ in rows], BITS),
        beside,
        np.array([[clue in every[number].clues for clue in CLUES] for number, _, _, _ in rows]),
        np.array([len(every[number].names) == 1 for number, _, _, _ in rows]),
        np.array([stance for _, _, _, stance in rows]),
    )


def weighed(counted: Any, rare: Floats) -> Any:
    """Each text of length one, where a part's share of the length does not depend on the others."""
    scaled = (counted @ sparse.diags(rare)).tocsr()
    lengths = np.sqrt(np.asarray((counted @ sparse.diags(rare**2)).sum(1)).ravel())
    return (sparse.diags(1 / np.maximum(lengths, 1e-9)) @ scaled).tocsr()


def fit_service(taught: Lesson) -> Arrays:
    """The arrays of the model of service."""
    rare = rarity(taught.words).astype(np.float16).astype(np.float32)
    table = weighed(taught.words, rare)
    heads = [_clue(table[taught.alone], taught.clues[taught.alone, number]) for number in range(len(CLUES))]
    mean, spread = _scales(taught.beside)
    beside = np.nan_to_num((taught.beside - mean) / spread)
    made = LinearSVC(C=1.0, class_weight="balanced", random_state=0).fit(
        sparse.hstack([table, sparse.csr_matrix(beside)]).tocsr(), taught.stances
    )
    slots = table.shape[1]
    every = np.hstack([*(weights[:, None] for weights, _ in heads), made.coef_[:, :slots].T]).astype(np.float32)
    weights, scale = quantised(every)
    return {
        "service_idf": rare.astype(np.float16),
        "service_weights": weights,
        "service_scale": scale,
        "service_bias": np.array([*(bias for _, bias in heads), *made.intercept_], np.float32),
        "beside_mean": mean,
        "beside_spread": spread,
        "beside_weights": made.coef_[:, slots:].T.astype(np.float32),
    }


def says(asked: Lesson, arrays: Arrays) -> Floats:
    """What the model of these arrays says of each row, [rows, outputs]; above 0 is yes."""
    table = weighed(asked.words, arrays["service_idf"].astype(np.float32))
    said: Floats = table @ (arrays["service_weights"] * arrays["service_scale"]) + arrays["service_bias"]
    beside = np.nan_to_num((asked.beside - arrays["beside_mean"]) / arrays["beside_spread"])
    said[:, len(CLUES) :] += beside @ arrays["beside_weights"]
    return said


def _clue(table: Any, has: NDArray[np.bool_]) -> tuple[Floats, float]:
    made = LinearSVC(C=CLOSELY, class_weight={False: 1.0, True: YES}, random_state=0).fit(table, has)
    return made.coef_[0].astype(np.float32), float(made.intercept_[0])


def _scales(beside: Floats) -> tuple[Floats, Floats]:
    """By what `beside` is moved and divided, so that each counts as it should."""
    mean, spread = np.nanmean(beside, 0), (np.nanstd(beside, 0) + 1e-3) / HEARD
    mean[:SIDES], spread[:SIDES] = 0.0, 1 / RULED
    spread[len(STANCES)] = 1 / PAGE
    return mean.astype(np.float32), spread.astype(np.float32)
