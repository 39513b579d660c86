"""How good the models are, on texts that they did not see: by folds, by products left out, on the sets' own dev parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold

from amends.triage.reader.intents import Intents
from amends.triage.reader.labels import CLUES
from amends.triage.reader.model import Floats, Heads
from amends.triage.reader.of_brand import ALONE
from amends.triage.reader.service import OUTPUTS, STANCES
from amends.triage.training.data import RANDOM, Row, rows, texts
from amends.triage.training.fitting import (
    OPINIONS_AROUND,
    fit,
    fit_politeness,
    fit_stack,
    heard,
    rarity,
    seen,
    seen_around,
    weighed,
)
from amends.triage.training.intending import fit_intents, in_scope
from amends.triage.training.making import Sets, alone, complaint, examples, first_heads, opinions, target_head
from amends.triage.training.meaning import (
    fit_complaint,
    fit_meant_intents,
    fit_meant_politeness,
    fit_meant_service,
    fit_sentiment,
    fit_target,
)
from amends.triage.training.own import own_texts
from amends.triage.training.serving import fit_service, lesson, says
from amends.triage.training.vectors import Vectors

FOLDS = 10


def measured(sets: Sets, folder: Path, vectors: Vectors | None = None) -> Iterator[str]:
    """A line for each task; with `vectors` by what texts mean, too."""
    yield _complaints(sets, vectors)
    yield _politeness(sets, vectors)
    yield _unseen_products(sets, vectors)
    yield _targets(sets, rows(folder, "target_mams_val"), vectors)
    yield _service(sets, vectors)
    yield f"intents of bank customers, BANKING77, accuracy: {_bank(sets, vectors):.3f}"
    learn, asked = in_scope(sets["assistant"]), in_scope(rows(folder, "intent_clinc150_val"))
    meant = None if vectors is None else (vectors.whole(texts(learn)), vectors.whole(texts(asked)))
    assistant = _intents("assistant", learn, asked, meant)
    yield f"intents of an assistant's users, CLINC150, in scope, accuracy: {assistant.mean():.3f}"


def _complaints(sets: Sets, vectors: Vectors | None) -> str:
    words, beside, known = complaint(sets, *alone(sets))
    meant = None if vectors is None else vectors.whole(texts(sets["complaint"]))
    labels = known.yes
    says = np.zeros(len(labels))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(words, labels):
        says[test] = fit_stack(words[train], beside[train], known.only(train)).says(words[test], beside[test])
        if meant is not None:
            head = fit_complaint(meant[train], known.only(train))
            says[test] = head.says(says[test][:, None], meant[test]).ravel()
    brand = np.array([row["domain"] not in RANDOM for row in sets["complaint"]])
    return f"complaint, macro F1: {_f1(labels, says > 0):.3f}; brand tweets: {_f1(labels[brand], says[brand] > 0):.3f}"


def _politeness(sets: Sets, vectors: Vectors | None) -> str:
    rows = sets["politeness"]
    words, label = seen(texts(rows), opinions(sets)), np.array([row["label"] for row in rows])
    meant = None if vectors is None else vectors.whole(texts(rows))
    asked = np.flatnonzero([row["source"] == "wikipedia" and row["label"] != "neutral" for row in rows])
    right = np.zeros(len(asked), bool)
    for _, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(asked, label[asked]):
        learn = np.setdiff1d(np.arange(len(rows)), asked[test])
        rare = rarity(words[learn])
        head = fit_politeness(weighed(words[learn], rare, 0.0), [rows[number] for number in learn])
        said = heard(weighed(words[asked[test]], rare, 0.0), [head])
        if meant is not None:
            beside = fit_meant_politeness(meant[learn], [rows[number] for number in learn])
            said = beside.says(said, meant[asked[test]])
        right[test] = (said.ravel() > 0) == (label[asked[test]] == "polite")
    return f"politeness, Wikipedia, accuracy: {right.mean():.3f}"


def _unseen_products(sets: Sets, vectors: Vectors | None) -> str:
    given = examples(sets)["sentiment"]
    kept = [row for row in sets["product"] if row["label"] != "mixed"]
    words, wanted, counts = seen(given.texts, opinions(sets)), np.array(given.labels), given.weights
    count = len(kept)
    meant = None if vectors is None else vectors.whole(given.texts[:count])
    others = np.arange(count, len(wanted))
    told = np.empty(count, object)
    for train, test in GroupKFold(5).split(kept, groups=[row["product"] for row in kept]):
        learn = np.concatenate([train, others])
        rare = rarity(words[learn])
        weights = None if counts is None else counts[learn]
        head = fit(weighed(words[learn], rare), wanted[learn], given.closely, class_weight="balanced", weights=weights)
        said = heard(weighed(words[test], rare), [head])
        if meant is not None:
            said = fit_sentiment(meant[train], wanted[train]).says(said, meant[test])
        told[test] = np.array(head.names)[said.argmax(1)]
    return f"sentiment of products left out, macro F1 of three: {_f1(wanted[:count], told.astype(str)):.3f}"


def _targets(sets: Sets, dev: list[Any], vectors: Vectors | None) -> str:
    rare, head = target_head(sets)
    asked = weighed(seen_around(dev, opinions(sets)), rare, OPINIONS_AROUND)
    said = heard(asked, [head])
    if vectors is not None:
        said = fit_target(vectors.things(sets["target"]), sets["target"]).says(said, vectors.things(dev))
    told = np.array(head.names)[said.argmax(1)]
    return f"stance per target, MAMS, accuracy: {(told == np.array([row['label'] for row in dev])).mean():.3f}"


def _service(sets: Sets, vectors: Vectors | None) -> str:
    """By the models alone: the lists of words were written beside some of these texts."""
    every = own_texts()
    taught = lesson(every, Heads(*first_heads(sets)))
    taught.beside[:, : len(STANCES)] = 0.0
    meant = None if vectors is None else vectors.whole(taught.worded.tolist())
    said = np.zeros((len(taught.text), len(OUTPUTS)))
    for train, test in KFold(FOLDS, shuffle=True, random_state=1).split(every):
        rows = np.flatnonzero(np.isin(taught.text, test))
        said[rows] = says(taught.only(test), fit_service(taught.only(train)))
        if meant is not None:
            head = fit_meant_service(meant[np.isin(taught.text, train)], taught.only(train))
            said[rows] = head.says(said[rows], meant[rows])
    told = said[:, len(CLUES) :].argmax(1)
    clues, wanted = said[taught.alone, : len(CLUES)] > ALONE, taught.clues[taught.alone]
    return (
        f"stance, {len(every)} texts of our own, accuracy: {(told == taught.stances).mean():.3f};"
        f" macro F1: {_f1(taught.stances, told):.3f}; clues, micro and macro F1:"
        f" {f1_score(wanted, clues, average='micro'):.3f}, {f1_score(wanted, clues, average='macro'):.3f}"
    )


def _bank(sets: Sets, vectors: Vectors | None) -> float:
    """By folds: the set has no dev part here."""
    every = sets["bank"]
    meant = None if vectors is None else vectors.whole(texts(every))
    right = np.zeros(len(every), bool)
    for train, test in StratifiedKFold(5, shuffle=True, random_state=1).split(every, [row["label"] for row in every]):
        parts = None if meant is None else (meant[train], meant[test])
        right[test] = _intents("bank", [every[at] for at in train], [every[at] for at in test], parts)
    return float(right.mean())


def _intents(name: str, learn: list[Row], asked: list[Row], meant: tuple[Floats, Floats] | None) -> Any:
    told = Intents(name, *fit_intents(name, learn))
    said = np.array([told.said(row["text"]) for row in asked])
    if meant is not None:
        said = fit_meant_intents(meant[0], learn).says(said, meant[1])
    return np.array(told.names)[said.argmax(1)] == [row["label"] for row in asked]


def _f1(wanted: Any, told: Any) -> float:
    return float(f1_score(wanted, told, average="macro"))
