"""What was said and done before bears on the next letter (C7.4, CV16, RQ7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amends.coach.brief import Brief
from amends.coach.check import check
from amends.coach.review import Note

HURT = Brief(
    customer_name="Rosalind Achterberg",
    agent_name="Delphine Marsh",
    customer_words="The second lamp flickers too. What now?",
    signed=True,
)
SORRY = (
    "Dear Rosalind, I am sorry that the second lamp flickers; that was our mistake. A third one leaves today by 17:00. "
)
CANNED = "Dear Rosalind, we apologise for the trouble with your order."


def noted(draft: str, brief: Brief, code: str) -> list[Note]:
    return [note for note in check(draft, brief).notes if note.code == code]


def test_a_third_sorry_without_a_deed_is_held() -> None:
    again = replace(HURT, apologised_before=True, apologies_before=2)
    (note,) = noted(SORRY, again, "REPEAT_SORRY")
    assert note.gate == "hold"
    assert "2 times" in note.title
    assert noted(SORRY, replace(again, deeds_since_apology=1), "REPEAT_SORRY") == []


def test_a_new_failure_earns_a_new_sorry() -> None:
    failed = replace(HURT, apologies_before=2, failed="fix")
    assert noted(SORRY, failed, "REPEAT_SORRY") == []
    assert noted("A third one leaves today by 17:00.", failed, "NO_APOLOGY")


@pytest.mark.parametrize(
    "again",
    [
        "Dear Rosalind, we apologise for the trouble with your order.",
        "Rosalind, we apologise for the trouble with your order!",
        "We apologise for all the trouble with your order.",
    ],
)
def test_the_same_canned_sorry_is_known_by_its_words(again: str) -> None:
    (note,) = noted(again, replace(HURT, earlier_letters=(CANNED,)), "SAME_WORDS")
    assert again[note.start : note.end].startswith(again[:4])


@pytest.mark.parametrize("anew", [SORRY, "Sorry, Rosalind.", "We apologise for the flicker of the second lamp."])
def test_a_sorry_about_what_happened_this_time_is_not_canned(anew: str) -> None:
    assert noted(anew, replace(HURT, earlier_letters=(CANNED, "Sorry, Rosalind.")), "SAME_WORDS") == []


def test_after_a_broken_word_somebody_senior_says_sorry() -> None:
    broken = replace(HURT, failed="word", seniors=("Ines Calder", "Marguerite Sol"))
    (note,) = noted(SORRY, broken, "NO_SENIOR")
    assert "Ines Calder" in note.advice
    assert SORRY[note.start : note.end].startswith("Dear Rosalind, I am sorry")
    assert noted(SORRY + "Marguerite rings you at 15:00.", broken, "NO_SENIOR") == []
    assert noted(SORRY, replace(broken, senior=True), "NO_SENIOR") == []
    assert noted(SORRY, replace(broken, seniors=()), "NO_SENIOR")[0].advice
    assert noted(SORRY, HURT, "NO_SENIOR") == []


@pytest.mark.parametrize(
    "why",
    [
        "From today every lamp burns for an hour before it leaves.",
        "I tested it myself before I packed it.",
        "A second pair of eyes checks it.",
    ],
)
def test_after_a_fix_that_failed_the_letter_says_why_the_next_one_holds(why: str) -> None:
    failed = replace(HURT, failed="fix")
    assert [note.gate for note in noted(SORRY, failed, "NOT_CHECKED")] == ["hold"]
    assert noted(SORRY + why, failed, "NOT_CHECKED") == []
    assert noted(SORRY, HURT, "NOT_CHECKED") == []


def test_what_they_told_in_an_earlier_letter_is_not_asked_again() -> None:
    told = replace(HURT, told_before=("It is order 3391. It came on Friday.", "And it flickers."))
    (note,) = noted(SORRY + "What is your order number?", told, "ASKS_KNOWN")
    assert "order 3391" in note.advice
    assert noted(SORRY + "What is your order number?", HURT, "ASKS_KNOWN") == []


def test_of_very_many_letters_the_newest_are_read() -> None:
    told = replace(HURT, told_before=(*("x" * 9_000 for _ in range(50)), "It is order 3391."))
    assert noted(SORRY + "What is your order number?", told, "ASKS_KNOWN")


@pytest.mark.parametrize(
    "draft", ["Thank you for telling us, Rosalind.", "Rosalind, we are so sorry.", "Thank you. Sorry!"]
)
def test_a_public_reply_that_shows_nobody_has_read_is_held(draft: str) -> None:
    """A209: in public it needs no worn phrase for that."""
    assert [note.gate for note in noted(draft, replace(HURT, public=True), "SET_PHRASES")] == ["hold"]
    assert noted(draft, HURT, "SET_PHRASES") == []
    assert noted(SORRY, replace(HURT, public=True), "SET_PHRASES") == []
