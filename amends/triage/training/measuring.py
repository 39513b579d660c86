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
from amends.triage.reader.model import Heads
from amends.triage.reader.of_brand import ALONE
from amends.triage.reader.service import OUTPUTS, STANCES
from amends.triage.training.data import RANDOM, rows, texts
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
from amends.triage.training.own import own_texts
from amends.triage.training.serving import fit_service, lesson, says

FOLDS = 10


def measured(sets: Sets, folder: Path) -> Iterator[str]:
    """A line for each task."""
    yield _complaints(sets)
    yield _politeness(sets)
    yield _unseen_products(sets)
    yield _targets(sets, rows(folder, "target_mams_val"))
    yield _service(sets)
    yield f"intents of bank customers, BANKING77, accuracy: {_bank(sets):.3f}"
    assistant = _intents("assistant", in_scope(sets["assistant"]), in_scope(rows(folder, "intent_clinc150_val")))
    yield f"intents of an assistant's users, CLINC150, in scope, accuracy: {assistant.mean():.3f}"


def _complaints(sets: Sets) -> str:
    words, beside, known = complaint(sets, *alone(sets))
    labels = known.yes
    says = np.zeros(len(labels))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(words, labels):
        says[test] = fit_stack(words[train], beside[train], known.only(train)).says(words[test], beside[test])
    brand = np.array([row["domain"] not in RANDOM for row in sets["complaint"]])
    return f"complaint, macro F1: {_f1(labels, says > 0):.3f}; brand tweets: {_f1(labels[brand], says[brand] > 0):.3f}"


def _politeness(sets: Sets) -> str:
    rows = sets["politeness"]
    words, label = seen(texts(rows), opinions(sets)), np.array([row["label"] for row in rows])
    asked = np.flatnonzero([row["source"] == "wikipedia" and row["label"] != "neutral" for row in rows])
    right = np.zeros(len(asked), bool)
    for _, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(asked, label[asked]):
        learn = np.setdiff1d(np.arange(len(rows)), asked[test])
        rare = rarity(words[learn])
        head = fit_politeness(weighed(words[learn], rare, 0.0), [rows[number] for number in learn])
        said = heard(weighed(words[asked[test]], rare, 0.0), [head]).ravel()
        right[test] = (said > 0) == (label[asked[test]] == "polite")
    return f"politeness, Wikipedia, accuracy: {right.mean():.3f}"


def _unseen_products(sets: Sets) -> str:
    given = examples(sets)["sentiment"]
    kept = [row for row in sets["product"] if row["label"] != "mixed"]
    words, wanted, counts = seen(given.texts, opinions(sets)), np.array(given.labels), given.weights
    count = len(kept)
    others = np.arange(count, len(wanted))
    told = np.empty(count, object)
    for train, test in GroupKFold(5).split(kept, groups=[row["product"] for row in kept]):
        learn = np.concatenate([train, others])
        rare = rarity(words[learn])
        weights = None if counts is None else counts[learn]
        head = fit(weighed(words[learn], rare), wanted[learn], given.closely, class_weight="balanced", weights=weights)
        told[test] = np.array(head.names)[heard(weighed(words[test], rare), [head]).argmax(1)]
    return f"sentiment of products left out, macro F1 of three: {_f1(wanted[:count], told.astype(str)):.3f}"


def _targets(sets: Sets, dev: list[Any]) -> str:
    rare, head = target_head(sets)
    asked = weighed(seen_around(dev, opinions(sets)), rare, OPINIONS_AROUND)
    told = np.array(head.names)[heard(asked, [head]).argmax(1)]
    return f"stance per target, MAMS, accuracy: {(told == np.array([row['label'] for row in dev])).mean():.3f}"


def _service(sets: Sets) -> str:
    """By the models alone: the lists of words were written beside some of these texts."""
    every = own_texts()
    taught = lesson(every, Heads(*first_heads(sets)))
    taught.beside[:, : len(STANCES)] = 0.0
    said = np.zeros((len(taught.text), len(OUTPUTS)))
    for train, test in KFold(FOLDS, shuffle=True, random_state=1).split(every):
        rows = np.flatnonzero(np.isin(taught.text, test))
        said[rows] = says(taught.only(test), fit_service(taught.only(train)))
    told = said[:, len(CLUES) :].argmax(1)
    clues, wanted = said[taught.alone, : len(CLUES)] > ALONE, taught.clues[taught.alone]
    return (
        f"stance, {len(every)} texts of our own, accuracy: {(told == taught.stances).mean():.3f};"
        f" macro F1: {_f1(taught.stances, told):.3f}; clues, micro and macro F1:"
        f" {f1_score(wanted, clues, average='micro'):.3f}, {f1_score(wanted, clues, average='macro'):.3f}"
    )


def _bank(sets: Sets) -> float:
    """By folds: the set has no dev part here."""
    every = sets["bank"]
    right = np.zeros(len(every), bool)
    for train, test in StratifiedKFold(5, shuffle=True, random_state=1).split(every, [row["label"] for row in every]):
        right[test] = _intents("bank", [every[at] for at in train], [every[at] for at in test])
    return float(right.mean())


def _intents(name: str, learn: list[Any], asked: list[Any]) -> Any:
    told = Intents(name, *fit_intents(name, learn))
    return np.array([told.of(row["text"])[0] == row["label"] for row in asked])


def _f1(wanted: Any, told: Any) -> float:
    return float(f1_score(wanted, told, average="macro"))
