"""What texts mean, by MiniLM: skipped where the extra is not installed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.triage.reader import extra, meaning, model
from amends.triage.reader.lines import answered
from amends.triage.reader.meaning import AROUND, SIZE, thing, whole
from amends.triage.reader.minilm import MOST, MiniLM
from amends.triage.reader.reading import read
from amends.triage.reader.use import Use
from tests.effort import examples

pytestmark = pytest.mark.skipif(
    extra.folder() is None, reason="amends[semantic] is not installed: docs/operating/install.md says how"
)


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    place = extra.folder()
    assert place is not None
    return extra.encoder(place)


@pytest.fixture(scope="module", autouse=True)
def with_meaning() -> Iterator[None]:
    Use.meaning = True
    meaning.meaning.cache_clear()
    model.model.cache_clear()
    yield
    Use.meaning = False
    meaning.meaning.cache_clear()
    model.model.cache_clear()


def alike(minilm: MiniLM, one: str, other: str) -> float:
    means = minilm.meant([one, other]).means()[:, -1]
    a, b = means / np.linalg.norm(means, axis=1, keepdims=True)
    return float(a @ b)


def test_texts_that_mean_the_same_lie_as_near_as_its_authors_say(minilm: MiniLM) -> None:
    """The model card of all-MiniLM-L6-v2 names no figures; these are what torch gives, to three digits."""
    near = alike(minilm, "I want my money back", "Refund please")
    assert near == pytest.approx(0.642, abs=1e-3)
    assert abs(alike(minilm, "I want my money back", "A happy dog ran over the green field on a sunny day.")) < 0.1


def test_a_text_means_the_same_by_itself_and_among_others(minilm: MiniLM) -> None:
    texts = ["The heating failed again.", "", "Thank you!", "x" * 5000, "é 漢 🙂 \ud800"]
    together = whole(minilm, texts)
    assert together.shape == (len(texts), SIZE)
    for number, text in enumerate(texts):
        assert np.abs(whole(minilm, [text])[0] - together[number]).max() < 1e-5


def test_of_a_long_text_the_beginning_is_looked_at(minilm: MiniLM) -> None:
    assert np.diff(minilm.meant(["word " * 5000]).begins).tolist() == [MOST]


def test_a_thing_beyond_what_is_looked_at_stands_for_the_whole(minilm: MiniLM) -> None:
    text = "! " * AROUND + "food"
    assert np.isfinite(thing(minilm, [(text, len(text) - 4, len(text))])).all()


@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 20))
def test_any_thing_in_any_text_has_a_meaning(text: str, start: int, length: int) -> None:
    found = model.model().of_target(text, min(start, len(text)), min(start + length, len(text)))
    assert np.isfinite(found).all()


@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_by_what_it_means(text: str) -> None:
    (brand,) = read(f"Corvane {text}", ["Corvane"]).brands
    assert all(0 <= start <= end <= len(text) + 8 for start, end in (one.span for one in brand.signals))


def test_a_wish_in_other_words_has_its_intent() -> None:
    told = answered(json.dumps({"id": 1, "text": "it says my document is not really me", "intents": "bank"}))
    assert told["intent"] == "unable_to_verify_identity"


def test_a_complaint_in_other_words_is_one() -> None:
    (brand,) = read("Two phone calls, two stories, no washing machine.", [""]).brands
    assert brand.stance == "complaint"


def test_a_thing_that_is_blamed_in_other_words_is_blamed() -> None:
    (brand,) = read("The music drowned out every word, but I dream of that cake.", ["music"]).brands
    assert brand.stance == "complaint"
