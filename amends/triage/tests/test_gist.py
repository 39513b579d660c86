"""A long story in at most five of its own sentences (A246, CV17)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.triage.gist import LONGEST_LINE, MOST, ORDER, Line, gist

STORY = (
    "Hello,\n\nI have been a customer for years and never had to write. I ordered tulips for my mother. "
    "They arrived brown and broken. It was her 80th birthday on 14 March. I paid £45 for them. "
    "She smiled and said nothing, and I was so ashamed. The weather was fine that day. "
    "Please send her new ones by Friday.\n\nRegards, Hugo"
)


def by_kind(*letters: str) -> dict[str, Line]:
    return {kind: line for line in gist(letters) for kind in line.kinds}


def test_a_story_is_told_by_its_own_sentences_in_a_fixed_order() -> None:
    lines = gist([STORY])
    assert len(lines) == MOST
    assert [line.words for line in lines] == [STORY[line.start : line.end] for line in lines]
    assert [ORDER.index(line.kinds[0]) for line in lines] == sorted(ORDER.index(line.kinds[0]) for line in lines)
    told = by_kind(STORY)
    assert told["who"].words == "I ordered tulips for my mother."
    assert told["what"].words == "They arrived brown and broken."
    assert told["cost"].words == "I paid £45 for them."
    assert told["feeling"].words == "She smiled and said nothing, and I was so ashamed."
    assert told["wish"].words == "Please send her new ones by Friday."
    assert "when" not in told, "five lines are enough, and what hurt comes first"


def test_one_sentence_may_tell_several_things_and_stands_there_once() -> None:
    (line,) = gist(["My wife cried because the wrong flowers came on our wedding, and I want my £45 back."])
    assert line.kinds == ORDER


def test_what_hurt_is_told_first_and_what_they_want_last() -> None:
    told = by_kind(
        "The lamp is broken. Please send another one.", "The second one is broken too. I want my money back now."
    )
    assert (told["what"].letter, told["what"].words) == (0, "The lamp is broken.")
    assert (told["wish"].letter, told["wish"].words) == (1, "I want my money back now.")


def test_of_one_letter_the_last_feeling_and_the_last_wish_count() -> None:
    told = by_kind(
        "I was sad that it broke. What now? I am furious by this time. I want my money back. It was bought for a party."
    )
    assert told["feeling"].words == "I am furious by this time."
    assert told["wish"].words == "I want my money back."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Meine Mutter hat nichts bekommen. Sonst ist alles gut bei uns.", "who"),
        ("Wir sind sehr enttäuscht von Ihnen.", "feeling"),
        ("Mon mari attend toujours son colis.", "who"),
        ("C'était pour le mariage de nos voisins.", "when"),
        ("It cost me a whole day off work.", "cost"),
    ],
)
def test_it_reads_german_and_french_too(text: str, kind: str) -> None:
    assert kind in by_kind(text)


def test_where_no_word_tells_of_hurt_the_beginning_does() -> None:
    told = by_kind("Hello there,\n\nthe table flowers for our wedding came on Sunday. My wife cried.")
    assert told["what"].words == "the table flowers for our wedding came on Sunday."


def test_a_long_sentence_is_cut_and_its_place_is_whole() -> None:
    text = "The parcel is broken " + "and everything in it lies in pieces " * 20 + "now."
    (line,) = gist([text])
    assert len(line.words) <= LONGEST_LINE
    assert line.words.endswith("…")
    assert text[line.start : line.end].endswith("now.")


@pytest.mark.parametrize("text", ["", "Hi!", "> The lamp is broken and I want money", "Thanks"])
def test_where_nothing_is_told_nothing_stands(text: str) -> None:
    assert gist([text]) == ()


@given(st.lists(st.text(max_size=300), max_size=12))
def test_whatever_is_written_the_lines_are_few_and_lie_in_their_letter(letters: list[str]) -> None:
    lines = gist(letters)
    assert len(lines) <= MOST
    for line in lines:
        assert 0 <= line.start < line.end <= len(letters[line.letter])
    assert len({(line.letter, line.start) for line in lines}) == len(lines)
