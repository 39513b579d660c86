"""A thank-you is known by what it does not say (SL3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.triage.thanks import only_thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thank you!",
        "Thanks a lot, Delphine.",
        "Hi Delphine,\n\nthank you so much for your quick help. It works again.\n\nBest wishes\nRosalind Achterberg",
        "Great, many thanks",
        "Vielen Dank für die schnelle Hilfe!\n\nViele Grüße\nMarta",
        "Merci beaucoup pour votre réponse rapide.",
        "Muchas gracias por su ayuda",
        "Grazie mille!",
        "Hartelijk bedankt voor de snelle hulp",
    ],
)
def test_thanks_alone_wait_for_no_answer_sl3(text: str) -> None:
    assert only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello Delphine",
        "Thank you for nothing.",
        "Thanks, but it is still broken.",
        "Thank you. When will it come?",
        "Thanks! Please send it to 12 Mill Lane.",
        "Thank you for the refund. The vase is missing though",
        "Danke, aber das Gerät ist immer noch kaputt.",
        "Danke für die Rechnung",
        "Merci, mais ça ne marche pas",
        "It does not work. Thanks",
        "Thank you " * 40,
    ],
)
def test_whatever_says_more_than_thanks_is_answered_sl3(text: str) -> None:
    assert not only_thanks(text)


@given(
    st.text(max_size=60),
    st.sampled_from(["but", "not", "no", "never", "still", "wrong", "nicht", "kein", "pas", "please"]),
)
def test_a_but_or_a_not_anywhere_makes_it_no_mere_thanks(rest: str, word: str) -> None:
    assert not only_thanks(f"Thank you {word} {rest}")
