"""What answers a complaint, and what only says that it came or how it stands (C5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from amends.coach.answering import is_answer
from amends.coach.brief import Brief

HURT = Brief(customer_words="The vase came broken.", customer_name="Rosalind", language="en")
MADE_RIGHT = "Dear Rosalind, I am sorry that it came broken. I have sent you a new vase today, at our cost."
TIMED = "Dear Rosalind, I am sorry that it came broken. I will ring you tomorrow at 10:00."


@dataclass(frozen=True)
class Found:
    start: int = 0
    end: int = 4
    due: datetime | None = datetime(2026, 3, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (MADE_RIGHT, True),
        (TIMED, True),
        ("Dear Rosalind, thank you for telling us. I will bring you a new vase tomorrow at 10:00.", True),
        ("Dear Rosalind, thank you for your letter. We have received it and will look into it.", False),
        ("Dear Rosalind, we are sorry for the delay. You will hear from us soon.", False),
        ("Dear Rosalind, a colleague has your letter now.", False),
        ("I will bring you a new vase tomorrow at 10:00.", False),
        ("", False),
    ],
)
def test_c5_1_an_answer_has_regret_or_thanks_and_a_next_step_with_its_time_or_a_deed(text: str, answers: bool) -> None:
    assert is_answer(text, HURT) is answers


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (TIMED, False),
        ("Dear Rosalind, thank you for your patience. We are still working on it; you hear from me on Friday.", False),
        (MADE_RIGHT, True),
    ],
)
def test_sl9_a_word_on_how_it_stands_answers_only_if_it_puts_something_right(text: str, answers: bool) -> None:
    assert is_answer(text, HURT, status_owed=True) is answers


def test_where_nothing_is_wrong_every_letter_answers() -> None:
    assert is_answer("We open at nine.", Brief(complaint=False, question=True))


@pytest.mark.parametrize(
    ("promised", "status_owed", "answers"), [((), False, True), ((), True, False), ((Found(),), True, True)]
)
def test_in_a_language_that_the_coach_does_not_read_the_promises_decide(
    promised: tuple[Found, ...], status_owed: bool, answers: bool
) -> None:
    brief = Brief(language="de", promises=promised)
    assert is_answer("Guten Tag, es tut uns leid.", brief, status_owed=status_owed) is answers
