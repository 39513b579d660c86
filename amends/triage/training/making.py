"""Making the one file of models from the data sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from amends.triage.reader import model_file
from amends.triage.reader.model import RULES, Floats, quantised
from amends.triage.training.data import Row, texts
from amends.triage.training.fitting import Head, Stack, fit, fit_stack, heard, rarity, ruled, seen, seen_around, weighed

Sets = Mapping[str, list[Row]]


EMOTIONS = {
    emotion: group
    for group, emotions in {
        "anger": "anger annoyance disapproval disgust",
        "grief": "disappointment embarrassment fear grief nervousness remorse sadness",
        "joy": "admiration amusement approval excitement gratitude joy love optimism pride relief",
        "care": "caring desire",
        "wonder": "confusion curiosity realization surprise",
        "none": "neutral",
    }.items()
    for emotion in emotions.split()
}
"""The 28 emotions of the set in six groups: what a desk can use of them."""


def examples(sets: Sets) -> dict[str, tuple[list[str], list[str], float]]:
    """For each head that stands by itself: texts, labels, and how closely it is fitted."""
    emotions = [row for row in sets["emotion"] if len(row["label"]) == 1]
    polite = [row for row in sets["politeness"] if row["label"] != "neutral"]
    product = [row for row in sets["product"] if row["label"] != "mixed"]
    felt = [*product, *sets["proscons"], *sets["film"]]
    return {
        "sentiment": (texts(felt), [_three(row["label"]) for row in felt], 0.3),
        "politeness": (texts(polite), [row["label"] for row in polite], 0.3),
        "proscons": (texts(sets["proscons"]), [row["label"] for row in sets["proscons"]], 0.3),
        "film": (texts(sets["film"]), [row["label"] for row in sets["film"]], 0.3),
        "emotion": (texts(emotions), [EMOTIONS[row["label"][0]] for row in emotions], 0.2),
    }


def _three(label: str) -> str:
    return "neutral" if label == "none" else label


def alone(sets: Sets) -> tuple[Floats, dict[str, Head]]:
    """How rare each feature is, over all texts; and the heads that need no other."""
    given = examples(sets)
    tables = {name: seen(said) for name, (said, _, _) in given.items()}
    rare = rarity(_stacked([*tables.values(), seen(texts(sets["complaint"]))]))
    heads = {name: fit(weighed(tables[name], rare), labels, closely) for name, (_, labels, closely) in given.items()}
    return rare, heads


def _stacked(tables: Sequence[Any]) -> Any:
    return sparse.vstack(tables).tocsr()


def complaint(sets: Sets, rare: Floats, heads: Mapping[str, Head]) -> tuple[Any, Floats, Any]:
    """The complaint set: its words, what other heads and rules say of it, and its labels (1: complaint)."""
    said = texts(sets["complaint"])
    words = weighed(seen(said), rare)
    beside = np.hstack([heard(words, list(heads.values())), ruled(said)])
    return words, beside, np.array([row["label"] for row in sets["complaint"]])


def make(sets: Sets, path: Path) -> None:
    """Train everything and write the file."""
    rare, heads = alone(sets)
    stack = fit_stack(*complaint(sets, rare, heads))
    around = seen_around(sets["target"])
    rare_around = rarity(around)
    target = fit(weighed(around, rare_around), [row["label"] for row in sets["target"]], 1.0)
    write(path, rare, {**heads, "complaint": stack.head}, stack, (rare_around, target))


def write(path: Path, rare: Floats, heads: Mapping[str, Head], stack: Stack, around: tuple[Floats, Head]) -> None:
    """Write the file: whole numbers for weights, half the digits for rarities."""
    weights, scale = quantised(np.hstack([head.weights for head in heads.values()]))
    rare_around, target = around
    target_weights, target_scale = quantised(target.weights)
    names = [f"{name}:{output}" for name, head in heads.items() for output in head.names]
    places = {name: [at for at, one in enumerate(names) if one.split(":")[0] == name] for name in heads}
    arrays: model_file.Arrays = {
        "idf": rare.astype(np.float16),
        "weights": weights,
        "scale": scale,
        "bias": np.concatenate([head.bias for head in heads.values()]),
        "stack_mean": stack.mean,
        "stack_spread": stack.spread,
        "stack_weights": stack.weights,
        "target_idf": rare_around.astype(np.float16),
        "target_weights": target_weights,
        "target_scale": target_scale,
        "target_bias": target.bias,
    }
    about = {"labels": list(RULES), "heads": places, "outputs": names, "target": list(target.names)}
    model_file.write(path, about, arrays)
