"""Reading the data sets of the folder that is named; none of it is kept."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]

SETS = {
    "complaint": "complaints_xci_train",
    "emotion": "emotion_goemotions_train",
    "politeness": "politeness_stanford_train",
    "proscons": "sentiment_proscons_train",
    "film": "sentiment_sentencepolarity_train",
    "product": "target_productreviews_train",
    "target": "target_mams_train",
    "opinions": "lexicon_opinion",
    "bank": "intent_banking77_train",
    "assistant": "intent_clinc150_train",
}
RANDOM = frozenset(("random_reply", "random_tweet"))
"""Domains of the complaint set that are all no complaints, and make the task look easy."""


class DataError(RuntimeError):
    """A set is missing; says which and where it was looked for."""


def rows(folder: Path, name: str) -> list[Row]:
    """One set: an object a line, `text` and `label` in each."""
    path = folder / f"{name}.jsonl.gz"
    if not path.is_file():
        raise DataError(f"{path} is not there. Name the folder of the data sets with --data.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def every_set(folder: Path) -> dict[str, list[Row]]:
    """All sets that the training needs, by its own name for each."""
    return {task: rows(folder, name) for task, name in SETS.items()}


def texts(found: Sequence[Row]) -> list[str]:
    """The texts of rows."""
    return [row["text"] for row in found]
