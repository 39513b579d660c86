"""Each item, flag and label has a tip, a good and a bad example, and the coach says of them what they show (A091)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amends.coach.check import check
from amends.coach.faults import FAULTS
from amends.coach.labels import FAULTS as BAD_LABELS
from amends.coach.labels import VIRTUES
from amends.coach.registry import Entry, entries
from amends.coach.virtues import ITEMS

ALL = entries()


def of_kind(kind: str) -> list[Entry]:
    return [entry for entry in ALL if entry.kind == kind]


def test_nothing_the_coach_knows_is_missing() -> None:
    assert [entry.code for entry in of_kind("item")] == [item.code for item in ITEMS]
    assert [entry.code for entry in of_kind("flag")] == list(FAULTS)
    assert {entry.code for entry in of_kind("label")} == {*VIRTUES, *BAD_LABELS}
    assert sum(entry.points for entry in of_kind("item")) == 100


@pytest.mark.parametrize("entry", of_kind("flag"), ids=lambda entry: entry.code)
def test_a_flag_is_raised_by_its_bad_example_only(entry: Entry) -> None:
    notes = check(entry.bad, entry.case).notes
    (gate,) = {note.gate for note in notes if note.code == entry.code}
    assert gate == entry.gate
    assert entry.code not in {note.code for note in check(entry.good, replace(entry.case, undated=())).notes}
    assert str(entry.tip)


@pytest.mark.parametrize("entry", of_kind("item"), ids=lambda entry: entry.code)
def test_an_item_is_met_by_its_good_example_only(entry: Entry) -> None:
    def met(draft: str) -> bool:
        (virtue,) = (one for one in check(draft, entry.case).virtues if one.code == entry.code)
        assert virtue.points == entry.points
        assert (virtue.span is not None) == virtue.met
        return virtue.met

    assert met(entry.good)
    assert not met(entry.bad)
    assert str(entry.tip)


@pytest.mark.parametrize("entry", of_kind("label"), ids=lambda entry: entry.code)
def test_a_label_stands_on_one_of_its_examples_only(entry: Entry) -> None:
    good, bad = (entry.code in check(draft, entry.case).labels for draft in (entry.good, entry.bad))
    assert (good, bad) == (entry.code in VIRTUES, entry.code in BAD_LABELS)
