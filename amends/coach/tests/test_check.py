"""The coach reads drafts (C7): the model's examples, a table for each fault, and what must not be flagged."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.coach.brief import Brief
from amends.coach.check import check
from amends.coach.review import Note, Review

HURT = Brief(
    customer_name="Rosalind Achterberg",
    agent_name="Delphine Marsh",
    customer_words="It looks nothing like the picture, and I look foolish.",
)
BAD = (
    "Dear valued customer, we are sorry if you feel that the arrangement did not meet your "
    "expectations. As a gesture of goodwill please find a £5 voucher for your next purchase."
)
GOOD = (
    "Dear Rosalind, thank you for telling me, and for the photo. The arrangement Winifred received on "
    "Thursday was not the one you chose: our van ran out of the tall stems and we sent it anyway. That "
    "was our mistake, and I am sorry that it spoilt her 92nd birthday and made your choice look poor; "
    "you have every reason to be angry. Tomorrow between 10 and 11 I will bring Winifred the "
    "arrangement you picked, one size larger, with a card saying the first was our error. I will send "
    "you a photo by noon. From Monday no order leaves short without my call to the buyer. You can reach"
    " me directly at this address. — Delphine Marsh"
)
PUBLIC = (
    "Jonas, I have read your post twice. The double import on 9 March is our fault, not yours, and I am"
    " sorry that it cost you your evening. I will have your ledger restored by 4 pm today and will "
    "write here when it is done. — Marguerite Sol, VP Product"
)
ARGUING = "You did agree to this charge when you accepted the terms, so the bill is in fact correct."
SORRY = "Dear Rosalind, I am sorry that we sent the wrong lamp; that was our mistake. "
"""A beginning that is right, so that a table shows one fault at a time."""


def codes(draft: str, brief: Brief = HURT) -> set[str]:
    return {note.code for note in check(draft, brief).notes}


def noted(draft: str, code: str, brief: Brief = HURT) -> Note:
    return next(note for note in check(draft, brief).notes if note.code == code)


def mended(draft: str, note: Note) -> str:
    assert note.replacement is not None
    return draft[: note.start] + note.replacement + draft[note.end :]


def met(review: Review) -> set[str]:
    return {virtue.code for virtue in review.virtues if virtue.met}


def test_the_bad_example_is_held_with_its_flags() -> None:
    review = check(BAD, HURT)
    assert (review.score, review.gate) == (0, "hold")
    assert {"NON_APOLOGY", "CONDITIONAL", "TEMPLATE", "W-INSULT", "W-VOUCHER"} <= {note.code for note in review.notes}
    assert review.second_person


def test_the_good_example_is_excellent_and_has_no_flag() -> None:
    review = check(GOOD, HURT)
    assert review.notes == ()
    assert review.score >= 96
    assert review.gate == "ok"
    assert met(review) >= {virtue.code for virtue in review.virtues} - {"plain_short"}


def test_the_public_example_has_ninety_points() -> None:
    brief = Brief(customer_name="Jonas", agent_name="Marguerite Sol", public=True)
    review = check(PUBLIC, brief)
    assert (review.score, review.gate, review.notes) == (90, "ok", ())
    assert {virtue.code for virtue in review.virtues} - met(review) == {"explanation"}


def test_arguing_is_held_for_a_moment() -> None:
    review = check(ARGUING, HURT)
    assert (review.score, review.gate, review.take_a_moment, review.second_person) == (0, "hold", True, True)
    assert {"ARGUES", "BLAMES", "POLICY"} <= {note.code for note in review.notes}


@pytest.mark.parametrize(
    ("code", "draft"),
    [
        ("NO_APOLOGY", "Dear Rosalind, a new lamp ships today."),
        ("NO_APOLOGY", "Sorry to hear that. A new lamp ships today."),
        ("NO_APOLOGY", "Unfortunately the lamp was wrong."),
        ("NON_APOLOGY", "I am sorry you feel this way."),
        ("NON_APOLOGY", "We regret that you were not satisfied."),
        ("NON_APOLOGY", "Sorry that you are disappointed."),
        ("CONDITIONAL", "I apologise if we have caused trouble."),
        ("CONDITIONAL", "We are sorry for any inconvenience."),
        ("BUT", "I am sorry about the lamp, but it was on sale."),
        ("BUT", "I am sorry about the lamp. However, it was on sale."),
        ("PASSIVE", SORRY + "Mistakes were made."),
        ("PASSIVE", "I am sorry. It was overlooked."),
        ("GROVEL", "Sorry, sorry, I am so sorry."),
        ("BLAMES", SORRY + "You should have read the leaflet."),
        ("BLAMES", SORRY + "As you failed to tell us, it was sent."),
        ("BLAMES", SORRY + "It is a bit your own fault."),
        ("BLAMES", SORRY + "You entered the address yourself."),
        ("BLAMES", SORRY + "Lamps are to be dusted by the owner."),
        ("BLAMES", "Did you screw it in properly?"),
        ("BLAMES", SORRY + "Your daughter could have switched it off."),
        ("BLAMES", "If you leave a lamp on all night, that's what happens."),
        ("BLAMES", SORRY + "Lamps stay outdoors, as it says in our house rules."),
        ("ARGUES", SORRY + "Our records show that it was delivered."),
        ("ARGUES", SORRY + "With respect, that is not correct."),
        ("ARGUES", SORRY + "As a matter of fact, you got two."),
        ("ARGUES", "Our lamps do not crack."),
        ("ARGUES", "Your money came late, so the cut was justified."),
        ("ARGUES", "I asked the crew, and none of them recalls a crack."),
        ("MINIMISES", SORRY + "It is only a knob."),
        ("MINIMISES", SORRY + "It was a small delay."),
        ("SARCASM", SORRY + "As you surely know, lamps are made of glass."),
        ("SHOUT", SORRY + "READ THIS FIRST."),
        ("SHOUT", SORRY + "It is on its way!!"),
        ("OWN_MONEY", SORRY + "Please contact your bank."),
        ("OWN_MONEY", SORRY + "You can dispute it with your card issuer."),
        ("UPSELL", SORRY + "Have you considered our larger lamp?"),
        ("UPSELL", SORRY + "Three lamps for the price of two!"),
        ("UPSELL", SORRY + "With Lamp Plus (4.90/month) it is insured."),
        ("UPSELL", SORRY + "Our helmets are 20 % off this week."),
        ("SURVEY", SORRY + "Please take our short survey."),
        ("STRINGS", SORRY + "Could you remove your review?"),
        ("STRINGS", SORRY + "In return, we ask you to stay silent."),
        ("GOODWILL", SORRY + "As a gesture of goodwill you get your 40 back."),
        ("W-ANCHOR", SORRY + "Other customers usually get 10."),
        ("W-INSULT", SORRY + "Here is £5 off your next order."),
        ("W-INSULT", SORRY + "You get a free coffee."),
        ("W-INSULT", SORRY + "There are 3 euros of credit in your account."),
        ("W-INSULT", SORRY + "To make up for it, here is a key fob."),
        ("W-VOUCHER", SORRY + "Here is a £50 voucher for your next purchase."),
        ("VAGUE_TIME", SORRY + "A new one will follow soon."),
        ("VAGUE_TIME", SORRY + "Someone will call you."),
        ("VAGUE_TIME", SORRY + "We answer as soon as possible."),
        ("EMPTY_PROMISE", SORRY + "We will do better."),
        ("EMPTY_PROMISE", SORRY + "We will look into it."),
        ("OVERPROMISE", SORRY + "This will never happen again."),
        ("OVERPROMISE", SORRY + "I guarantee that it works."),
        ("CHANNEL_BOUNCE", SORRY + "Please call our hotline."),
        ("CHANNEL_BOUNCE", SORRY + "You will need to contact the manufacturer."),
        ("CHANNEL_BOUNCE", SORRY + "Take the lamp back to where you bought it."),
        ("CHANNEL_BOUNCE", SORRY + "Information on lamps can be obtained from the head office."),
        ("CHANNEL_BOUNCE", SORRY + "Please visit one of our branches."),
        ("CHANNEL_BOUNCE", SORRY + "Please take the lamp to the nearest electrician."),
        ("ONLY_QUESTION", "Hi Rosalind, sorry. Could you send a photo?"),
        ("ONLY_QUESTION", "Please DM us your account number."),
        ("TEMPLATE", SORRY + "Your opinion is important to us."),
        ("TEMPLATE", "[#1234] " + SORRY),
        ("POLICY", SORRY + "Our policy does not cover lamps."),
        ("POLICY", SORRY + "We are unable to exchange it."),
        ("LEGALESE", SORRY + "This is without prejudice."),
    ],
)
def test_a_fault_is_noted_where_it_stands(code: str, draft: str) -> None:
    note = noted(draft, code)
    assert 0 <= note.start <= note.end <= len(draft)
    assert note.title
    assert note.advice


@pytest.mark.parametrize(
    ("code", "draft"),
    [
        ("MINIMISES", "Only you know how the evening was. The lamp is the only one of its kind."),
        ("MINIMISES", "It is just been sent, and I only now saw your letter."),
        ("BUT", "The lamp was late, but it is here now. I am sorry that we kept you waiting."),
        ("BUT", "I am sorry, but I know that is not enough."),
        ("UPSELL", "You get £84.00 back today, all of it."),
        ("UPSELL", "I have refunded the 4.90 a month back to your card."),
        ("UPSELL", "I will upgrade you for free."),
        ("UPSELL", "I found a copy on our server from 15:10."),
        ("UPSELL", "The second line is the rent for the lamp, 3.20 a month."),
        ("UPSELL", "Put the new bulb in with the plus to the left, and press it until it clicks."),
        ("BLAMES", "Our page sent it twice when the line dropped."),
        ("CHANNEL_BOUNCE", "Your village lies outside our network until May."),
        ("OWN_MONEY", "I have asked your bank to release it."),
        ("OWN_MONEY", "You do not have to contact your bank."),
        ("STRINGS", "We will collect the old lamp in return."),
        ("POLICY", "We cannot repair it, so I am sending you a new one today."),
        ("POLICY", "Our policy says no. I will exchange it for you today."),
        ("VAGUE_TIME", "I will ring as soon as you write."),
        ("VAGUE_TIME", "Get well soon."),
        ("EMPTY_PROMISE", "I will look into it and ring you by 15:00."),
        ("OVERPROMISE", "We cannot guarantee the hour."),
        ("BLAMES", "You should have received it on Monday. It was not your fault."),
        ("BLAMES", "You ordered green and we sent blue."),
        ("ARGUES", "In fact, I will bring it myself."),
        ("CHANNEL_BOUNCE", "You can reach me directly. You needn't call anyone else."),
        ("SHOUT", "Your USB HUB is on its way!"),
        ("TEMPLATE", "Thank you for the photo."),
        ("W-INSULT", "You get £60 off your next bill."),
        ("W-INSULT", "You get 50 euros of credit."),
        ("W-VOUCHER", "I refunded the 50 today, and here is a voucher for your next order on top."),
        ("GROVEL", "I am sorry. I apologise for the lamp."),
    ],
)
def test_what_is_no_fault_is_left_alone(code: str, draft: str) -> None:
    assert code not in codes(draft)


@pytest.mark.parametrize(
    ("draft", "gaps"),
    [
        ("Dear Rosalind, I am sorry that we … That was our mistake. I will … by …", 3),
        (SORRY + "You have it by … o'clock.", 1),
        (SORRY + "You have waited … days.", 1),
        (SORRY + "Well … that was that.", 0),
        (SORRY + "It took long… too long.", 0),
    ],
)
def test_words_to_begin_from_do_not_leave_with_a_gap(draft: str, gaps: int) -> None:
    found = [note for note in check(draft, HURT).notes if note.code == "GAP"]
    assert [draft[note.start : note.end] for note in found] == ["…"] * gaps
    assert {note.gate for note in found} <= {"hold"}


def test_what_the_case_knows_is_not_asked_and_the_question_can_be_taken_out() -> None:
    brief = replace(HURT, known={"address": "Kastanienallee 14", "order number": "WA-20881"})
    draft = SORRY + "Could you send me the address once more? A new lamp ships today."
    note = noted(draft, "ASKS_KNOWN", brief)
    assert note.gate == "hold"
    assert "Kastanienallee 14" in note.advice
    assert mended(draft, note) == SORRY + "A new lamp ships today."


@pytest.mark.parametrize(
    ("customer", "draft"),
    [
        ("Order 3391 came crooked.", "What was your order number?"),
        ("It is order #20881.", "Please tell us your order number."),
        ("The serial is K13-7781, serial K13-7781.", "Could you give me the serial number?"),
        ("See the photo attached.", "Could you send a photo?"),
        ("I restarted the box three times.", "Please restart the box."),
        ("Can you deliver 20 roses on 5 May?", "For which day would you like them?"),
    ],
)
def test_what_the_customer_has_told_is_not_asked_again(customer: str, draft: str) -> None:
    assert "ASKS_KNOWN" in codes(SORRY + draft, replace(HURT, customer_words=customer))


@pytest.mark.parametrize(
    "draft", ["Which colour would you like?", "Tell me when it suits you.", "I have your order number here."]
)
def test_something_new_may_be_asked(draft: str) -> None:
    brief = replace(HURT, known={"order number": "WA-20881"}, customer_words="Order WA-20881 came broken.")
    assert "ASKS_KNOWN" not in codes(SORRY + draft, brief)


def test_in_a_letter_that_makes_all_good_what_seems_to_argue_is_a_tip() -> None:
    doubtful = GOOD.replace("I will send", "Our records show the hour. I will send")
    assert noted(doubtful, "ARGUES").gate == "tip"
    assert check(doubtful, HURT).gate == "ok"
    assert "arguing" not in check(doubtful, HURT).labels
    assert noted(SORRY + "Our records show the hour.", "ARGUES").gate == "hold"


def test_what_the_case_knows_is_never_asked_not_even_in_a_letter_that_makes_all_good() -> None:
    brief = replace(HURT, known={"address": "Kastanienallee 14"})
    assert noted(GOOD + " Could you send me the address once more?", "ASKS_KNOWN", brief).gate == "hold"


def test_the_but_can_be_mended_with_one_key() -> None:
    draft = "I am sorry about the lamp, but it was our last one."
    assert mended(draft, noted(draft, "BUT")) == "I am sorry about the lamp. It was our last one."
    draft = "I am sorry about the lamp. However, it was our last one."
    assert mended(draft, noted(draft, "BUT")) == "I am sorry about the lamp. It was our last one."


def test_a_time_that_can_be_kept_is_offered_for_soon() -> None:
    draft = SORRY + "The lamp leaves soon."
    note = noted(draft, "VAGUE_TIME", replace(HURT, by_when="today at 15:30"))
    assert mended(draft, note) == SORRY + "The lamp leaves today at 15:30."
    assert note.title == "“Soon” is not a time"


def test_what_sells_can_be_taken_out() -> None:
    draft = SORRY + "Have you considered our larger lamp? It ships today."
    assert mended(draft, noted(draft, "UPSELL")) == SORRY + "It ships today."


def test_a_third_sorry_without_a_deed_is_held() -> None:
    tired = replace(HURT, apologised_before=True, apologies_before=2)
    assert "REPEAT_SORRY" in codes(SORRY, tired)
    assert "REPEAT_SORRY" not in codes(SORRY, replace(tired, deeds_since_apology=1))


def test_the_same_sorry_is_not_sent_twice() -> None:
    before = replace(HURT, earlier_letters=(SORRY,))
    assert "SAME_WORDS" in codes(SORRY + "It ships today.", before)
    assert "SAME_WORDS" not in codes("I am sorry that it is late again; we missed the van.", before)


@pytest.mark.parametrize(
    ("asked", "answer", "is_open"),
    [
        ("When will it come?", "It is on its way.", True),
        ("When will it come?", "It comes on Friday.", False),
        ("Why did nobody call?", "A new lamp ships.", True),
        ("Why did nobody call?", "Because our list was lost.", False),
        ("How much do I get back?", "You get it back.", True),
        ("How much do I get back?", "You get 40 back.", False),
        ("Are you serious?", "A new lamp ships.", False),
        ("Can you deliver it on Sunday?", "A new lamp ships.", True),
        ("Can you deliver it on Sunday?", "Sunday at 10 it is.", False),
        ("Can you deliver it on Sunday?", "We cannot, but Monday works.", False),
    ],
)
def test_a_question_with_a_plain_kind_of_answer_is_answered(asked: str, answer: str, is_open: bool) -> None:
    assert ("UNANSWERED" in codes(answer, replace(HURT, customer_words=asked))) is is_open


def test_a_question_may_be_sold_what_it_asks_for() -> None:
    asking = Brief(customer_words="How much is the yearly plan?", complaint=False)
    assert "UPSELL" not in codes("Our premium plan is 96 a year.", asking)
    unasked = replace(asking, customer_words="How do I clean it?")
    assert noted("Have you considered our premium plan?", "UPSELL", unasked).gate == "block"


def test_praise_needs_no_apology() -> None:
    review = check("Thank you, Ola, that is lovely to hear. Bo", Brief(complaint=False, agent_name="Bo"))
    assert (review.gate, review.notes) == ("ok", ())


def test_a_later_letter_needs_not_say_sorry_again() -> None:
    review = check("Hi Rosalind, it left at 15:30. Delphine", replace(HURT, apologised_before=True))
    assert review.gate == "ok"
    assert "regret" not in {virtue.code for virtue in review.virtues}


def test_what_is_nobodys_fault_is_not_owned() -> None:
    review = check(SORRY, replace(HURT, fault="nobody"))
    assert not {"responsibility", "prevention"} & {virtue.code for virtue in review.virtues}


def test_a_partners_fault_is_ours_to_put_right() -> None:
    draft = "Dear Rosalind, I am sorry that it was late. We chose the courier: it is ours to put right."
    assert "responsibility" in met(check(draft, replace(HURT, fault="partner")))


def test_a_letter_that_lacks_too_much_is_held_and_says_what() -> None:
    review = check("Sorry about the lamp, Rosalind.", HURT)
    assert [note.code for note in review.notes] == ["NOT_YET"]
    assert review.gate == "hold"
    assert "Say what exactly is done now" in review.notes[0].advice


def test_the_row_has_five_words_in_order() -> None:
    assert [virtue.word for virtue in check(GOOD, HURT).row] == [
        "Sorry",
        "Why",
        "Ours",
        "Their feelings",
        "By when",
    ]


def test_a_promise_found_by_the_clock_names_the_time() -> None:
    @dataclass(frozen=True)
    class Found:
        start: int = 0
        end: int = 5
        due: datetime = datetime(2026, 3, 4, tzinfo=UTC)

    review = check(SORRY + "It comes in time.", replace(HURT, promises=(Found(),)))
    assert "when" in met(review)
    assert review.promises == (Found(),)


def test_a_signed_letter_needs_no_name_below() -> None:
    assert "by_name" in met(check("Dear Rosalind, it ships today.", replace(HURT, signed=True)))
    assert "by_name" not in met(check("Dear Rosalind, it ships today.", HURT))


def test_an_angry_customer_gets_a_moment_before_a_weak_answer() -> None:
    angry = replace(HURT, customer_words="This is outrageous, I am furious!!!")
    assert check("Sorry about the lamp.", angry).take_a_moment
    assert not check(GOOD, angry).take_a_moment


@pytest.mark.parametrize(("language", "name"), [("de", "German"), ("fr-CA", "Canadian French"), ("xx", "xx")])
def test_the_coach_rests_where_it_knows_no_words(language: str, name: str) -> None:
    review = check(BAD, replace(HURT, language=language))
    assert (review.gate, review.notes) == ("ok", ())
    assert review.resting.startswith("The coach does not read ")


def test_an_empty_draft_is_not_scolded() -> None:
    review = check("  \n", HURT)
    assert (review.gate, review.notes) == ("ok", ())


def test_quoted_lines_are_not_ours() -> None:
    assert "UPSELL" not in codes(SORRY + "\n> Have you considered our larger lamp?")


def test_typographers_quotes_change_nothing() -> None:
    curly = SORRY + "We’ll look into it."
    note = noted(curly, "EMPTY_PROMISE")
    assert curly[note.start : note.end] == "’ll look into it"


@settings(deadline=None)
@given(st.text(max_size=200), st.booleans(), st.text(max_size=60))
def test_whatever_is_written_the_coach_answers(draft: str, complaint: bool, customer: str) -> None:
    review = check(draft, Brief(complaint=complaint, customer_words=customer))
    assert 0 <= review.score <= 100
    assert all(0 <= note.start <= note.end <= len(draft) for note in review.notes)


LETTERS = [
    json.loads(line) for line in (Path(__file__).parent / "samples" / "letters.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("row", [row for row in LETTERS if row["flawless"]], ids=lambda row: row["id"])
def test_a_flawless_letter_may_go(row: dict[str, str]) -> None:
    brief = Brief(customer_words=row["customer"], complaint=row["kind"] == "complaint")
    review = check(row["draft"], brief)
    assert (review.gate, [note.code for note in review.notes if note.weight == "fix"]) == ("ok", [])


@pytest.mark.parametrize("row", [row for row in LETTERS if not row["flawless"]], ids=lambda row: row["id"])
def test_a_letter_with_faults_gets_notes(row: dict[str, str]) -> None:
    brief = Brief(customer_words=row["customer"], complaint=row["kind"] == "complaint")
    assert check(row["draft"], brief).notes


def test_a_long_draft_is_read_while_one_types() -> None:
    draft = (GOOD + " ") * 3
    check(draft, HURT)
    begun = time.perf_counter()
    for _ in range(5):
        check(draft[:2000], HURT)
    assert (time.perf_counter() - begun) / 5 < 0.05


@pytest.mark.parametrize(
    "piece", ["you ", "sorry ", "our our ", "a", "I will ", "not ", "!", "A ", "x, ", "9", "@ ", "the small "]
)
def test_strange_letters_are_read_in_no_time(piece: str) -> None:
    begun = time.perf_counter()
    check((piece * 4000)[:4000], HURT)
    assert time.perf_counter() - begun < 1
