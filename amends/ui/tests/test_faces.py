from __future__ import annotations

import pytest

from amends.ui.faces import first_name, initials, tint


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marta Oyelaran", "MO"),
        ("Anna van der Berg", "AB"),
        ("Dário Fontes", "DF"),
        ("Marta", "MA"),
        ("x", "X"),
        ("Oyelaran, Marta", "MO"),
        ("marta@oyelaran.example", "MA"),
        ("“Lea” Brandt", "LB"),
        ("王 小明", "王小"),
        ("  ", "?"),
        ("", "?"),
        ("<script>", "SC"),
    ],
)
def test_a_face_without_a_photo_shows_two_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Priya Raman", "Priya"),
        ("Dr. Anna Weiss", "Anna"),
        ("Oyelaran, Marta", "Marta"),
        ("Cher", "Cher"),
        ("", ""),
        ("Dr.", "Dr."),
    ],
)
def test_the_first_name_is_the_one_said_to_a_face(name: str, said: str) -> None:
    assert first_name(name) == said


def test_the_tint_comes_from_the_id_and_stays() -> None:
    assert [tint(number) for number in range(7)] == [1, 2, 3, 4, 5, 6, 1]
    assert tint("a-long-id") == tint("a-long-id")
    assert {tint(f"id-{number}") for number in range(50)} == {1, 2, 3, 4, 5, 6}
