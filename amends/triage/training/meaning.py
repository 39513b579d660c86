"""Fitting heads over what texts mean. Each is added to the head over words, which stays as it is.

How closely each is fitted and how much it counts was chosen on the folds that measure it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.svm import LinearSVC

from amends.triage.reader.labels import CLUES
from amends.triage.reader.meaning import SIZE
from amends.triage.reader.minilm import Floats
from amends.triage.reader.service import STANCES
from amends.triage.training.data import Row
from amends.triage.training.fitting import Complaints
from amends.triage.training.serving import Lesson

STILL = np.float32(1e-4)
"""Beside this spread a number that never changes stays small."""

READY = np.float32(0.25)
"""What the sum for a clue is raised by: two doubts are more than one."""


@dataclass(frozen=True)
class Beside:
    """A head over meaning [SIZE, outputs], and how much the head over words counts beside it."""

    own: float
    weights: Floats
    bias: Floats

    def says(self, words: NDArray[Any], meant: Floats) -> Floats:
        """Both together; `words` [texts, outputs], `meant` [texts, SIZE]."""
        both: Floats = words * self.own + meant @ self.weights + self.bias
        return both


@dataclass(frozen=True)
class Scales:
    """By what each number is moved and divided, so that all count alike and a text's have length one together."""

    mean: Floats
    spread: Floats

    @classmethod
    def of(cls, meant: Floats) -> Scales:
        return cls(meant.mean(0), (meant.std(0) + STILL) * np.float32(SIZE**0.5))

    def scaled(self, meant: Floats) -> Floats:
        every: Floats = (meant - self.mean) / self.spread
        return every

    def head(self, own: float, made: Sequence[tuple[float, Any]]) -> Beside:
        """Fitted models over scaled numbers, each by its share and their outputs side by side, over the numbers themselves."""
        weights = np.hstack([share * np.atleast_2d(one.coef_).T for share, one in made]) / self.spread[:, None]
        bias = np.hstack([share * np.ravel(one.intercept_) for share, one in made]) - self.mean @ weights
        return Beside(own, weights.astype(np.float32), bias.astype(np.float32))


def logistic(closely: float) -> LogisticRegression:
    """Softmax over labels that count the same in all."""
    return LogisticRegression(C=closely, max_iter=1000, class_weight="balanced")


def fit_complaint(meant: Floats, known: Complaints) -> Beside:
    """Whether it is a complaint; words and meaning together spread as words alone do."""
    scales = Scales.of(meant)
    return scales.head(1 / 3, [(2 / 3, logistic(2.3).fit(scales.scaled(meant), known.yes))])


def fit_sentiment(meant: Floats, labels: NDArray[Any]) -> Beside:
    """Negative, neutral, positive; from sentences of reviews alone."""
    scales = Scales.of(meant)
    return scales.head(0.7, [(0.3, logistic(1.0).fit(scales.scaled(meant), labels))])


def fit_meant_politeness(meant: Floats, rows: Sequence[Row]) -> Beside:
    """The clear cases of the encyclopedia's talk, and how polite raters found every row; half are above 0."""
    scales = Scales.of(meant)
    scaled = scales.scaled(meant)
    clear = np.array([row["source"] == "wikipedia" and row["label"] != "neutral" for row in rows])
    polite = np.array([row["label"] == "polite" for row in rows])
    told = logistic(3.0).fit(scaled[clear], polite[clear])
    rated = Ridge(1.0).fit(scaled, np.array([row["score"] for row in rows]))
    return summed(scales, scaled[clear], [(0.5, told), (0.5, rated)])


def fit_target(meant: Floats, rows: Sequence[Row]) -> Beside:
    """How a thing is spoken of: negative, neutral, positive."""
    scales = Scales.of(meant)
    made = LogisticRegression(C=10.0, max_iter=1000).fit(scales.scaled(meant), [row["label"] for row in rows])
    return scales.head(1.0, [(0.7, made)])


def fit_meant_intents(meant: Floats, rows: Sequence[Row]) -> Beside:
    """The intents of a list, in the order of their names."""
    scales = Scales.of(meant)
    made = LinearSVC(C=3.0, random_state=0).fit(scales.scaled(meant), [row["label"] for row in rows])
    return scales.head(1.0, [(0.5, made)])


def summed(scales: Scales, scaled: Floats, models: Sequence[tuple[float, Any]]) -> Beside:
    """One output, the sum of models, each by its share of the spread that it has over `scaled`; half are above 0."""
    weights, bias = np.zeros(SIZE), 0.0
    for share, made in models:
        own = np.ravel(made.coef_)
        said = scaled @ own
        weights += share / said.std() * own
        bias -= share / said.std() * float(np.median(said))
    weights /= scales.spread
    return Beside(0.5, weights[:, None].astype(np.float32), np.array([bias - scales.mean @ weights], np.float32))


def fit_meant_service(meant: Floats, taught: Lesson) -> Beside:
    """Clues, of texts about one company, then stances; the bounds from which on a clue is told stay as they are."""
    scales = Scales.of(meant)
    scaled = scales.scaled(meant)
    clues = Ridge(0.2).fit(scaled[taught.alone], taught.clues[taught.alone] * 2.0 - 1.0)
    often = np.bincount(taught.stances, minlength=len(STANCES))
    alike = len(taught.stances) / len(STANCES) / often[taught.stances]
    stances = Ridge(0.3).fit(scaled, np.eye(len(STANCES))[taught.stances] * 2.0 - 1.0, sample_weight=alike)
    head = scales.head(1.0, [(0.55, clues), (0.35, stances)])
    head.bias[: len(CLUES)] += READY
    return head
