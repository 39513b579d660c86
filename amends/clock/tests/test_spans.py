"""Lengths of time as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.clock.spans import read, shown


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("4 h", 240),
        ("4h", 240),
        ("4 hours", 240),
        ("1 h 30", 90),
        ("1 h 30 min", 90),
        ("1:30", 90),
        ("1.5 h", 90),
        ("1,5 Std.", 90),
        ("20 min", 20),
        ("20 Minuten", 20),
        ("2 heures", 120),
        ("4", None),
        ("", None),
        ("soon", None),
        ("-4 h", None),
        ("4 days", None),
        ("h", None),
    ],
)
def test_a_length_is_read_as_it_is_written_and_a_bare_number_is_none(typed: str, minutes: int | None) -> None:
    assert read(typed) == minutes


@given(st.integers(1, 120_000))
def test_what_is_shown_is_read_back(minutes: int) -> None:
    assert read(shown(minutes)) == minutes
