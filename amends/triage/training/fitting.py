"""Fitting linear heads: one set of features, one weight for how rare a feature is, support vectors or logistic loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.svm import LinearSVC

from amends.triage.reader.features import BITS, Slots, plain, slots
from amends.triage.reader.model import Floats, rules_vector
from amends.triage.reader.opinions import Opinions
from amends.triage.reader.reading import labels_of
from amends.triage.reader.target import sides, slots_around

SMALL = 0.03
"""How much what other heads and rules say counts beside the words, before it is learnt."""
LEANING = np.float32(-0.12)
"""By how much a complaint is told less readily than the sum would: most tweets are none."""
OPINIONS, OPINIONS_AROUND = 0.3, 0.2
"""The same of words of opinion: in a text, around a target."""


@dataclass(frozen=True)
class Head:
    """Weights [slots, outputs], one bias and one name for each output."""

    weights: Floats
    bias: Floats
    names: tuple[str, ...]


def matrix(every: Sequence[NDArray[Any]], bits: int = BITS) -> Any:
    """Slots of many texts, of two to the power of `bits`, as a sparse matrix: how often each is in each text."""
    columns, ends = np.concatenate(every), np.cumsum([0, *map(len, every)])
    ones = np.ones(len(columns), np.float32)
    found = sparse.csr_matrix((ones, columns, ends), shape=(len(every), 1 << bits))
    found.sum_duplicates()
    return found


def table(every: Sequence[Slots], beside: Floats) -> Any:
    """Slots of many texts as a sparse matrix of ones, and what stands beside each text behind them."""
    return sparse.hstack([matrix(every), sparse.csr_matrix(beside)]).tocsr()


def seen(texts: Sequence[str], opinions: Opinions) -> Any:
    """What the models see of texts."""
    looked = [plain(text) for text in texts]
    return table([slots(text) for text in looked], np.array([opinions.counts(text) for text in looked]))


def seen_around(rows: Sequence[dict[str, Any]], opinions: Opinions) -> Any:
    """What the target model sees of each row's target."""
    places = [(row["text"], row["from"], row["to"]) for row in rows]
    return table(
        [slots_around(*place) for place in places], np.array([opinions.around(*sides(*place)) for place in places])
    )


def rarity(counted: Any) -> Floats:
    """How rare each slot is, 0 for what never came."""
    often = np.asarray((counted[:, : 1 << BITS] > 0).sum(0)).ravel()
    rare: Floats = np.where(often > 0, np.log((1 + counted.shape[0]) / (1 + often)) + 1, 0).astype(np.float32)
    return rare


def weighed(counted: Any, rare: Floats, much: float = OPINIONS) -> Any:
    """Slots by their rarity, each text of length one; what stands beside them counts `much`."""
    words, beside = counted[:, : len(rare)], counted[:, len(rare) :]
    scaled = words @ sparse.diags(rare)
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(1)).ravel())
    return sparse.hstack([sparse.diags(1 / np.maximum(lengths, 1e-9)) @ scaled, beside * much]).tocsr()


def fit(table: Any, labels: Sequence[str], strength: float, **more: Any) -> Head:
    """Support vectors, one output for each label; one in all where there are two (its name is the second).

    `more`: `weights`, how much each row counts, and whatever else scikit-learn's LinearSVC takes.
    """
    weights = more.pop("weights", None)
    made = LinearSVC(C=strength, random_state=0, **more).fit(table, np.array(labels), sample_weight=weights)
    names = tuple(str(name) for name in (made.classes_[1:] if len(made.classes_) == 2 else made.classes_))
    return Head(made.coef_.T.astype(np.float32), made.intercept_.astype(np.float32), names)


def heard(table: Any, heads: Sequence[Head]) -> Floats:
    """What heads say of texts, [texts, outputs]."""
    every: Floats = np.hstack([table @ head.weights + head.bias for head in heads])
    return every


def ruled(texts: Sequence[str]) -> Floats:
    """What the rules find in texts, as the stack sees it."""
    found = [(text, *labels_of(text)) for text in texts]
    every: Floats = np.array([rules_vector(labels, text, asks=asks) for text, labels, asks in found])
    return every


def fit_politeness(table: Any, rows: Sequence[dict[str, Any]]) -> Head:
    """Of two linear models one: the clear cases of the encyclopedia's talk, and how polite raters found every row."""
    clear = np.array([row["source"] == "wikipedia" and row["label"] != "neutral" for row in rows])
    polite = np.array([row["label"] == "polite" for row in rows])
    told = LinearSVC(C=0.1, random_state=0).fit(table[clear], polite[clear])
    rated = Ridge(2.0).fit(table, np.array([row["score"] for row in rows]))
    return summed(table[clear], [(1.0, told), (1.0, rated)], "polite", centre=True)


def summed(table: Any, models: Sequence[tuple[float, Any]], name: str, *, centre: bool = False) -> Head:
    """The sum of linear models, each by its share of the spread that it has over `table`; `centre`: half are above 0."""
    weights, bias = np.zeros(table.shape[1]), 0.0
    for share, made in models:
        own = np.ravel(made.coef_)
        said = table @ own + float(np.ravel(made.intercept_)[0])
        size = share / float(said.std())
        weights += size * own
        bias += size * float(np.ravel(made.intercept_)[0] - (np.median(said) if centre else 0.0))
    return Head(weights[:, None].astype(np.float32), np.array([bias], np.float32), (name,))


@dataclass(frozen=True)
class Stack:
    """A head over words, other heads and rules at once."""

    head: Head
    mean: Floats
    spread: Floats
    weights: Floats

    def says(self, table: Any, beside: Floats) -> Floats:
        """Above 0 is yes."""
        both: Floats = (table @ self.head.weights).ravel() + self.head.bias + self._beside(beside)
        return both

    def _beside(self, beside: Floats) -> Floats:
        said: Floats = (((beside - self.mean) / self.spread) @ self.weights).astype(np.float32)
        return said


@dataclass(frozen=True)
class Complaints:
    """What is known of the complaint set: 1 for a complaint, how much is reproached (0 to 4), 1 where it pleases."""

    yes: NDArray[Any]
    severity: NDArray[Any]
    pleased: NDArray[Any]

    def only(self, rows: NDArray[Any]) -> Complaints:
        """These rows of it."""
        return Complaints(self.yes[rows], self.severity[rows], self.pleased[rows])


def fit_stack(table: Any, beside: Floats, known: Complaints) -> Stack:
    """Over words and what stands beside them, of several linear models one: their sum, each with its share.

    Whether it is a complaint, by three losses; how much is reproached; and, against it, whether it pleases.
    """
    mean, spread = beside.mean(0), beside.std(0) + 0.02
    both = sparse.hstack([table, sparse.csr_matrix((beside - mean) / spread * SMALL)]).tocsr()
    logistic = {"C": 10.0, "max_iter": 2000, "class_weight": "balanced"}
    models = (
        (1.15, LogisticRegression(**logistic).fit(both, known.yes)),
        (0.6, LinearSVC(C=0.3, class_weight="balanced", random_state=0).fit(both, known.yes)),
        (0.35, Ridge(1.5).fit(both, known.yes * 2.0 - 1.0)),
        (0.7, Ridge(1.5).fit(both, known.severity - known.severity.mean())),
        (-0.35, LogisticRegression(**logistic).fit(both, known.pleased)),
    )
    every = summed(both, models, "complaint")
    words, rest = every.weights[: table.shape[1]], every.weights[table.shape[1] :, 0] * SMALL
    return Stack(
        Head(words, every.bias + LEANING, every.names), mean.astype(np.float32), spread.astype(np.float32), rest
    )
