"""Hours to rung 2, calm against angry (C3.2): computed from what happened, amber outside 0.8 to 1.25."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.clock.models import Escalation
from amends.flows import parity
from amends.flows.parity import Parity
from amends.triage.signs import is_angry
from tests.cast import TUESDAY, Cast, complaint

CALM, LOUD = "The vase came broken.", "It came broken. This is a DISGRACE, you are thieves!!!"


def test_the_hours_of_calm_and_of_angry_customers_are_told_apart(cast: Cast) -> None:
    for number in range(10):
        case = complaint(
            cast,
            text=LOUD if number % 2 else CALM,
            key=str(number),
            sender=f"one{number}@example.com",
            subject=f"Vase {number}",
        )
        at = TUESDAY + timedelta(hours=2 if number % 2 else 8)
        Escalation.objects.create(case=case, rung=2, trigger="follow_up", at=at)
    found = parity.hours_to_rung_two(TUESDAY + timedelta(days=1))
    assert (found.calm, found.angry, found.calm_count, found.angry_count) == (8, 2, 5, 5)
    assert (found.ratio, found.is_fair) == (4, False)


@pytest.mark.parametrize(
    ("calm", "angry", "fair"), [(8, 10, True), (10, 8, True), (7.9, 10, False), (10, 7.9, False), (9, 9, True)]
)
def test_the_ratio_is_fair_between_its_bounds(calm: float, angry: float, fair: bool) -> None:
    assert Parity(calm, angry, 5, 5).is_fair is fair


def test_of_too_few_nothing_is_said() -> None:
    assert Parity(9, 1, 4, 9).ratio is None


@pytest.mark.parametrize("text", [LOUD, "I am furious.", "Das ist eine Frechheit.", "WHERE IS MY ORDER"])
def test_loud_words_are_known(text: str) -> None:
    assert is_angry(text)


def test_quiet_words_are_not_loud_because_they_hurt() -> None:
    assert not is_angry("I am very disappointed. The vase for my mother's 90th birthday came broken, from the USA.")
