"""Making the file of the heads over what texts mean, beside that of the heads over words."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from amends.triage.reader import extra, model_file
from amends.triage.reader.intents import LISTS
from amends.triage.reader.meaning import FILE as MEANING
from amends.triage.reader.model import Heads
from amends.triage.reader.service import OUTPUTS
from amends.triage.training.data import texts
from amends.triage.training.intending import in_scope
from amends.triage.training.making import Sets, known_complaints, three
from amends.triage.training.meaning import (
    Beside,
    fit_complaint,
    fit_meant_intents,
    fit_meant_politeness,
    fit_meant_service,
    fit_sentiment,
    fit_target,
)
from amends.triage.training.own import own_texts
from amends.triage.training.serving import lesson
from amends.triage.training.vectors import Vectors


def vectors(kept: Path) -> Vectors | None:
    """MiniLM as the training asks it; None where the extra is not installed. Raises ExtraError where it is broken."""
    place = extra.folder()
    return None if place is None else Vectors(extra.encoder(place), extra.sha256(place), kept)


def make_meaning(sets: Sets, words: Path, meant: Vectors) -> Path:
    """Train the heads over what texts mean, and write their file beside `words`, the file of those over words."""
    path = words.with_name(MEANING.name)
    heads, names = _heads(sets, words, meant), _names(sets)
    about = {
        "version": extra.released(),
        "sha256": meant.digest,
        "own": {name: head.own for name, head in heads.items()},
        "outputs": names,
    }
    arrays: model_file.Arrays = {}
    for name, head in heads.items():
        arrays |= {f"{name}_weights": head.weights.astype(np.float16), f"{name}_bias": head.bias}
    model_file.write(path, about, arrays)
    return path


def _heads(sets: Sets, words: Path, meant: Vectors) -> dict[str, Beside]:
    felt = [row for row in sets["product"] if row["label"] != "mixed"]
    tones = np.array([three(row["label"]) for row in felt])
    taught = lesson(own_texts(), Heads(*model_file.read(words)))
    lists = {name: in_scope(sets[name]) for name in LISTS}
    return {
        "complaint": fit_complaint(meant.whole(texts(sets["complaint"])), known_complaints(sets)),
        "sentiment": fit_sentiment(meant.whole(texts(felt)), tones),
        "politeness": fit_meant_politeness(meant.whole(texts(sets["politeness"])), sets["politeness"]),
        "target": fit_target(meant.things(sets["target"]), sets["target"]),
        "service": fit_meant_service(meant.whole(taught.worded.tolist()), taught),
        **{name: fit_meant_intents(meant.whole(texts(rows)), rows) for name, rows in lists.items()},
    }


def _names(sets: Sets) -> dict[str, list[str]]:
    """The outputs of each head, in their order."""
    tones = ["negative", "neutral", "positive"]
    lists = {name: sorted({row["label"] for row in in_scope(sets[name])}) for name in LISTS}
    one = {name: [name] for name in ("complaint", "politeness")}
    return {**one, "sentiment": tones, "target": tones, "service": list(OUTPUTS), **lists}
