"""C5.3: how probably a customer is lost as a case stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.risk import Risk, explain, risk_of_loss


@pytest.mark.parametrize(
    ("harm", "silent", "unsatisfied", "satisfied", "quickly"),
    [
        ("4.99", 63, 54, 30, 5),
        ("5", 77, 68, 38, 12),
        ("100", 77, 68, 38, 12),
        ("100.01", 91, 81, 46, 18),
        (None, 77, 68, 38, 12),
    ],
)
def test_c5_3_the_table(harm: str | None, silent: int, unsatisfied: int, satisfied: int, quickly: int) -> None:
    value = Decimal(harm) if harm else None
    assert risk_of_loss("silent", harm=value).percent == silent
    assert risk_of_loss("hurt", harm=value).percent == unsatisfied
    assert risk_of_loss("made_right", harm=value).percent == satisfied
    assert risk_of_loss("made_right", harm=value, quick=True).percent == quickly


@pytest.mark.parametrize(
    ("facts", "percent"),
    [
        ({"failed": 1}, 78),
        ({"failed": 2}, 78),
        ({"failed": 1, "harm": Decimal(220)}, 91),
        ({"failed": 2, "harm": Decimal(220)}, 91),
        ({"failed": 1, "harm": Decimal(4)}, 64),
    ],
)
def test_a054_a_double_deviation_takes_a_tenth_once_as_in_sc_2_and_sc_5(facts: dict[str, Any], percent: int) -> None:
    assert risk_of_loss("hurt", **facts).percent == percent


@pytest.mark.parametrize(
    ("facts", "percent"),
    [
        ({"moods": ["livid"]}, 78),
        ({"moods": ["livid", "warn_others"]}, 88),
        ({"moods": ["livid", "warn_others"], "failed": 1}, 95),
        ({"moods": ["warn_others"], "failed": 2, "harm": Decimal(220)}, 95),
        ({"moods": ["calm"]}, 68),
    ],
)
def test_a042_a188_rage_and_warnings_to_others_raise_the_risk(facts: dict[str, Any], percent: int) -> None:
    found = risk_of_loss("hurt", **facts)
    assert found.percent == percent
    assert [one for one in found.why if one in ("livid", "warn_others")] == [
        one for one in facts["moods"] if one != "calm"
    ]
    assert risk_of_loss("made_right", moods=facts["moods"]).percent == 38, "whoever is content was angry"


def test_a054_from_eighty_percent_on_somebody_is_about_to_be_lost() -> None:
    assert Risk(80, ()).about_to_be_lost
    assert not Risk(79, ()).about_to_be_lost


def test_whoever_says_goodbye_is_lost() -> None:
    assert risk_of_loss("lost_openly").percent == 100


def test_the_reasons_say_what_nobody_knows() -> None:
    found = risk_of_loss("offered", failed=2)
    assert found.why == ("failed", "unsatisfied", "unknown") and not found.about_to_be_lost
    assert "Nobody has said" in explain(found)[-1]
    assert risk_of_loss("offered", failed=2, harm=Decimal(220)).about_to_be_lost


@given(
    state=st.sampled_from(["hurt", "answered", "silent", "made_right", "advocate"]),
    failed=st.integers(0, 20),
    harm=st.none() | st.decimals(0, 10_000, places=2),
)
def test_more_failures_never_make_it_better(state: str, failed: int, harm: Decimal | None) -> None:
    less = risk_of_loss(state, failed=failed, harm=harm).percent
    assert 0 <= less <= risk_of_loss(state, failed=failed + 1, harm=harm).percent <= 95
