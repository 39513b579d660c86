"""The trained models: their file, and what they say where words alone do not decide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.triage.reader import model_file
from amends.triage.reader.features import BITS, plain, slots
from amends.triage.reader.model import FILE, Model, model, quantised
from amends.triage.reader.model_file import ModelError
from amends.triage.reader.reading import read

MOST = 20 * 2**20


def test_the_file_is_small_and_holds_no_words() -> None:
    assert FILE.stat().st_size <= MOST
    about, arrays = model_file.read(FILE)
    assert sorted(about) == ["heads", "intents", "labels", "outputs", "target"]
    assert {array.dtype.kind for array in arrays.values()} == {"i", "f"}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    arrays: model_file.Arrays = {"weights": np.array([[1, -127]], np.int8), "bias": np.array([0.5], np.float32)}
    model_file.write(tmp_path / "m", {"labels": ["a"]}, arrays)
    about, again = model_file.read(tmp_path / "m")
    assert about == {"labels": ["a"]}
    assert {name: array.tolist() for name, array in again.items()} == {"weights": [[1, -127]], "bias": [0.5]}


@pytest.mark.parametrize(
    "spoil", [lambda whole: whole[:40], lambda _: b"", lambda _: b"\x80\x04.", lambda whole: whole[:-9]]
)
def test_a_damaged_file_is_refused_saying_what_to_do(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes(spoil(FILE.read_bytes()))
    with pytest.raises(ModelError, match=r"train it: python -m amends.triage.training"):
        model_file.read(tmp_path / "m")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        model_file.read(tmp_path / "none")


@pytest.mark.parametrize(
    "header", ["[]", "{}", '{"about": {}, "arrays": [1]}', '{"about": 1, "arrays": {}}', "[" * 90_000]
)
def test_a_file_with_another_header_is_refused(header: str, tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes(model_file.MAGIC + len(header).to_bytes(8, "little") + header.encode())
    with pytest.raises(ModelError, match="is damaged"):
        model_file.read(tmp_path / "m")


@pytest.mark.parametrize("name", ["idf", "weights", "bias", "stack_mean", "target_idf", "target_scale"])
def test_a_model_of_another_size_is_refused(name: str) -> None:
    about, arrays = model_file.read(FILE)
    for other in ({**arrays, name: arrays[name][:-1]}, {each: arrays[each] for each in arrays if each != name}):
        with pytest.raises(ModelError, match="other sizes than this release"):
            Model(about, other)


def test_a_model_without_heads_is_refused() -> None:
    about, arrays = model_file.read(FILE)
    with pytest.raises(ModelError, match="other heads than this release"):
        Model({**about, "heads": {**about["heads"], "politeness": [99]}}, arrays)


def test_a_model_of_other_labels_is_refused() -> None:
    about, arrays = model_file.read(FILE)
    with pytest.raises(ModelError, match="trained with other labels"):
        Model({**about, "labels": about["labels"][1:]}, arrays)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("@Halden ur site is down AGAIN and nobody seems to care", "complaint"),
        ("@Halden can you tell me what size the small one is?", "question"),
    ],
)
def test_a_text_with_few_signs_is_judged_by_the_models(text: str, stance: str) -> None:
    (brand,) = read(text, ["Halden"]).brands
    assert brand.stance == stance


@given(st.text(max_size=200))
def test_features_lie_in_their_table_and_the_same_text_has_the_same(text: str) -> None:
    found = slots(plain(text))
    assert (found < 1 << BITS).all()
    assert (found == slots(plain(text))).all()
    assert np.isfinite(model().heard(text)).all()


@pytest.mark.parametrize(
    ("words", "tones"),
    [("good bad table", [1, -1, 0]), ("not good , good", [0, -1, 0, 1]), ("isn't as bad", [0, 0, 1])],
)
def test_words_of_opinion_are_turned_round_behind_a_not_until_the_clause_ends(words: str, tones: list[int]) -> None:
    assert model().opinions.tones(words.split()) == tones


@given(st.lists(st.floats(-5, 5, width=32), min_size=1, max_size=20))
def test_small_whole_numbers_stand_for_weights_within_a_step(numbers: list[float]) -> None:
    weights = np.array(numbers, np.float32)[:, None]
    small, scale = quantised(weights)
    assert np.abs(small * scale - weights).max() <= scale.max() / 2 + 1e-6


@pytest.mark.parametrize(
    ("thing", "stance"), [("food", "praise"), ("service", "complaint")], ids=["what is praised", "what is blamed"]
)
def test_of_things_in_one_sentence_each_has_its_own_stance(thing: str, stance: str) -> None:
    (one,) = read("The food was delicious, but the service was terribly slow.", [thing]).brands
    assert (one.about, one.stance) == (True, stance)
