"""Letters are read in a process of their own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from amends.triage.reader import beside
from amends.triage.reader.beside import Asked, read_beside
from amends.triage.reader.use import Use

pytestmark = pytest.mark.process

RUDE = Asked(7, "Your agent was rude to me, and nobody called back.", "Thimble")
THANKS = Asked(8, "Everything arrived early, thank you!", "Thimble")


def test_each_text_is_read_for_the_company_it_was_written_to() -> None:
    told = read_beside([RUDE, THANKS])
    assert list(told) == [7, 8]
    (of_us,) = told[7]["brands"]
    assert (of_us["name"], of_us["stance"]) == ("Thimble", "complaint")
    assert {"rude", "no_callback"} <= {one["label"] for one in of_us["signals"]}


def test_nothing_to_read_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "PROGRAM", ["/nowhere"])
    assert read_beside([]) == {}


def test_a_text_that_brings_the_reader_down_takes_no_other_along(monkeypatch: pytest.MonkeyPatch) -> None:
    read = beside._read
    asked = []

    def breaks(texts: list[Asked]) -> object:
        asked.append([one.id for one in texts])
        if any(one.id == 9 for one in texts):
            raise beside.NotRead
        return read(texts)

    monkeypatch.setattr(beside, "_read", breaks)
    assert list(read_beside([RUDE, Asked(9, "Poison.", "Thimble"), THANKS])) == [7, 8]
    assert asked == [[7, 9, 8], [7], [9, 8], [9], [8]]


def test_a_reader_that_ends_by_itself_has_read_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "PROGRAM", [sys.executable, "-c", "raise SystemExit(3)"])
    assert read_beside([RUDE]) == {}


@pytest.mark.parametrize(("meaning", "options"), [(True, []), (False, ["--by-words"])])
def test_the_reader_is_told_whether_to_ask_what_texts_mean(
    meaning: bool, options: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    keeps = f"import sys, pathlib; pathlib.Path({str(told)!r}).write_text(' '.join(sys.argv[1:]))"
    monkeypatch.setattr(beside, "PROGRAM", [sys.executable, "-c", keeps])
    monkeypatch.setattr(Use, "meaning", meaning)
    assert read_beside([THANKS]) == {}
    assert told.read_text().split() == options
