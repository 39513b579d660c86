"""Promises found in our own words (SL7; model C0.3, C4.2), said on Wednesday 4 March 2026 at 10:00."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.clock.hours import Calendar, Week
from amends.clock.spoken import Moment
from amends.clock.tongues import Kind
from amends.clock.words import FoundPromise, find_promises

BERLIN = ZoneInfo("Europe/Berlin")
DESK = Calendar(Week(dict.fromkeys(range(5), ((clock(9), clock(17, 30)),))), BERLIN)
NOW = datetime(2026, 3, 4, 10, 0, tzinfo=BERLIN)


def found(text: str, now: datetime = NOW) -> list[FoundPromise]:
    return list(find_promises(text, Moment(now, BERLIN, DESK)))


def due(promise: FoundPromise) -> str:
    """Such as "Thu 05 12:00", in Berlin."""
    assert promise.due is not None
    return promise.due.astimezone(BERLIN).strftime("%a %d %H:%M")


@pytest.mark.parametrize(
    ("text", "when", "act", "kind"),
    [
        (
            "I’ll ring you on Thursday before noon to hear that it is whole.",
            "Thu 05 12:00",
            "ring you",
            "callback",
        ),
        ("The courier collects it today at 15:30.", "Wed 04 15:30", "the courier collects it", "send"),
        ("you will have it by Friday", "Fri 06 17:30", "you have it", "send"),
        ("I will refund you within 48 hours.", "Fri 06 10:00", "refund you", "refund"),
        ("We'll be with you tomorrow between 10 and 11.", "Thu 05 11:00", "be with you", "send"),
        ("I ring you Tuesday before three.", "Tue 10 15:00", "ring you", "callback"),
        ("A new battery goes in the post today.", "Wed 04 17:30", "a new battery goes in the post", "send"),
        ("The fix goes live today at 18:00.", "Wed 04 18:00", "the fix goes live", "fix"),
        ("You'll hear from me by the end of the week.", "Fri 06 17:30", "you hear from me", "tell"),
        (
            "Your refund will be there by Wednesday 11 March.",
            "Wed 11 17:30",
            "your refund will be there",
            "refund",
        ),
        ("I'm sending you a new lid this afternoon.", "Wed 04 17:30", "sending you a new lid", "send"),
        ("Let me ring you at half past three.", "Wed 04 15:30", "ring you", "callback"),
        ("I will call you back in 20 minutes.", "Wed 04 10:20", "call you back", "callback"),
        (
            "My colleague Anna will call you on Monday at 9.",
            "Mon 09 09:00",
            "my colleague Anna will call you",
            "callback",
        ),
        ("We promise to deliver it by 12 March.", "Thu 12 17:30", "deliver it", "send"),
        ("Expect my call tomorrow morning.", "Thu 05 12:00", "expect my call", "callback"),
        ("Within two working days you will receive a lamp.", "Fri 06 17:30", "you receive a lamp", "send"),
        ("I'll tell you by 5pm.", "Wed 04 17:00", "tell you", "tell"),
        ("I'll write by 5 o'clock.", "Wed 04 17:00", "write", "tell"),
        ("I'll ring you right away.", "Wed 04 10:30", "ring you", "callback"),
        ("I will send it tomorrow.", "Thu 05 17:30", "send it", "send"),
        ("The money is back with you on Thursday.", "Thu 05 17:30", "the money is back with you", "refund"),
        ("I'll ring you next Friday at 11.", "Fri 13 11:00", "ring you", "callback"),
        ("I will ring you on Wednesday at 9.", "Wed 11 09:00", "ring you", "callback"),
        ("I will ring you on Wednesday at 11.", "Wed 04 11:00", "ring you", "callback"),
        ("I will send it by close of business.", "Wed 04 17:30", "send it", "send"),
        ("Hanne will answer you before Friday.", "Thu 05 17:30", "Hanne will answer you", "tell"),
        ("I will bring it on the 12th between 2 and 4.", "Thu 12 16:00", "bring it", "send"),
        ("I'll post it by the day after tomorrow.", "Fri 06 17:30", "post it", "send"),
        ("The fitter will be there 2-4 pm tomorrow.", "Thu 05 16:00", "the fitter will be there", "fix"),
        ("It is being swapped tonight.", "Wed 04 23:59", "it is being swapped", "fix"),
        ("I'll personally ring you at 4.30pm.", "Wed 04 16:30", "ring you", "callback"),
        ("I will call you at 10:30 a.m. tomorrow.", "Thu 05 10:30", "call you", "callback"),
        ("We will credit £30 within 3-5 working days.", "Wed 11 17:30", "credit £30", "refund"),
        ("I will email you in the next hour.", "Wed 04 11:00", "email you", "tell"),
        ("I will have it fixed in two weeks.", "Wed 18 17:30", "have it fixed", "fix"),
        (
            "Our fitter visits you on the 9th of March in the morning.",
            "Mon 09 12:00",
            "our fitter visits you",
            "fix",
        ),
        (
            "You'll get your money back by the end of March.",
            "Tue 31 17:30",
            "you get your money back",
            "refund",
        ),
        ("We'll have this fixed by next week.", "Fri 13 17:30", "have this fixed", "fix"),
        ("I'm on your case and will have a fix by Friday.", "Fri 06 17:30", "have a fix", "fix"),
        ("He'll be there within 10 min.", "Wed 04 10:10", "he'll be there", "other"),
        ("I will ring after 3 pm tomorrow.", "Thu 05 17:30", "ring", "callback"),
        ("I will bring it on 2026-03-10 at 14:00.", "Tue 10 14:00", "bring it", "send"),
        ("It arrives on 9.3.2026.", "Mon 09 17:30", "it arrives", "send"),
        ("I will ring you at 7.", "Wed 04 19:00", "ring you", "callback"),
        ("I will ring you at 9.", "Thu 05 09:00", "ring you", "callback"),
        ("I will ring you at 09:00.", "Thu 05 09:00", "ring you", "callback"),
        ("By 17:00 today you will have a number.", "Wed 04 17:00", "you have a number", "send"),
    ],
)
def test_a_promise_is_found_with_its_act_and_its_moment(text: str, when: str, act: str, kind: Kind) -> None:
    promises = found(text)
    assert [(due(promise), promise.act, promise.kind) for promise in promises] == [(when, act, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "I rang you on Thursday.",
        "You wrote on Friday that the lid was cracked.",
        "If you reply by Friday, we can send it.",
        "If you reply by Friday, I will refund you tomorrow.",
        "We are open Monday to Friday from 9 to 17.",
        "Our shop opens at 9 tomorrow.",
        "We will be closed on Friday.",
        "Shall I ring you on Thursday at 10?",
        "When would you like me to call, Thursday or Friday?",
        "We will not be able to deliver by Friday.",
        "We won't be able to deliver by Friday.",
        "I will find out why nobody rang you on Thursday.",
        "Please send us a photo by Friday.",
        "Tell me by Thursday and I'll book it.",
        "Sign the form and ship it by Friday.",
        "I can ring you on Thursday.",
        "It should arrive by Friday.",
        "We aim to answer within 24 hours.",
        "We usually answer within 24 hours.",
        "You can reach me until 5.",
        "I'm here until 18:00 today.",
        "Your parcel was delivered on Monday.",
        "> I will ring you on Thursday",
        "You said you will have it by Friday.",
        "You have until Friday to send it back.",
        "You will need to return it by Friday.",
        "I will ring you when it arrives on Friday.",
        "I'll update you every Friday.",
        "From Monday no order leaves short without my call to the buyer.",
        "Thank you for your letter of 3 March.",
        "I was going to ring you on Thursday.",
        "I would have called you today at 11.",
        "I will ring you today at 08:00.",
        "The offer ends on Friday.",
        "I will bring it on 31 February.",
    ],
)
def test_what_is_no_promise_of_ours_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I will ring you soon.",
        "We will get back to you as soon as possible.",
        "I will call you in a few days.",
        "Someone will call you shortly.",
        "As soon as I know more, I'll tell you.",
    ],
)
def test_a_vague_word_is_a_promise_without_a_time(text: str) -> None:
    """C4.2: who, and by when?"""
    assert [(promise.due, promise.vague) for promise in found(text)] == [(None, True)]


def test_a_plain_word_without_a_time_is_found_and_is_not_vague() -> None:
    (promise,) = found("The lamp cost 12.50 and I will refund it.")
    assert (promise.act, promise.due, promise.vague, promise.kind) == ("refund it", None, False, "refund")


def test_an_hour_alone_means_the_day_spoken_of_before() -> None:
    text = "Tomorrow between 10 and 11 I will bring the vase, one size larger. I will send a photo by noon."
    assert [due(promise) for promise in found(text)] == ["Thu 05 11:00", "Thu 05 12:00"]


def test_one_sentence_can_hold_two_promises() -> None:
    text = "I will ring you on Thursday, and by Friday noon I will send the new lid."
    assert [(promise.act, due(promise)) for promise in found(text)] == [
        ("ring you", "Thu 05 17:30"),
        ("send the new lid", "Fri 06 12:00"),
    ]


def test_a_second_verb_shares_the_subject() -> None:
    text = "I am going to ring the courier at 2 and tell you at 3."
    assert [(promise.act, due(promise)) for promise in found(text)] == [
        ("ring the courier", "Wed 04 14:00"),
        ("tell you", "Wed 04 15:00"),
    ]


def test_the_words_stand_where_the_promise_says() -> None:
    text = "Dear Marta, sorry about the lid. I’ll ring you on Thursday before noon to hear more. Priya"
    (promise,) = found(text)
    assert promise.words == "I’ll ring you on Thursday before noon"
    assert text[promise.start : promise.end] == promise.words


def test_tomorrow_said_on_friday_is_monday_unless_an_hour_is_named() -> None:
    friday = datetime(2026, 3, 6, 10, 0, tzinfo=BERLIN)
    assert due(found("I will send it tomorrow.", friday)[0]) == "Mon 09 17:30"
    assert due(found("I will bring it tomorrow between 10 and 11.", friday)[0]) == "Sat 07 11:00"


def test_the_moment_is_in_the_speakers_zone() -> None:
    (promise,) = find_promises("I will ring you at 14:00.", Moment(NOW, ZoneInfo("Europe/London"), DESK))
    assert promise.due == datetime(2026, 3, 4, 14, 0, tzinfo=UTC)


def test_a_desk_that_is_never_open_still_keeps_its_word() -> None:
    promises = find_promises("I will send it tomorrow.", Moment(NOW, BERLIN, Calendar(Week(), BERLIN)))
    assert [due(promise) for promise in promises] == ["Fri 06 00:00"]


@settings(deadline=None)
@given(st.text(alphabet="I will ring you at 3 on by Friday, and today 15:30.\n", max_size=80))
def test_whatever_is_written_a_promise_is_ahead_and_in_its_place(text: str) -> None:
    for promise in found(text):
        assert promise.due is None or promise.due > NOW
        assert text[promise.start : promise.end] == promise.words


@pytest.mark.parametrize(
    "text", ["I will " * 700, "at 3 " * 700, " by" * 1000, "and the " * 700, "9" * 4000, "'s " * 900]
)
def test_strange_letters_are_read_in_no_time(text: str) -> None:
    begun = time.perf_counter()
    found(text)
    assert time.perf_counter() - begun < 0.5


def test_a_day_that_has_been_lately_is_not_next_years() -> None:
    assert not found("I will refund you by 20 February.")


def test_another_letter_below_whoever_wrote_it_is_not_ours() -> None:
    assert not found("Sorry.\n\nOn 3 March 2026 Marta Oyelaran wrote:\nI will ring you tomorrow at 10.")


def test_a_full_line_that_a_mail_program_broke_goes_on_in_the_next() -> None:
    (promise,) = found("I am sorry about the lamp that came broken, and on Friday\nI will ring you.")
    assert due(promise) == "Fri 06 17:30"
