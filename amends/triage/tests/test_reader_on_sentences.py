"""The reader on some two hundred sentences of ours, as people write them: few of them name a feeling.

Words for them were written after a first reading, whose figures the model card gives; what is asserted here is that no
change loses them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from amends.triage.reader.reading import read
from amends.triage.reader.told import OfBrand

pytestmark = pytest.mark.long

TABLE = Path(__file__).with_name("sentences.tsv")


@dataclass(frozen=True)
class Sentence:
    names: list[str]
    source: str | None
    stances: list[str]
    clues: set[str]
    text: str

    def read(self) -> tuple[OfBrand, ...]:
        return read(self.text, self.names, source=self.source).brands


def sentences() -> Iterator[Sentence]:
    for line in TABLE.read_text("utf-8").splitlines()[1:]:
        names, stances, clues, text = line.split("\t")
        watched = names.removeprefix("@").split(";")
        source = watched[0] if names.startswith("@") else None
        yield Sentence(watched, source, stances.split(";"), {one for one in clues.split(",") if one}, text)


def test_stance_and_whether_the_company_is_meant() -> None:
    right = [
        (one.stance if one.about else "not") == stance
        for sentence in sentences()
        for one, stance in zip(sentence.read(), sentence.stances, strict=True)
    ]
    assert len(right) > 250
    assert sum(right) / len(right) >= 0.92


def test_of_several_companies_in_one_text_all_are_right() -> None:
    several = [sentence for sentence in sentences() if len(sentence.names) > 1]
    right = [[one.stance for one in sentence.read()] == sentence.stances for sentence in several]
    assert sum(right) / len(right) >= 0.7


def test_clues() -> None:
    told = wanted = right = 0
    for sentence in sentences():
        if len(sentence.names) == 1:
            clues = set(sentence.read()[0].clues)
            told, wanted, right = told + len(clues), wanted + len(sentence.clues), right + len(clues & sentence.clues)
    assert 2 * right / (told + wanted) >= 0.88
