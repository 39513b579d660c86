"""Limits count exactly, and for the whole time they say (S17)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from amends.kit import tallies
from amends.kit.models import Tally

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def add(value: str = "rosalind@example.com", *, minutes: int = 0) -> int:
    return tallies.add("form", value, NOW + timedelta(minutes=minutes), lasts=HOUR)


def test_what_was_counted_holds_for_the_whole_hour_and_not_longer() -> None:
    assert [add(), add(minutes=6), add(minutes=59)] == [1, 2, 3]
    assert add(minutes=60) == 1


def test_values_are_counted_apart_whatever_their_case_and_never_kept_in_the_clear() -> None:
    assert [add(), add("ROSALIND@example.com"), add("winifred@example.com")] == [1, 2, 1]
    assert not Tally.objects.filter(key__contains="rosalind").exists()


def test_looking_counts_nothing() -> None:
    add()
    assert [tallies.count("form", "rosalind@example.com", NOW) for _ in range(2)] == [1, 1]
    assert tallies.count("form", "nobody@example.com", NOW) == 0


def test_what_is_over_is_forgotten() -> None:
    for number in range(5):
        add(f"{number}@example.com")
    add(minutes=61)
    assert Tally.objects.count() == 1
