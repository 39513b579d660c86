"""How good the models are, on texts that they did not see: by folds, by products left out, on the sets' own dev parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, StratifiedKFold

from amends.triage.training.data import RANDOM, rows, texts
from amends.triage.training.fitting import fit, fit_stack, heard, rarity, seen, seen_around, weighed
from amends.triage.training.making import Sets, alone, complaint, examples

FOLDS = 10


def measured(sets: Sets, folder: Path) -> Iterator[str]:
    """A line for each task."""
    yield _complaints(sets)
    yield _politeness(sets)
    yield _unseen_products(sets)
    yield _targets(sets, rows(folder, "target_mams_val"))


def _complaints(sets: Sets) -> str:
    words, beside, labels = complaint(sets, *alone(sets))
    says = np.zeros(len(labels))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(words, labels):
        says[test] = fit_stack(words[train], beside[train], labels[train]).says(words[test], beside[test])
    brand = np.array([row["domain"] not in RANDOM for row in sets["complaint"]])
    return f"complaint, macro F1: {_f1(labels, says > 0):.3f}; brand tweets: {_f1(labels[brand], says[brand] > 0):.3f}"


def _politeness(sets: Sets) -> str:
    asked = [row for row in sets["politeness"] if row["source"] == "wikipedia" and row["label"] != "neutral"]
    words, labels = seen(texts(asked)), np.array([row["label"] for row in asked])
    right = np.zeros(len(labels), bool)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(words, labels):
        rare = rarity(words[train])
        head = fit(weighed(words[train], rare), labels[train], 0.3)
        right[test] = (heard(weighed(words[test], rare), [head]).ravel() > 0) == (labels[test] == head.names[0])
    return f"politeness, Wikipedia, accuracy: {right.mean():.3f}"


def _unseen_products(sets: Sets) -> str:
    said, labels, closely = examples(sets)["sentiment"]
    kept = [row for row in sets["product"] if row["label"] != "mixed"]
    words, wanted = seen(said), np.array(labels)
    count = len(kept)
    others = np.arange(count, len(said))
    told = np.empty(count, object)
    for train, test in GroupKFold(5).split(kept, groups=[row["product"] for row in kept]):
        learn = np.concatenate([train, others])
        rare = rarity(words[learn])
        head = fit(weighed(words[learn], rare), wanted[learn], closely, class_weight="balanced")
        told[test] = np.array(head.names)[heard(weighed(words[test], rare), [head]).argmax(1)]
    return f"sentiment of products left out, macro F1 of three: {_f1(wanted[:count], told.astype(str)):.3f}"


def _targets(sets: Sets, dev: list[Any]) -> str:
    words = seen_around(sets["target"])
    rare = rarity(words)
    head = fit(weighed(words, rare), [row["label"] for row in sets["target"]], 1.0)
    told = np.array(head.names)[heard(weighed(seen_around(dev), rare), [head]).argmax(1)]
    return f"stance per target, MAMS, accuracy: {(told == np.array([row['label'] for row in dev])).mean():.3f}"


def _f1(wanted: Any, told: Any) -> float:
    return float(f1_score(wanted, told, average="macro"))
