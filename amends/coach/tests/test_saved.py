"""Saved answers are judged as what they are, and the library is good (RQ1)."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from amends.coach.check import reads
from amends.coach.models import SavedAnswer
from amends.coach.saved import GRADES, WRITTEN_IN, Shelved, judge, library, shelf_for

GREETING = {"en": "Dear {customer},\n\n", "de": "Guten Tag {customer},\n\n", "fr": "Bonjour {customer},\n\n"}
SORRY = {"en": re.compile("I am sorry that"), "de": re.compile("tut mir leid"), "fr": re.compile("excuses|pardon")}
FAULT = {
    "en": re.compile("our|my mistake|fault|error"),
    "de": re.compile("[Ff]ehler"),
    "fr": re.compile("L’erreur|faute"),
}
STIFF = {
    "en": re.compile(r"any inconvenience|valued customer|rest assured|\bif\b", re.IGNORECASE),
    "de": re.compile(
        r"Verständnis|bedauern|Unannehmlichkeit|Umstände|selbstverständlich|schnellstmöglich|zeitnah|umgehend|geschätzt"
        r"|diesbezüglich|bezüglich|Anliegen|\b(?:falls|sollten|wenn|leider|wurde|jedoch|aber)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"compréhension|désagrément|gêne|meilleurs délais|client|navré|désolé|regrettons|veuillez|toutefois"
        r"|\b(?:si|malheureusement|mais)\b",
        re.IGNORECASE,
    ),
}
"""What sounds like an authority, hedges, or takes the sorry back."""


@pytest.mark.parametrize("text", library(), ids=lambda text: text.key)
def test_every_text_of_the_library_has_no_fault_and_is_good_where_the_coach_reads_its_language(text: Shelved) -> None:
    verdict = judge(text.body, text.use, text.language)
    assert [note.code for note in verdict.notes] == []
    assert verdict.score is None or verdict.score >= 75
    assert (verdict.score is None) is not reads(text.language)
    assert (verdict.gate, verdict.places) == ("ok", ())


@pytest.mark.parametrize("language", WRITTEN_IN)
def test_the_library_has_each_part_of_an_answer_in_each_language(language: str) -> None:
    shelf = shelf_for(language)
    assert Counter(text.use for text in shelf) == Counter(text.use for text in shelf_for("en"))
    assert {text.use for text in shelf} == set(SavedAnswer.Use) - {SavedAnswer.Use.OTHER}
    assert len({text.name for text in shelf}) == len(shelf)


def test_every_text_has_a_key_of_its_own() -> None:
    assert len({text.key for text in library()}) == len(library()) == 3 * len(shelf_for("en"))


@pytest.mark.parametrize("text", library(), ids=lambda text: text.key)
def test_every_text_is_as_a_person_writes(text: Shelved) -> None:
    """What the coach finds by itself in English only: stiff phrases, conditions, and sentences nobody gets to the end of."""
    assert (stiff := STIFF[text.language].findall(text.body)) == [], stiff
    sentences = re.split(r"[.:;!?]\s", text.body)
    assert max(len(one.split()) for one in sentences) <= 30
    for use, begins in (
        ("opening", GREETING[text.language]),
        ("letter", GREETING[text.language]),
        ("public", "{customer}, "),
    ):
        assert text.use != use or text.body.startswith(begins)
    assert text.use not in ("letter", "public") or text.body.endswith("{agent}"), "a named person answers"
    assert text.use != "apology" or SORRY[text.language].search(text.body)
    assert text.use != "apology" or FAULT[text.language].search(text.body)


@pytest.mark.parametrize(("language", "shelf"), [("de-AT", "de"), ("FR", "fr"), ("en-GB", "en")])
def test_a_country_has_the_texts_of_its_language(language: str, shelf: str) -> None:
    assert shelf_for(language) == shelf_for(shelf) != ()


def test_a_language_without_texts_of_ours_has_none() -> None:
    assert shelf_for("pl") == shelf_for("") == ()


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
