"""Fitting linear heads: one set of features, one weight for how rare a feature is, support vectors or logistic loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from amends.triage.reader.features import BITS, Slots, plain, slots
from amends.triage.reader.model import Floats, rules_vector
from amends.triage.reader.reading import labels_of
from amends.triage.reader.target import slots_around

SMALL = 0.05
"""How much what other heads and rules say counts beside the words, before it is learnt."""


@dataclass(frozen=True)
class Head:
    """Weights [slots, outputs], one bias and one name for each output."""

    weights: Floats
    bias: Floats
    names: tuple[str, ...]


def table(every: Sequence[Slots]) -> Any:
    """Slots of many texts as a sparse matrix of ones."""
    columns, ends = np.concatenate(every), np.cumsum([0, *map(len, every)])
    ones = np.ones(len(columns), np.float32)
    return sparse.csr_matrix((ones, columns, ends), shape=(len(every), 1 << BITS))


def seen(texts: Sequence[str]) -> Any:
    """What the models see of texts."""
    return table([slots(plain(text)) for text in texts])


def seen_around(rows: Sequence[dict[str, Any]]) -> Any:
    """What the target model sees of each row's target."""
    return table([slots_around(row["text"], row["from"], row["to"]) for row in rows])


def rarity(counted: Any) -> Floats:
    """How rare each feature is, 0 for what never came."""
    often = np.asarray((counted > 0).sum(0)).ravel()
    rare: Floats = np.where(often > 0, np.log((1 + counted.shape[0]) / (1 + often)) + 1, 0).astype(np.float32)
    return rare


def weighed(counted: Any, rare: Floats) -> Any:
    """Features by their rarity, each text of length one."""
    scaled = counted @ sparse.diags(rare)
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(1)).ravel())
    return (sparse.diags(1 / np.maximum(lengths, 1e-9)) @ scaled).tocsr()


def fit(table: Any, labels: Sequence[str], strength: float, **more: Any) -> Head:
    """Support vectors, one output for each label; one in all where there are two (its name is the second)."""
    made = LinearSVC(C=strength, random_state=0, **more).fit(table, np.array(labels))
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


def fit_stack(table: Any, beside: Floats, labels: NDArray[Any], strength: float = 10.0) -> Stack:
    """Logistic loss over words and what stands beside them."""
    mean, spread = beside.mean(0), beside.std(0) + 0.02
    both = sparse.hstack([table, sparse.csr_matrix((beside - mean) / spread * SMALL)]).tocsr()
    made = LogisticRegression(C=strength, max_iter=2000, class_weight="balanced").fit(both, labels)
    words = made.coef_[0, : table.shape[1]].astype(np.float32)
    head = Head(words[:, None], made.intercept_.astype(np.float32), ("complaint",))
    weights = (made.coef_[0, table.shape[1] :] * SMALL).astype(np.float32)
    return Stack(head, mean.astype(np.float32), spread.astype(np.float32), weights)
