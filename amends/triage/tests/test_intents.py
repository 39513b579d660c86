"""What a short message wants, out of a list: the heads and the door."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.triage.reader.features import plain, slots
from amends.triage.reader.intents import BITS, few
from amends.triage.reader.lines import answered
from amends.triage.reader.model import model


@pytest.mark.parametrize(
    ("name", "text", "intent"),
    [
        ("bank", "My new card still has not come, where is it?", "card_arrival"),
        ("bank", "how do i change the pin", "change_pin"),
        ("assistant", "wake me at six tomorrow please", "alarm"),
        ("assistant", "how would i say good night in portuguese", "translate"),
    ],
)
def test_a_message_has_the_intent_of_its_list(name: str, text: str, intent: str) -> None:
    found, ahead = model().intent(name, text)
    assert found == intent
    assert ahead > 0


def test_the_door_tells_an_intent_when_it_is_asked_for_one_and_else_none() -> None:
    asked = {"id": 1, "text": "how do i change the pin", "watch": ["Corvane"]}
    assert "intent" not in answered(json.dumps(asked))
    told = answered(json.dumps(asked | {"intents": "bank"}))
    assert (told["id"], told["intent"]) == (1, "change_pin")


def test_a_list_that_there_is_not_is_refused_saying_which_there_are() -> None:
    told = answered(json.dumps({"id": 2, "text": "hello", "intents": "zoo"}))
    assert told["id"] == 2
    assert "bank, assistant" in told["error"]


@given(st.text(max_size=200))
def test_any_text_has_an_intent_and_its_slots_lie_in_the_table(text: str) -> None:
    found = few(slots(plain(text)))
    assert (found < 1 << BITS).all()
    assert (np.diff(found.astype(np.int64)) > 0).all()
    for name, each in model().intents.items():
        assert model().intent(name, text)[0] in each.names
