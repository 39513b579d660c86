"""What the reader tells of a text, with the words that prove it (C6, LABELS of the service clues)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.triage.reader.labels import LABELS
from amends.triage.reader.lexicon import LANGUAGES, patterns
from amends.triage.reader.patterns import Finder, Pattern, PatternError
from amends.triage.reader.reading import read
from amends.triage.reader.told import OfBrand


def of(text: str, name: str = "Halden", *, source: bool = False) -> OfBrand:
    (brand,) = read(text, [name], source=name if source else None).brands
    return brand


@pytest.mark.parametrize(
    ("clue", "text"),
    [
        ("slow_response", "Halden has not answered any of my four mails."),
        ("hard_to_reach", "Fifty minutes on hold with Halden, then the line went dead."),
        ("rude", "The Halden clerk snapped at my mother and rolled his eyes."),
        ("slow_callback", "Halden promised to call me back. Nobody ever called."),
        ("transferred", "Halden passed me from one department to the next."),
        ("repeat_story", "I had to tell Halden the whole story again, for the fifth time."),
        ("upsold", "My line is dead and Halden tried to sell me a bigger plan."),
        ("argued", "Halden argued with me about the bill."),
        ("blamed", "Halden says that it was my own fault."),
        ("refused_redress", "Halden refuses to refund me."),
        ("inadequate_compensation", "Halden ruined the cake and offered me a £2 voucher."),
        ("silent_cancellation", "Halden cancelled my order without telling me."),
        ("broken_promise", "Halden promised it for Monday and it never happened."),
        ("scripted", "All I get from Halden is the same template answer."),
        ("overcharged", "Halden charged me twice this month."),
        ("late_delivery", "The Halden parcel came a week late."),
        ("fast_response", "Halden replied within ten minutes."),
        ("easy_to_reach", "A real person at Halden picked up on the first ring."),
        ("polite", "The woman at Halden was so kind and patient."),
        ("apology", "Halden apologised."),
        ("explained", "Halden explained what had gone wrong."),
        ("made_right", "Halden sent me a replacement the next day."),
        ("extra_mile", "The Halden driver went out of his way for us."),
        ("prepaid_return", "Halden paid the return postage."),
        ("quick_repair", "Halden repaired it in two days."),
        ("fast_delivery", "Ordered from Halden yesterday and it arrived this morning, next day delivery."),
        ("product_quality", "My Halden boots are still going strong after six winters."),
    ],
)
def test_a_clue_is_found_and_its_words_are_shown(clue: str, text: str) -> None:
    brand = of(text)
    assert clue in brand.clues
    proof = [one.span for one in brand.signals if LABELS[one.label].clue == clue]
    assert all(text[start:end].strip() for start, end in proof)


@pytest.mark.parametrize(
    ("stance", "text"),
    [
        ("complaint", "Halden never answers."),
        ("praise", "Thank you Halden, the lady at the desk was wonderful."),
        ("mixed", "Halden delivered a week late, but the agent was kind and sent a replacement."),
        ("question", "Does Halden ship to Malta?"),
        ("none", "Halden opens a new shop in Ghent on Saturday."),
        ("complaint", "Great job Halden. Two hours on hold."),
    ],
)
def test_the_stance_is_that_of_the_author(stance: str, text: str) -> None:
    assert of(text).stance == stance


def test_of_two_companies_each_has_its_own_reading() -> None:
    text = "Halden swapped mine on the spot. Corvane refuses to refund me."
    halden, corvane = read(text, ["Halden", "Corvane"]).brands
    assert (halden.stance, halden.clues) == ("praise", ("made_right",))
    assert (corvane.stance, corvane.clues) == ("complaint", ("refused_redress",))


@pytest.mark.parametrize(
    ("about", "name", "text"),
    [
        (False, "Plum", "My neighbour's plum jam is the best in the street."),
        (True, "Plum", "The Plum app logs me out all day."),
        (True, "Plum", "@plum why was I charged twice?"),
        (True, "Beacon", "Beacon lied to me."),
        (True, "Plum", "Plum, oh dear me, two letters without a reply and my money still gone."),
        (False, "Plum", "Plum, oh dear me, ripe and sweet in early May."),
        (False, "Kestrel", "A kestrel hung over the field."),
        (True, "Kestrel", "Is the Kestrel charger any good?"),
        (True, "Skylark Air", "#skylarkair lost my bag"),
    ],
)
def test_a_word_that_is_no_name_here_is_not_about_the_company(about: bool, name: str, text: str) -> None:
    assert of(text, name).about is about


def test_beside_a_company_a_word_with_a_capital_is_a_name() -> None:
    brands = read("Beacon or Halden, which would you take for a small team?", ["Beacon", "Halden"]).brands
    assert [one.about for one in brands] == [True, True]


def test_what_is_written_on_a_companys_own_page_is_about_it_though_it_does_not_say_its_name() -> None:
    brand = of("They never answer.", source=True)
    assert (brand.about, brand.stance, brand.clues) == (True, "complaint", ("slow_response",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_can_be_read_and_gives_a_label_of_the_registry(language: str) -> None:
    for pattern in patterns(language):
        assert pattern.first
        assert pattern.regex
        assert pattern.label in LABELS


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("slow_fix", "My laptop spent six weeks in repair at Halden."),
        ("slow_fix", "Halden took three months to fix my boiler."),
        ("realtime_dialogue", "Halden answered all my questions in real time."),
        ("warm", "That note from Halden warmed my heart."),
        ("price", "The bag from Halden was £40."),
        ("solicited", "Halden asked me for a review."),
    ],
)
def test_c6_what_is_seldom_said_has_its_label(label: str, text: str) -> None:
    assert label in {one.label for one in of(text).signals}


def test_c6_no_label_of_the_registry_is_never_given() -> None:
    by_code = {"kudos_person", "quoted_repeat", "sarcasm"}
    assert set(LABELS) - by_code == {pattern.label for pattern in patterns("en")} - by_code


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("..2 lost", "must begin and end with a word that is needed"),
        ("?very lost", "must begin and end with a word that is needed"),
        ("lost ..2", "must begin and end with a word that is needed"),
        ("lost ?again", "must begin and end with a word that is needed"),
        ("@nothing lost", "names a class “@nothing” that is not there"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_why(written: str, why: str) -> None:
    with pytest.raises(PatternError, match=f"“{re.escape(written)}” of “defect” {why}"):
        Finder([Pattern("defect", written, {})])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 1_000_000,
        "😡" * 5_000,
        "<p>Late <b>again</b></p>" * 200,
        "<style>" * 3_000,
        "\ud800 half a character",
        "привет 你好 hello مرحبا" * 500,
        "'" * 5_000,
        "\x00\x01\x02",
        "٣ ½ ² Ⅷ",
    ],
    ids=["empty", "one word", "emoji", "html", "open tags", "half", "scripts", "quotes", "control", "numbers"],
)
def test_odd_text_is_read_without_an_error(text: str) -> None:
    assert read(text, ["Halden", "Plum"]).brands


@given(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=3))
def test_whatever_is_written_spans_lie_in_the_text(text: str, watch: list[str]) -> None:
    for brand in read(text, watch).brands:
        for signal in brand.signals:
            start, end = signal.span
            assert 0 <= start <= end <= len(text)
            assert signal.label in LABELS
