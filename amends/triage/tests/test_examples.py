"""Each label has a sentence that shows it and one that does not, and the reader tells them apart (A157)."""

from __future__ import annotations

import pytest

from amends.triage.reader.labels import EXAMPLES, LABELS
from amends.triage.reader.reading import read

MADE = {"mentioned_only", "solicited", "anecdote", "pleased", "displeased", "unconfirmed"}
"""Labels that follow from how a whole text is made."""


def labels(text: str) -> set[str]:
    (of_us,) = read(text, ["Thimble"], source="Thimble").brands
    return {one.label for one in of_us.signals if one.happened}


def test_every_label_that_a_sentence_can_show_has_its_two() -> None:
    assert set(EXAMPLES) == set(LABELS) - MADE
    assert all(set(one) == {"says", "not"} for one in EXAMPLES.values())


@pytest.mark.parametrize("label", sorted(EXAMPLES))
def test_the_reader_tells_the_two_apart(label: str) -> None:
    assert label in labels(EXAMPLES[label]["says"])
    assert label not in labels(EXAMPLES[label]["not"])
