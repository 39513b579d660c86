"""Whatever is handed in, the coach answers, and looks at no more of it at once than a sentence can have."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.coach.brief import Brief
from amends.coach.check import LONGEST, check
from amends.coach.draft import LONGEST_SENTENCE, Draft, said_in

STRANGE = {
    "nothing": "",
    "spaces": " \n\t ",
    "one word of a megabyte": "a" * 1_000_000,
    "five megabytes": "I am sorry that we sent it. " * 190_000,
    "emoji": "😀" * 50_000,
    "HTML": "<div onclick='x'><b>Sorry</b></div>" * 5_000,
    "mixed scripts": "Sorry мы 遅れ مرحبا " * 5_000,
    "half a character": "\ud800 sorry",
    "letters that grow": "İ" * 50_000,
    "quotes": "'" * 50_000,
    "lines": "\n" * 50_000,
    "zeros": "\0 sorry \0",
}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("kind", ["complaint", "question", "praise"])
def test_strange_words_get_an_answer(name: str, kind: str) -> None:
    strange = STRANGE[name]
    for fields in ({"draft": strange, "customer": "When?"}, {"draft": "Sorry. It ships today.", "customer": strange}):
        brief = Brief(
            customer_words=fields["customer"],
            complaint=kind == "complaint",
            question=kind == "question",
            known={"size": "4"},
        )
        review = check(fields["draft"], brief)
        assert review.gate in ("ok", "hold", "block")
        assert all(0 <= note.start <= note.end <= len(fields["draft"]) for note in review.notes)


@settings(deadline=None)
@given(st.text(max_size=3_000))
def test_no_piece_is_longer_than_a_sentence_and_each_stands_where_it_says(text: str) -> None:
    for piece in said_in(text):
        assert len(piece.text) <= LONGEST_SENTENCE
        assert piece.end - piece.start == len(piece.text)
        assert Draft(text).plain[piece.start : piece.end] == piece.text


def test_only_the_beginning_of_an_endless_draft_is_read() -> None:
    late = "x" * LONGEST + " Have you considered our larger lamp?"
    assert "UPSELL" not in {note.code for note in check(late, Brief()).notes}
