"""In public, on the telephone, before a quarrel, and in a shop's own words (C7.3 to C7.5, A157, A209)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from amends.coach.brief import Brief
from amends.coach.call import CALL, EVERY_BASE
from amends.coach.check import check

HURT = Brief(
    customer_name="Rosalind Achterberg",
    agent_name="Delphine Marsh",
    customer_words="The lamp came on Tuesday. It is the WRONG ONE AGAIN. My address is Kastanienallee 14.",
    known={"address": "Kastanienallee 14"},
)
SORRY = "Dear Rosalind, I am sorry that we sent the wrong lamp; that was our mistake. "


def codes(draft: str, brief: Brief) -> set[str]:
    return {note.code for note in check(draft, brief).notes}


@pytest.mark.parametrize(
    "draft",
    [
        "Dear customer, your feedback is important to us.",
        "Thank you for reaching out. We apologise for any inconvenience. Our team will be in touch.",
        "We understand your frustration. Rest assured that we take all feedback very seriously.",
    ],
)
def test_a_public_reply_of_set_phrases_only_is_held(draft: str) -> None:
    review = check(draft, replace(HURT, public=True))
    (note,) = (note for note in review.notes if note.code == "SET_PHRASES")
    assert (note.start, note.end) == (0, len(draft))
    assert review.gate == "hold"
    assert "SET_PHRASES" not in codes(draft + " The right lamp is on a van and arrives at 17:00.", HURT)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (SORRY + "I send it to Kastanienallee 14.", "Kastanienallee 14"),
        (SORRY + "I wrote to rosalind@example.org.", "rosalind@example.org"),
        (SORRY + "I ring +44 20 7946 0018.", "+44 20 7946 0018"),
    ],
)
def test_what_is_private_does_not_stand_in_public(draft: str, words: str) -> None:
    review = check(draft, replace(HURT, public=True))
    (note,) = (note for note in review.notes if note.code == "PRIVATE_DATA")
    assert draft[note.start : note.end].strip(".") == words
    assert review.gate == "hold"
    assert "PRIVATE_DATA" not in codes(draft, HURT)


def test_a_public_reply_is_short() -> None:
    long = SORRY + "The right one leaves today. It is green. It is bright. It will please her."
    assert "LONG_PUBLIC" in codes(long, replace(HURT, public=True))
    assert "LONG_PUBLIC" not in codes(long, HURT)
    assert "LONG_PUBLIC" not in codes(SORRY + "The right one leaves today.", replace(HURT, public=True))


def test_before_a_quarrel_there_is_a_moment_with_two_futures() -> None:
    arguing = "Our records show that you ordered this lamp."
    pause = check(arguing, replace(HURT, worth="Eleven orders since 2019.", pause=90)).moment
    assert pause is not None
    assert pause.seconds == 90
    as_it_is, better = pause.futures
    assert "Rosalind" in as_it_is
    assert "Rosalind" in better
    assert as_it_is.endswith("Eleven orders since 2019.")
    assert pause.theirs == "It is the WRONG ONE AGAIN."
    assert pause.opening.startswith("Dear Rosalind, I am sorry that we")
    assert check(SORRY + "I will bring the right one today.", replace(HURT, customer_words="Oh.")).moment is None


@pytest.mark.parametrize(("asked", "seconds"), [(-5, 0), (0, 0), (60, 60), (300, 300), (9_000, 300)])
def test_a_pause_has_its_limits(asked: int, seconds: int) -> None:
    pause = check("You are mistaken.", replace(HURT, pause=asked)).moment
    assert pause is not None
    assert pause.seconds == seconds


def test_a_call_is_a_list_to_tick() -> None:
    said = (
        "Good morning, my name is Delphine. So the lamp was the wrong one, twice. I am sorry that we mixed up the boxes. "
        "You have every right to be angry. There is a solution, and I will do it. Would you rather have the lamp or "
        "the money back? I'm booking the van while we speak: it brings it by 17:00 and costs you nothing. Is there anything else? You "
        "can reach "
        "me on my direct line. From Monday each box is scanned. I check whether other customers are affected. I send you "
        "a summary by mail."
    )
    ticks = check(said, replace(HURT, call=True)).ticks
    assert [tick.code for tick in ticks] == [line.code for line in (*CALL, *EVERY_BASE)]
    assert {tick.code for tick in ticks if tick.done is None} == {"let_run"}
    assert {tick.code for tick in ticks if tick.done is False} == set()
    silent = check("Hm.", replace(HURT, call=True)).ticks
    assert {tick.code for tick in silent if tick.done} == set()
    assert check(said, HURT).ticks == ()


def test_a_shops_own_tip_takes_the_place_of_ours() -> None:
    brief = replace(HURT, tips={"VAGUE_TIME": "Name the van."})
    notes = check(SORRY + "It comes soon.", brief).notes
    assert [note.advice for note in notes if note.code == "VAGUE_TIME"] == ["Name the van."]


@dataclass(frozen=True)
class Place:
    start: int
    end: int
    due: None = None


def test_a_promise_without_a_time_is_asked_for_one() -> None:
    draft = SORRY + "I will ring you."
    place = Place(draft.index("I will"), len(draft) - 1)
    review = check(draft, replace(HURT, undated=(place,)))
    (note,) = (note for note in review.notes if note.code == "NO_TIME")
    assert draft[note.start : note.end] == "I will ring you"
    assert note.gate == "tip"
    assert "NO_TIME" not in codes(SORRY + "I ring you soon.", replace(HURT, undated=(Place(len(SORRY), 90),)))


def test_what_they_told_is_shown_in_their_words() -> None:
    told = replace(HURT, known={}, customer_words="Hello. It is order 3391. I am cross.")
    (note,) = (note for note in check(SORRY + "What is your order number?", told).notes if note.code == "ASKS_KNOWN")
    assert "order 3391" in note.advice
    assert note.gate == "hold"
