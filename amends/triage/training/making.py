"""Making the one file of models from the data sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from amends.triage.reader import model_file
from amends.triage.reader.intents import LISTS
from amends.triage.reader.model import RULES, Floats, Heads, quantised
from amends.triage.reader.opinions import Opinions, hashed
from amends.triage.training.data import Row, texts
from amends.triage.training.fitting import (
    OPINIONS,
    OPINIONS_AROUND,
    Complaints,
    Head,
    fit,
    fit_politeness,
    fit_stack,
    heard,
    rarity,
    ruled,
    seen,
    seen_around,
    weighed,
)
from amends.triage.training.intending import fit_intents, in_scope
from amends.triage.training.own import own_texts
from amends.triage.training.serving import fit_service, lesson

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


TONES = {"anger": "negative", "grief": "negative", "joy": "positive", "none": "neutral"}
"""Groups of emotions that tell whether a text pleases."""
FEELS, BORROWED = 0.1, 0.05
"""How much a text that tells a feeling, and one that has no neutral neighbours, count beside a review's sentence."""


@dataclass(frozen=True)
class Examples:
    """Texts, their labels, how closely they are fitted, and how much each counts (all the same where None)."""

    texts: list[str]
    labels: list[str]
    closely: float
    weights: NDArray[Any] | None = None


def examples(sets: Sets) -> dict[str, Examples]:
    """For each head that stands by itself, what it is taught with."""
    emotions = [row for row in sets["emotion"] if len(row["label"]) == 1]
    return {
        "sentiment": _felt(sets, emotions),
        "proscons": Examples(texts(sets["proscons"]), [row["label"] for row in sets["proscons"]], 0.3),
        "film": Examples(texts(sets["film"]), [row["label"] for row in sets["film"]], 0.3),
        "emotion": Examples(texts(emotions), [EMOTIONS[row["label"][0]] for row in emotions], 0.2),
    }


def _felt(sets: Sets, emotions: Sequence[Row]) -> Examples:
    """Sentences of reviews first, as they have all three; then, counting little, other kinds of text."""
    product = [(row["text"], three(row["label"])) for row in sets["product"] if row["label"] != "mixed"]
    groups = [(row["text"], EMOTIONS[row["label"][0]]) for row in emotions]
    feels = [(text, TONES[group]) for text, group in groups if group in TONES]
    borrowed = [(row["text"], row["label"]) for name in ("proscons", "film") for row in sets[name]]
    every = [*product, *feels, *borrowed]
    weights = np.repeat([1.0, FEELS, BORROWED], [len(product), len(feels), len(borrowed)])
    return Examples([text for text, _ in every], [label for _, label in every], 0.3, weights)


def three(label: str) -> str:
    """A sentence of a review pleases, hurts or does neither."""
    return "neutral" if label == "none" else label


def alone(sets: Sets) -> tuple[Floats, dict[str, Head]]:
    """How rare each feature is, over all texts; and the heads that need no other."""
    given = examples(sets)
    words = opinions(sets)
    tables = {name: seen(one.texts, words) for name, one in given.items()}
    asked = seen(texts(sets["politeness"]), words)
    rare = rarity(_stacked([*tables.values(), asked, seen(texts(sets["complaint"]), words)]))
    heads = {name: fit_one(weighed(tables[name], rare), one) for name, one in given.items()}
    return rare, heads | {"politeness": fit_politeness(weighed(asked, rare, 0.0), sets["politeness"])}


def fit_one(table: Any, one: Examples) -> Head:
    """A head from its examples; where they count differently, each label counts the same in all."""
    more = {} if one.weights is None else {"weights": one.weights, "class_weight": "balanced"}
    return fit(table, one.labels, one.closely, **more)


def opinions(sets: Sets) -> Opinions:
    """The list of words of opinion."""
    return Opinions(hashed_opinions(sets))


def hashed_opinions(sets: Sets) -> model_file.Arrays:
    """The same as the model's file holds it."""
    arrays: model_file.Arrays = {}
    for name, label in (("good", "positive"), ("bad", "negative")):
        numbers = sorted(hashed(row["text"]) for row in sets["opinions"] if row["label"] == label)
        arrays[f"opinion_{name}"] = np.array(numbers, np.uint32).view(np.int32)
    return arrays


def _stacked(tables: Sequence[Any]) -> Any:
    return sparse.vstack(tables).tocsr()


def complaint(sets: Sets, rare: Floats, heads: Mapping[str, Head]) -> tuple[Any, Floats, Complaints]:
    """The complaint set: its words, what other heads and rules say of it, and what is known of it."""
    said = texts(sets["complaint"])
    counted = seen(said, opinions(sets))
    words = weighed(counted, rare, 0.0)  # the words of opinion are heard through the other heads
    beside = np.hstack([heard(weighed(counted, rare), list(heads.values())), ruled(said)])
    return words, beside, known_complaints(sets)


def known_complaints(sets: Sets) -> Complaints:
    """What is known of the complaint set."""
    rows = sets["complaint"]
    return Complaints(
        np.array([row["label"] for row in rows]),
        np.array([row["severity"] for row in rows], float),
        np.array([row["sentiment"] == "positive" for row in rows]),
    )


def make(sets: Sets, path: Path) -> Path:
    """Train everything over words, and write the file."""
    about, arrays = first_heads(sets)
    arrays |= fit_service(lesson(own_texts(), Heads(about, arrays)))
    names, around = targets(sets)
    about |= {"labels": list(RULES), "target": names, "intents": {}}
    for name in LISTS:
        about["intents"][name], fitted = fit_intents(name, in_scope(sets[name]))
        arrays |= fitted
    model_file.write(path, about, arrays | around)
    return path


def targets(sets: Sets) -> tuple[list[str], model_file.Arrays]:
    """How a thing is spoken of: the names of the outputs, and the arrays."""
    rare, head = target_head(sets)
    weights, scale = quantised(head.weights[: len(rare)])
    arrays: model_file.Arrays = {
        "target_idf": rare.astype(np.float16),
        "target_weights": weights,
        "target_scale": scale,
        "target_bias": head.bias,
        "target_opinions": head.weights[len(rare) :] * OPINIONS_AROUND,
    }
    return list(head.names), arrays


def target_head(sets: Sets) -> tuple[Floats, Head]:
    """How rare each feature is around what is spoken of, and the head over them."""
    counted = seen_around(sets["target"], opinions(sets))
    rare = rarity(counted)
    return rare, fit(weighed(counted, rare, OPINIONS_AROUND), [row["label"] for row in sets["target"]], 1.0)


def first_heads(sets: Sets) -> tuple[dict[str, Any], model_file.Arrays]:
    """The header and the arrays of the heads over one set of features: whole numbers for weights, half the digits for rarities."""
    rare, heads = alone(sets)
    stack = fit_stack(*complaint(sets, rare, heads))
    heads = heads | {"complaint": stack.head}
    every = np.hstack([head.weights for head in heads.values()])
    weights, scale = quantised(every[: len(rare)])
    names = [f"{name}:{output}" for name, head in heads.items() for output in head.names]
    places = {name: [at for at, one in enumerate(names) if one.split(":")[0] == name] for name in heads}
    arrays: model_file.Arrays = {
        "idf": rare.astype(np.float16),
        "weights": weights,
        "scale": scale,
        "bias": np.concatenate([head.bias for head in heads.values()]),
        "opinion_weights": every[len(rare) :] * OPINIONS,
        "stack_mean": stack.mean,
        "stack_spread": stack.spread,
        "stack_weights": stack.weights,
        **hashed_opinions(sets),
    }
    return {"heads": places, "outputs": names}, arrays
