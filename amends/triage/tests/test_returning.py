"""Kinds of returning complaint (C3.3, ES4, ES6): each row of the table, and what makes two matters the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.triage import returning
from amends.triage.returning import Earlier, Matter, Words

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ORDER = Matter(frozenset({"TT10442"}))
HURT = "The vase in order TT-10442 is still broken."


def earlier(matter: Matter = ORDER, *, answered: bool = True, closed: timedelta | None = None) -> Earlier:
    return Earlier(7, matter, answered, NOW - 400 * DAY, NOW - closed if closed is not None else None)


AMONG = [
    ("C3.3 multiple: another door before our first answer", earlier(answered=False), "multiple"),
    ("C3.3 follow-up: not content with our answer", earlier(), "follow_up"),
    ("C3.3 reopened: thirty days after closing", earlier(closed=30 * DAY), "reopened"),
    ("C3.3 repeat: later than that", earlier(closed=31 * DAY), "repeat"),
    ("C3.3 new: a year later", earlier(closed=366 * DAY), "new"),
    ("C3.3 new: another order", earlier(Matter(frozenset({"TT99999"}))), "new"),
    ("C3.3 new: only a question was answered there", replace(earlier(), hurt=False), "new"),
    ("C3.3 new: only a question was closed there", replace(earlier(closed=DAY), hurt=False), "new"),
    ("C3.3 multiple: a question that nobody answered yet", replace(earlier(answered=False), hurt=False), "multiple"),
    ("C3.3 the customer says so", earlier(Matter()), "follow_up"),
]


@pytest.mark.parametrize(("one", "kind"), [row[1:] for row in AMONG], ids=[row[0] for row in AMONG])
def test_c3_3_each_kind_of_a_complaint_that_began_a_case_of_its_own(one: Earlier, kind: str) -> None:
    found, belongs = returning.among(Words(HURT), Matter(returning.numbers_in(HURT)), [one], NOW)
    assert found == kind
    assert belongs == (None if kind == "new" else one)


@pytest.mark.parametrize(("days", "kind"), [(7, "reopened"), (8, "repeat")])
def test_es6_a_brand_says_how_long_after_its_end_a_case_is_opened_again(days: int, kind: str) -> None:
    last, matter = earlier(closed=days * DAY), Matter(returning.numbers_in(HURT))
    assert returning.among(Words(HURT), matter, [last], NOW, reopen_within=7 * DAY) == (kind, last)


def test_c3_3_the_same_cause_within_a_year_is_a_repeat() -> None:
    last = earlier(Matter(frozenset({"B0115"}), "billing/overcharge"), closed=20 * DAY)
    this = Matter(frozenset({"B0216"}), "Billing/Overcharge")
    assert returning.among(Words("Overcharged."), this, [last], NOW) == ("repeat", last)


def test_another_cause_is_another_matter_even_with_the_same_number() -> None:
    assert not returning.is_same(Matter(frozenset({"1234"}), "late"), Matter(frozenset({"1234"}), "broken"))


def test_of_two_earlier_cases_nobody_guesses_which_one_is_meant() -> None:
    two = [earlier(Matter()), earlier(Matter())]
    assert returning.among(Words("It is broken again."), Matter(), two, NOW) == ("new", None)


ON_ITS_CASE = [
    ("It is still broken.", {"answered": True}, "follow_up"),
    ("A £5 voucher is an insult.", {"answered": True}, "follow_up"),
    ("Das reicht mir nicht.", {"answered": True}, "follow_up"),
    ("C'est toujours pas arrivé.", {"answered": True}, "follow_up"),
    ("It broke again.", {"answered": True, "was_closed": True}, "reopened"),
    ("Thank you, that is perfect.", {"answered": True}, None),
    ("Thanks!", {"answered": True, "was_closed": True}, None),
    ("My address is 4 Mill Lane.", {"answered": True, "asked": True}, None),
    ("It is broken.", {"answered": False}, None),
    ("When will it come?", {"answered": True}, None),
]


@pytest.mark.parametrize(("text", "state", "kind"), ON_ITS_CASE, ids=[row[0] for row in ON_ITS_CASE])
def test_c3_3_what_a_message_on_its_case_is(text: str, state: dict[str, bool], kind: str | None) -> None:
    facts = {"answered": False, "asked": False, "was_closed": False, **state}
    assert returning.on_its_case(Words(text), **facts) == kind


def test_c3_3_by_another_door_before_the_first_answer_it_counts_once() -> None:
    words = Words("It is broken.", other_door=True)
    assert returning.on_its_case(words, answered=False, asked=False, was_closed=False) == "multiple"


def test_whoever_says_that_it_is_not_right_need_not_say_it_well() -> None:
    words = Words("Hm.", not_right=True)
    assert returning.on_its_case(words, answered=True, asked=True, was_closed=False) == "follow_up"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("order TT-10442", {"TT10442"}),
        ("Order no. 104-42771", {"10442771"}),
        ("invoice #20881", {"20881"}),
        ("Bestellnummer: 4711-22", {"471122"}),
        ("serial AX2-004417", {"AX2004417"}),
        ("I paid 1500 in 2026", set()),
    ],
)
def test_numbers_of_orders_are_found_however_they_are_written(text: str, numbers: set[str]) -> None:
    assert returning.numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I will see my lawyer.", "lawyer"),
        ("Ich gehe zum Anwalt.", "lawyer"),
        ("This goes to the Ombudsman.", "ombudsman"),
        ("Die Schlichtungsstelle wird entscheiden.", "ombudsman"),
        ("I'll report you to Trading Standards.", "regulator"),
        ("I have asked for a chargeback.", "chargeback"),
        ("The newspapers will love this.", "press"),
    ],
)
def test_c3_2_12_words_by_which_a_case_leaves_the_house(text: str, code: str) -> None:
    assert returning.pressing_words(text) == {code}


def test_an_angry_word_is_none_of_them() -> None:
    assert not returning.pressing_words("I am FURIOUS!!! This is a disgrace, you useless thieves!")
