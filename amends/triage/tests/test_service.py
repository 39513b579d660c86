"""The model of service: what it knows where the lists of words have nothing, and what it may never do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.triage.reader.concepts import CONCEPTS, WRITTEN, meanings
from amends.triage.reader.labels import CLUES, LABELS
from amends.triage.reader.model import model
from amends.triage.reader.of_brand import PROVED_BY
from amends.triage.reader.reading import asked_of, read
from amends.triage.reader.service import SHORT, windows
from amends.triage.reader.wording import BITS, seen
from amends.triage.training import own
from tests.effort import examples

NAMES = ["Corvane", "Belmora"]


@pytest.mark.parametrize(
    ("text", "stance", "clue"),
    [
        ("I had hardly asked when Corvane had the answer.", "praise", "fast_response"),
        ("The lad from Corvane cleared the snow from my path as well.", "praise", "extra_mile"),
        ("Corvane sends me to the branch, the branch sends me to Corvane.", "complaint", "transferred"),
    ],
)
def test_a_clue_that_is_told_in_other_words_is_known_and_shows_the_sentence_that_tells_it(
    text: str, stance: str, clue: str
) -> None:
    (brand,) = read(f"Good morning. {text}", ["Corvane"]).brands
    assert brand.stance == stance
    assert clue in brand.clues
    proofs = [one for one in brand.signals if LABELS[one.label].clue == clue]
    assert proofs
    assert all(text[:12] in f"Good morning. {text}"[slice(*one.span)] or one.span[0] >= 14 for one in proofs)


def test_of_two_companies_in_one_sentence_each_has_its_own_stance() -> None:
    told = {one.name: one.stance for one in read("Corvane lied, Belmora delivered.", NAMES).brands}
    assert told == {"Corvane": "complaint", "Belmora": "praise"}


def test_what_a_sentence_says_of_one_company_is_not_said_of_the_other() -> None:
    told = {one.name: one for one in read("Where Belmora shrugs, Corvane sends somebody round.", NAMES).brands}
    assert {name: one.stance for name, one in told.items()} == {"Corvane": "praise", "Belmora": "complaint"}
    assert not told["Corvane"].clues


@pytest.mark.parametrize(
    "text",
    ["I feared Corvane would charge me twice; they did not.", "Imagine if Corvane answered its phone within a minute."],
    ids=["what was feared", "what is imagined"],
)
def test_a_model_tells_no_clue_of_what_did_not_happen(text: str) -> None:
    assert read(text, ["Corvane"]).brands[0].clues == ()


def test_clues_that_do_not_go_with_the_stance_are_not_told() -> None:
    for line in own.SENTENCES.read_text("utf-8").splitlines()[1:200]:
        names, _, _, text = line.split("\t")
        for one in read(text, names.removeprefix("@").split(";")).brands:
            signs = {LABELS[PROVED_BY[clue]].polarity for clue in one.clues}
            assert signs <= {"praise": {"+"}, "complaint": {"-"}, "mixed": {"+", "-"}}.get(one.stance, set())


HOLIDAYS = "We walked along the river and had tea by the old mill in the sun. " * 20


def test_a_clue_in_a_long_post_is_found_as_in_a_short_one() -> None:
    trouble = "Corvane kept me on hold for an hour and then the line went dead."
    (brand,) = read(f"{HOLIDAYS}\n{trouble}\n{HOLIDAYS}", ["Corvane"]).brands
    assert (brand.stance, brand.clues) == ("complaint", ("hard_to_reach",))


def test_in_a_long_post_what_is_told_of_something_else_is_no_clue() -> None:
    (brand,) = read(f"{HOLIDAYS}\nWhat patient people work on the Corvane line.\n{HOLIDAYS}", ["Corvane"]).brands
    assert (brand.stance, brand.clues) == ("praise", ("polite",))


@settings(max_examples=examples(50))
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    (brand,) = read(f"Corvane {text}", ["Corvane"]).brands
    assert set(brand.clues) <= set(CLUES)
    assert all(0 <= start <= end <= len(text) + 8 for start, end in (one.span for one in brand.signals))


@given(st.lists(st.integers(1, 100), min_size=1, max_size=50))
def test_windows_lie_over_every_part_and_a_short_text_is_one(lengths: list[int]) -> None:
    spans = list(windows(tuple(lengths)))
    assert {part for first, after in spans for part in range(first, after)} == set(range(len(lengths)))
    assert all(first < after for first, after in spans)
    assert (len(spans) == 1) or sum(lengths) > SHORT


@given(st.lists(st.sampled_from(["refund", "~b", "~o", "not", "kind", "12", "!", "x"]), max_size=30))
def test_features_lie_in_their_table_in_the_order_of_parts(words: list[str]) -> None:
    half = len(words) // 2
    found = seen(words, [(0, half), (half, len(words))], [(0, len(words))])
    assert (found.slots < 1 << BITS).all()
    assert (found.part[1:] >= found.part[:-1]).all()
    assert found.length == (half, len(words) - half, 0)


def test_a_word_has_its_meanings_in_every_language_and_several_words_have_one_together() -> None:
    names = [{CONCEPTS[number] for number in one} for one in meanings(["refunded", "rimborso", "xyzzy", "7"])]
    assert "redress" in names[0] & names[1]
    assert names[2:] == [set(), {"number"}]
    assert "silently" in {CONCEPTS[number] for number in meanings(["behind", "my", "back"])[0]}


def test_the_words_of_a_meaning_are_written_small_and_once() -> None:
    for name, words in WRITTEN.items():
        every = words.split()
        assert every == [word.lower() for word in every], name
        assert len(every) == len(set(every)), name


def test_our_texts_name_only_stances_and_clues_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    every = own.own_texts()
    assert {clue for one in every for clue in one.clues} == set(CLUES)
    assert not any("~" in one.text for one in every)
    monkeypatch.setattr(own, "CLUES", ("polite",))
    with pytest.raises(own.TextError, match="is none"):
        own.own_texts()


def test_a_text_is_studied_as_it_is_read() -> None:
    asked = asked_of("Corvane lied, Belmora delivered.", NAMES, None, model())
    assert set(asked) == {"Corvane", "Belmora"}
    assert all(len(wording.slots) for wording, _ in asked.values())
