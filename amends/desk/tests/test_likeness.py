"""What a drawn letter is known by: short, and another wherever the letter is."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from amends.desk.files_shown import FileShown
from amends.desk.letters_shown import LetterShown

WORDS = "The vase came in pieces again. " * 100
LETTER = LetterShown(
    id=7,
    kind="customer",
    author_name="Rosa Lindqvist",
    author_id=3,
    icon="mail",
    how="by mail",
    at=datetime(2026, 3, 3, 9, tzinfo=UTC),
    text=WORDS,
)
OTHERS: dict[str, Any] = {
    "id": 8,
    "author_id": 4,
    "at": datetime(2026, 3, 3, 10, tzinfo=UTC),
    "author_is_me": True,
    "files": (FileShown("a.pdf", "/f/1", 3, False),),
    "cards": ("a card",),
    "kept": ("ring you",),
    "facts": ("From case A-3",),
    "leaves_at": datetime(2026, 3, 3, 11, tzinfo=UTC),
}


@pytest.mark.parametrize("name", [one.name for one in fields(LetterShown)])
def test_a_letter_that_differs_in_anything_is_not_taken_for_the_other(name: str) -> None:
    before = getattr(LETTER, name)
    changes: list[Any] = [OTHERS[name]] if name in OTHERS else [f"{before}!", f"{before}{WORDS}", f"{before}{WORDS}!"]
    made = [LETTER, *(replace(LETTER, **{name: change}) for change in changes)]
    assert len({one.likeness for one in made}) == len(made)


def test_letters_that_look_the_same_are_known_by_the_same() -> None:
    assert replace(LETTER, text=str(WORDS)).likeness == LETTER.likeness


def test_what_a_letter_is_known_by_holds_none_of_its_long_words() -> None:
    assert all(len(one) <= 100 for one in LETTER.likeness if isinstance(one, str))


def test_words_that_cannot_be_written_as_bytes_have_a_likeness_too() -> None:
    assert replace(LETTER, text=WORDS + "\ud83d").likeness != LETTER.likeness
