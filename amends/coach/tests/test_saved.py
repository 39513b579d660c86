"""Saved answers are judged as what they are, and the library is good (RQ1)."""

from __future__ import annotations

import pytest

from amends.coach.models import SavedAnswer
from amends.coach.saved import GRADES, Shelved, judge, library


@pytest.mark.parametrize("text", library(), ids=lambda text: text.key)
def test_every_text_of_the_library_has_no_fault_and_is_good(text: Shelved) -> None:
    verdict = judge(text.body, text.use)
    assert [note.code for note in verdict.notes] == []
    assert verdict.score is not None and verdict.score >= 75
    assert (verdict.gate, verdict.places) == ("ok", ())


def test_the_library_has_each_part_of_an_answer() -> None:
    assert {text.use for text in library()} == set(SavedAnswer.Use) - {SavedAnswer.Use.OTHER}
    assert len({text.name for text in library()}) == len(library())


@pytest.mark.parametrize(
    ("use", "body", "words"),
    [
        ("opening", "Dear {customer}, thank you for telling me.", "Excellent"),
        ("opening", "Dear {customer},", "Not yet"),
        ("apology", "I am sorry that we sent the wrong lamp; that was our mistake.", "Excellent"),
        ("apology", "I am sorry that we sent the wrong lamp. It broke.", "Excellent"),
        ("apology", "I am sorry if this has caused any trouble.", "Would be held"),
        ("explanation", "It happened because our packer took the wrong box.", "Excellent"),
        ("letter", "Dear {customer}, sorry about the lamp. {agent}", "Not yet"),
        ("letter", "Dear {customer}, I am sorry about the lamp. Have you considered our larger lamp?", "May not leave"),
        ("other", "Dear {customer}, is it right now?", "Excellent"),
        ("other", "Dear {customer}, you should have told us.", "Would be held"),
        ("public", "{customer}, thank you for your message. {agent}", "Would be held"),
    ],
)
def test_a_part_is_judged_by_what_it_is_for(use: str, body: str, words: str) -> None:
    assert judge(body, use).words == words


def test_a_fault_costs_its_points_and_what_only_the_case_can_tell_costs_none() -> None:
    hidden = judge("I am sorry that we sent the wrong lamp; that was our mistake. Mistakes were made.", "apology")
    assert ([note.code for note in hidden.notes], hidden.score) == (["PASSIVE"], 90)
    whole = next(text for text in library() if text.use == "letter")
    assert "listening" not in {virtue.code for virtue in judge(whole.body, "letter").lacks}
    assert "listening" not in {virtue.code for virtue in judge("Dear {customer}, hello.", "letter").lacks}


def test_a_place_that_nothing_fills_is_named() -> None:
    assert judge("Dear {customer}, your {order} and {order}, {0}.", "opening").places == ("order", "0")


def test_another_language_is_not_judged() -> None:
    verdict = judge("Liebe {customer}, danke.", "opening", "de")
    assert (verdict.score, verdict.gate) == (None, "ok")
    assert "does not read" in verdict.words


def test_the_grades_are_those_of_the_model() -> None:
    """C7.2: below 60 not yet, from 75 good, from 90 excellent."""
    assert [least for least, _words in GRADES] == [90, 75, 60, 0]
