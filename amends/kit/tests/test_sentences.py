"""Cutting texts into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.kit.sentences import sentences, typed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It broke. I am sad.", ["It broke.", "I am sad."]),
        ("At 3 p.m. I will ring.", ["At 3 p.m. I will ring."]),
        ("It comes by 3 p.m. That is all.", ["It comes by 3 p.m.", "That is all."]),
        ("Bring it Do. 15 Uhr or Fri. 3 pm.", ["Bring it Do. 15 Uhr or Fri. 3 pm."]),
        ("Es kommt am 6.3. Der Einbau folgt.", ["Es kommt am 6.3.", "Der Einbau folgt."]),
        ("Es kommt am 6. Bitte warten Sie.", ["Es kommt am 6.", "Bitte warten Sie."]),
        ("Das Fest am 4. Advent fällt aus.", ["Das Fest am 4. Advent fällt aus."]),
        ("Ask Dr. Vik. She knows.", ["Ask Dr. Vik.", "She knows."]),
        ("It cost 4.90 in all", ["It cost 4.90 in all"]),
        ("Really?! Yes", ["Really?!", "Yes"]),
        ("Dear Ana,\n\nit came", ["Dear Ana,", "it came"]),
        ("it broke. i am sad.", ["it broke.", "i am sad."]),
        ("the no. 3 lamp", ["the no. 3 lamp"]),
        ("wait ... then go", ["wait ... then go"]),
        ('"Soon." He left', ['"Soon."', "He left"]),
        ("  ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == expected


@settings(deadline=None)
@given(st.text(alphabet='aB. !?\n"’“3,', max_size=60))
def test_every_sentence_stands_where_it_says(text: str) -> None:
    for sentence in sentences(text):
        assert typed(text)[sentence.start : sentence.end] == sentence.text


@settings(deadline=None)
@given(st.text(max_size=60))
def test_plain_quotes_keep_every_place(text: str) -> None:
    assert len(typed(text)) == len(text)
