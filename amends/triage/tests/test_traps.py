"""The traps of complaint texts: model.md C6.1, by its row numbers, and sentences of our own for each kind of trap."""

from __future__ import annotations

import pytest

from amends.triage.reader.lexicon import patterns
from amends.triage.reader.reading import read
from amends.triage.reader.told import OfBrand

ROWS: list[tuple[int, str, str, str]] = [
    # row, text, labels that must be there, labels that must not have happened
    (1, "give up the next 45 minutes to get through", "hypothetical long_hold?", "long_hold"),
    (2, "someone who would call us weeks later", "hypothetical", "no_callback"),
    (4, "answered about as immediately as modern technology will allow", "answered_at_once", ""),
    (5, "0208 number, rather than an extortionate 0845 one", "fair_number premium_number!", "premium_number"),
    (6, "polite young gentleman", "polite kudos_person", ""),
    (7, "Did they instantly recoup us …? Did they billy-o.", "rhetorical_question", "refund_fast apologised"),
    (8, "almost an hour being transferred between departments", "transferred", ""),
    (9, "sell us more services or install ones we already had", "upsold offered_owned", ""),
    (10, "we had to go to our bank to get the money back", "sent_elsewhere own_cost", "made_right_now"),
    (11, "Good job Virgin Media.", "sarcasm", "pleased public_praise delighted"),
    (13, "nothing but a lost contract", "left", ""),
    (14, "What arrived, on time, was a puny little arrangement", "fast_delivery value_for_money", "late_delivery"),
    (15, "£5 Voucher", "insulting_offer", ""),
    (16, "making me look stupid in selecting it", "face", ""),
    (17, "They offered me a £15 refund.  Me.", "wrong_person", ""),
    (18, "It was never about the money.", "not_about_money", ""),
    (19, "I deleted the email in a state of … anger", "silent_anger angry", "made_right_now"),
    (20, "I've written yet another email", "last_chance", ""),
    (21, "it arrived quickly (clue)", "fast_delivery", ""),
    (22, "slight cosmetic imperfection", "cosmetic_flaw", "argued minimised"),
    (23, "they would not accept my offer", "more_than_asked", "argued refused_redress"),
    (24, "I was somewhat embarrassed", "embarrassed", "face"),
    (25, "Sounds like BS doesn't it? Well, you better believe it!", "quality_high", "angry displeased"),
    (26, "It came quickly and it works. It came quickly and it works.", "quoted_repeat", ""),
    (27, "he answered his own phone", "exec_reached", ""),
    (28, "I am impressed as hell so far.", "impressed unconfirmed", "exasperated"),
    (29, "significantly overcharge me twice, then argue with me", "overcharged_again argued", ""),
    (30, "It was the arguing with me about it", "turning_point argued", ""),
    (31, "Carley at Aveda", "kudos_person", ""),
    (32, "everyone at my dentist", "kudos_person", ""),
    (
        33,
        "No notice to me, no phone call, no email, no nothing",
        "order_cancelled_silently status_silence",
        "no_callback",
    ),
    (34, "some pretty neat email campaigns", "status_notices_good", ""),
    (35, "at least 4x 1-800 numbers", "many_doors", "premium_number"),
    (36, "just barely more than I make a week, FYI", "irony", ""),
    (37, "until I spoke to Heather", "turning_point kudos_person", ""),
    (38, "covered every single base there was to cover", "every_base", ""),
    (39, "By the end of the conversation my order was booked", "made_right_now", ""),
    (40, "a good vent, not a bad one", "public_praise", "public_vent displeased"),
    (41, "he blogged again the next day on how surprised", "second_post anecdote", ""),
    (42, "I will even pay more for good service", "would_pay_more", ""),
]


def of(text: str, name: str = "") -> OfBrand:
    (brand,) = read(text, [name]).brands
    return brand


@pytest.mark.parametrize(("row", "text", "wanted", "unwanted"), ROWS, ids=[str(row[0]) for row in ROWS])
def test_a_row_of_the_trap_table_is_fully_right(row: int, text: str, wanted: str, unwanted: str) -> None:
    brand = of(text, "Virgin Media" if row == 11 else "")
    happened = {one.label for one in brand.signals if one.happened}
    expected = {f"{one.label}?" for one in brand.signals if one.time in ("expected", "hypothetical")}
    denied = {f"{one.label}!" for one in brand.signals if one.time == "denied" and one.polarity == "+"}
    assert set(wanted.split()) <= happened | expected | denied
    assert not set(unwanted.split()) & happened


def test_row_12_a_title_with_two_companies_is_two_readings() -> None:
    praised, blamed = read("How Marlow rocks, and Halden sucks", ["Marlow", "Halden"]).brands
    assert (praised.stance, blamed.stance) == ("praise", "complaint")


def test_row_26_what_is_told_twice_counts_once() -> None:
    signals = of("It came quickly and it works. It came quickly and it works.").signals
    assert sum(one.label == "fast_delivery" for one in signals) == 1


def test_row_28_what_is_good_so_far_is_not_sure() -> None:
    (impressed,) = [one for one in of("I am impressed as hell so far.").signals if one.label == "impressed"]
    assert impressed.certainty <= 0.5


def test_rows_8_15_and_17_give_their_figures() -> None:
    said = "almost an hour being transferred, then a £5 Voucher, then a £15 refund"
    assert [fact.value for fact in read(said).facts] == ["60 min", "5 GBP", "15 GBP"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("I was braced for an hour on hold, but a woman answered at once. Thank you Corvane.", "praise"),
        ("Corvane was not rude at all, quite the opposite: lovely people.", "praise"),
        ("Not a word of sorry from Corvane.", "complaint"),
        ("Great job Corvane, third wrong parcel in a row.", "complaint"),
        ("Thanks for nothing, Corvane.", "complaint"),
        ("How many times must I explain this to Corvane?", "complaint"),
        ("If Corvane refuses to refund me, what can I do?", "question"),
        ("No queue, no menu: Corvane picked up on the first ring.", "praise"),
        ("> Corvane charged me twice\nThat was last year. Now: thank you Corvane, all sorted.", "praise"),
    ],
)
def test_words_that_look_like_the_opposite_do_not_mislead(text: str, stance: str) -> None:
    assert of(text, "Corvane").stance == stance


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("Corvane lost my parcel twice and hung up on me.", "transferred defect"),
        ("My tennis racket from Corvane is here.", "transferred"),
        ("Four people came from Corvane to help.", "transferred"),
        ("I lost my scarf in the Corvane shop.", "defect displeased"),
        ("We ate at Corvane.", "defect"),
    ],
)
def test_a_word_that_tells_nothing_alone_proves_nothing(text: str, unwanted: str) -> None:
    assert not set(unwanted.split()) & {one.label for one in of(text, "Corvane").signals}


def test_a_thing_that_is_only_named_says_nothing() -> None:
    named = dict.fromkeys(pattern.classes["thing"] for pattern in patterns("en"))
    things = " ".join(named).replace("*", "").split()
    assert len(things) > 50
    told = {thing: [one.label for one in of(f"My {thing} from Corvane.", "Corvane").signals] for thing in things}
    assert not any(told.values()), told
