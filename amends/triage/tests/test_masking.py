"""What names a person stays in the house, and comes back where an answer speaks of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.triage.masking import STAND_IN, Mask, names_in

LETTER = """Hello, this is Rosalind Achterberg (rosalind+shop@example.co.uk, 020 7946 0018, mobile +44 (0)7700 900 123).
My order WA-20881 of 3 March 2026 cost £1,250.50. I paid with 4111 1111 1111 1111 from GB33 BUKB 2020 1555 5555 55.
See https://shop.example.com/o/20881?key=x7 and www.example.com/me. Serial number: SN99-1203-A. Two came on 2026-03-04
at 10:00, one on 05.03.2026. Yours, Rosalind"""
SECRETS = [
    *("rosalind", "example.co", "7946", "0018", "7700", "900 123", "20881", "4111", "1111", "GB33", "BUKB", "5555"),
    *("http", "www.", "x7", "SN99", "1203", "Achterberg", "Rosalind"),
]


def test_a_letter_leaves_without_what_names_its_writer_and_comes_back_whole() -> None:
    mask = Mask(names_in("Rosalind Achterberg"))
    hidden = mask.hide(LETTER)
    assert not [one for one in SECRETS if one in hidden]
    assert mask.show(hidden) == LETTER
    for kept in ("3 March 2026", "£1,250.50", "2026-03-04", "10:00", "05.03.2026", "Two came"):
        assert kept in hidden, "an answer turns on it"


def test_the_same_thing_has_one_stand_in_in_all_letters_and_two_things_have_two() -> None:
    mask = Mask()
    assert mask.hide("Ring 020 7946 0018 or 020 7946 0019.") == "Ring [NUMBER_1] or [NUMBER_2]."
    assert mask.hide("I said 020 7946 0019!") == "I said [NUMBER_2]!"
    assert mask.show("We rang [NUMBER_2].") == "We rang 020 7946 0019."


@pytest.mark.parametrize(
    "number",
    [
        *("+49 170 1234567", "0170/1234567", "01.02.03.04.05", "(020) 7946-0018", "1-800-555-0199", "4111111111111111"),
        *("4111-1111-1111-1111", "DE89 3704 0044 0532 0130 00", "WA-20881", "A/20881", "WA20881-B", "99 12 3456 789"),
    ],
)
def test_numbers_are_hidden_however_they_are_written(number: str) -> None:
    assert Mask().hide(f"It is {number}, I think.") == "It is [NUMBER_1], I think."


def test_a_number_beside_a_date_is_hidden_and_the_date_stays() -> None:
    assert Mask().hide("On 03.03.2026 020 7946 0018 rang.") == "On 03.03.2026 [NUMBER_1] rang."


def test_a_stand_in_that_the_writer_made_up_stands_for_nothing_but_itself() -> None:
    """Nobody gets another's address into an answer by writing its stand-in."""
    mask = Mask()
    mask.hide("Our colleague is bo@desk.example")
    hidden = mask.hide("Write to [EMAIL_1] please")
    assert "[EMAIL_1]" not in hidden
    assert mask.show(hidden) == "Write to [EMAIL_1] please"


def test_a_stand_in_that_nobody_gave_stays_for_somebody_to_see() -> None:
    assert Mask().show("Dear [NAME_7],") == "Dear [NAME_7],"


def test_a_house_of_its_own_may_send_all_as_it_is() -> None:
    mask = Mask(names_in("Rosalind Achterberg"), on=False)
    assert mask.hide(LETTER) == LETTER and mask.show(LETTER) == LETTER


@given(st.text(max_size=300), st.text(alphabet=st.sampled_from("ab1 @.-_[]NAMEIL0/+£"), max_size=80))
def test_whatever_is_written_comes_back_as_it_was(any_text: str, odd: str) -> None:
    mask = Mask({"ab": "NAME", "1": "NAME"})
    for text in (any_text, odd):
        hidden = mask.hide(text)
        assert mask.show(hidden) == text
        assert all(one in mask.stands for one in STAND_IN.findall(hidden))


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "1" * 200_000, "a@" * 60_000, "1-" * 60_000, "A1234-" * 20_000, "[NAME_" * 20_000]
)
def test_long_nonsense_takes_no_long_time(text: str) -> None:
    mask = Mask(names_in("A B"))
    assert mask.show(mask.hide(text)) == text
