"""A191, A232: what tipped a story, and who turned it round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.triage.reader.labels import LABELS
from amends.triage.turning import ROUNDS, TIPS, Deed, Heard, Turn, turn

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
HANNE = 7


def heard(stance: str, *labels: str, anger: int = 0, days: float = 0) -> Heard:
    return Heard(NOON + timedelta(days=days), stance, anger, frozenset(labels))


def deed(kind: str, by: int | None = HANNE, days: float = 0.5) -> Deed:
    return Deed(NOON + timedelta(days=days), kind, by)


ASKED = heard("question")
UPSET = heard("complaint", "late_delivery", anger=1)


def test_what_the_customer_names_tipped_it_c6_1_30() -> None:
    found = turn(ASKED, heard("complaint", "argued", "late_delivery", anger=2, days=1), [deed("contact.out")])
    assert found == Turn(-1, "argued")


def test_nobody_of_us_is_named_for_what_tipped_it() -> None:
    assert turn(UPSET, heard("complaint", "rude", anger=2, days=1), [deed("contact.call")]).member_id is None


@pytest.mark.parametrize(
    ("between", "by"),
    [
        ([deed("contact.out"), deed("promise.broken", None)], "promise_broken"),
        ([deed("contact.out"), deed("contact.transferred")], "contact.transferred"),
        ([deed("contact.out")], "contact.out"),
        ([], ""),
    ],
)
def test_where_the_customer_names_nothing_what_we_did_since_tipped_it(between: list[Deed], by: str) -> None:
    assert turn(UPSET, heard("complaint", anger=2, days=1), between) == Turn(-1, by)


def test_three_days_without_a_word_of_ours_tipped_it() -> None:
    assert turn(UPSET, heard("complaint", anger=2, days=3), []) == Turn(-1, "slow_response")
    assert turn(UPSET, heard("complaint", anger=2, days=3), [deed("promise.made", None)]) == Turn(-1, "slow_response")


def test_whoever_spoke_last_turned_it_round_c6_1_37() -> None:
    between = [deed("contact.out", 3), deed("contact.call", HANNE)]
    assert turn(UPSET, heard("praise", "listened", days=1), between) == Turn(1, "listened", HANNE)
    assert turn(UPSET, heard("praise", days=1), between) == Turn(1, "contact.call", HANNE)


def test_a_calm_first_letter_turns_nothing_and_an_angry_one_tells_what_tipped_it() -> None:
    assert turn(None, heard("complaint", "defect", anger=1), []) == Turn()
    assert turn(None, heard("complaint", "no_callback", "defect", anger=2), []) == Turn(-1, "no_callback")
    assert turn(None, heard("praise", "polite"), []) == Turn()


def test_whoever_is_as_upset_as_before_was_not_tipped_again() -> None:
    assert turn(UPSET, heard("complaint", "argued", anger=1, days=1), [deed("contact.out")]) == Turn()


@given(
    st.sampled_from(["complaint", "mixed", "question", "praise", "none"]),
    st.sampled_from(["complaint", "mixed", "question", "praise", "none"]),
    st.integers(0, 2),
    st.integers(0, 2),
)
def test_a_story_turns_the_way_the_mood_went(before: str, now: str, was: int, anger: int) -> None:
    one, other = heard(before, anger=was), heard(now, anger=anger, days=1)
    side = turn(one, other, []).side
    assert side * (other.mood - one.mood) >= 0
    assert (side == 0) or (one.mood != other.mood)


def test_all_that_can_turn_a_story_is_a_label_of_the_reader() -> None:
    assert set(TIPS) | set(ROUNDS) <= set(LABELS)
    assert {LABELS[one].polarity for one in ROUNDS} == {"+"}
    assert {LABELS[one].polarity for one in TIPS} <= {"-", "±"}
