"""How well the coach names what is in a draft: our own samples, and the labelled drafts where they are at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from amends.coach.brief import Brief
from amends.coach.check import check
from amends.coach.labels import FAULTS, VIRTUES, is_flawless
from amends.coach.review import Review

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SHARED_DATA", HERE.parents[3] / "shared" / "data"))
Row = dict[str, Any]


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def review_of(row: Row) -> Review:
    complaint, question = row["kind"] == "complaint", row["kind"] == "question"
    return check(row["draft"], Brief(customer_words=row["customer"], complaint=complaint, question=question))


@dataclass(frozen=True)
class Figures:
    """`virtues` and `faults`: macro F1 over the labels that occur or are given; the others count drafts."""

    virtues: float
    faults: float
    false_alarms: int
    flawless: int
    stopped: int
    faulty: int


def measured(rows: Sequence[Row]) -> Figures:
    reviews = [(row, review_of(row)) for row in rows]
    flawless = [review for row, review in reviews if row["flawless"]]
    faulty = [review for row, review in reviews if FAULTS.keys() & set(row["labels"])]
    return Figures(
        virtues=macro_f1(reviews, VIRTUES),
        faults=macro_f1(reviews, FAULTS),
        false_alarms=sum(review.gate != "ok" or bool(FAULTS.keys() & review.labels) for review in flawless),
        flawless=len(flawless),
        stopped=sum(review.gate != "ok" for review in faulty),
        faulty=len(faulty),
    )


def macro_f1(reviews: Sequence[tuple[Row, Review]], labels: Iterable[str]) -> float:
    found = []
    for label in labels:
        right = sum(label in row["labels"] and label in review.labels for row, review in reviews)
        named = sum((label in row["labels"]) + (label in review.labels) for row, review in reviews)
        if named:
            found.append(2 * right / named)
    return sum(found) / len(found)


@pytest.mark.long
def test_our_own_drafts_are_named_rightly() -> None:
    figures = measured(rows_of(HERE / "samples" / "drafts.jsonl"))
    assert figures.virtues > 0.92
    assert figures.faults > 0.92
    assert figures.false_alarms == 0
    assert (figures.flawless, figures.faulty) == (237, 361)
    assert figures.stopped >= figures.faulty - 6


@pytest.mark.data
def test_the_labelled_drafts_are_named_rightly() -> None:
    labelled = SHARED / "coach_dev.jsonl"
    if not labelled.exists():
        pytest.skip(f"The labelled drafts are not here: {labelled}. Set SHARED_DATA to their folder.")
    figures = measured(rows_of(labelled))
    assert figures.virtues > 0.92
    assert figures.faults > 0.9
    assert figures.false_alarms == 0
    assert figures.stopped >= figures.faulty - 6


@pytest.mark.parametrize(
    ("kind", "labels", "flawless"),
    [
        ("complaint", ["apology", "empathy", "ownership", "next_step", "dated_promise"], True),
        ("complaint", ["apology", "empathy", "ownership", "next_step"], False),
        ("complaint", ["apology", "empathy", "ownership", "next_step", "dated_promise", "upsell"], False),
        ("question", ["next_step"], True),
        ("question", ["thanks"], False),
        ("praise", ["thanks"], True),
        ("praise", [], False),
    ],
)
def test_a_draft_is_flawless_when_all_is_there_and_nothing_wrong(kind: str, labels: list[str], flawless: bool) -> None:
    assert is_flawless(frozenset(labels), kind) is flawless
