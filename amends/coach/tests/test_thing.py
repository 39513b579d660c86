"""The right thing and the sentence that says it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.coach.thing import Facts, Kind, Parts, Thing, parts, right_thing, sentence

RING = ("ring you", "callback")


@pytest.mark.parametrize(
    ("facts", "thing"),
    [
        ({"awaiting_answer": True}, Thing("answer", "Cracked teapot")),
        ({"reopened": True}, Thing("answer", "Cracked teapot")),
        ({"awaiting_answer": True, "earliest_promise": RING}, Thing("answer", "Cracked teapot")),
        (
            {"awaiting_answer": True, "earliest_promise": RING, "promise_first": True},
            Thing("promise", "ring you"),
        ),
        ({"earliest_promise": RING}, Thing("promise", "ring you")),
        ({"earliest_promise": RING, "offered": True}, Thing("promise", "ring you")),
        ({"bounced": True, "awaiting_answer": True, "last_channel": "email"}, Thing("reach", "email")),
        ({"to_decide": "Bo's refund", "awaiting_answer": True}, Thing("decide", "Bo's refund")),
        ({"unread": True}, Thing("read", "Cracked teapot")),
        ({"unread": True, "offered": True}, Thing("hear", "Cracked teapot")),
        ({"offered": True}, Thing("hear", "Cracked teapot")),
        ({}, Thing("hear", "Cracked teapot")),
    ],
)
def test_the_facts_decide_the_one_next_thing(facts: dict[str, Any], thing: Thing) -> None:
    assert right_thing(Facts(title="Cracked teapot", **facts)) == thing


@pytest.mark.parametrize(
    ("kind", "about", "expected"),
    [
        ("answer", "Cracked teapot", "Answer Marta Oyelaran: Cracked teapot"),
        ("answer", "", "Answer Marta Oyelaran"),
        ("reach", "email", "Find another way to reach Marta Oyelaran"),
        ("hear", "Cracked teapot", "Hear from Marta Oyelaran whether it is all right now"),
        ("read", "", "Read what came from Marta Oyelaran"),
        ("decide", "Bo's refund of 100 %", "Decide for Marta Oyelaran: Bo's refund of 100 %"),
        ("promise", "ring you", "Ring Marta Oyelaran"),
        ("promise", "send you a photo", "Send Marta Oyelaran a photo"),
        ("promise", "call Harrow & Heel", "Call Harrow & Heel, for Marta Oyelaran"),
        ("promise", "have your ledger restored", "Have the ledger restored, for Marta Oyelaran"),
        ("promise", "the courier collects it", "See to it for Marta Oyelaran: the courier collects it"),
    ],
)
def test_the_step_is_a_sentence_with_the_verb_first(kind: Kind, about: str, expected: str) -> None:
    assert sentence(kind, "Marta Oyelaran", about) == expected


def test_the_name_stands_apart_so_that_it_can_be_bold() -> None:
    assert parts("promise", "Edda Vik", "ring you back") == Parts("Ring ", "Edda Vik", " back")
    assert parts("answer", "Edda Vik", "Late lamp") == Parts("Answer ", "Edda Vik", ": Late lamp")


@settings(deadline=None)
@given(
    st.builds(
        Facts,
        title=st.just("Late lamp"),
        awaiting_answer=st.booleans(),
        reopened=st.booleans(),
        bounced=st.booleans(),
        offered=st.booleans(),
        unread=st.booleans(),
        promise_first=st.booleans(),
        earliest_promise=st.sampled_from([None, RING, ("100 % back", "refund")]),
    ),
    st.text(min_size=1, max_size=20),
)
def test_there_always_is_a_step_and_it_names_the_customer(facts: Facts, name: str) -> None:
    thing = right_thing(facts)
    assert name in sentence(thing.kind, name, thing.about)
