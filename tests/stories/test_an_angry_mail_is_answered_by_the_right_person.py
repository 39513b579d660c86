"""From the customer's mail program to the right person's list, back into the customer's mailbox, and on."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.stories.furniture import THIMBLE
from tests.stories.post import Post, a_letter, an_answer, words_of
from tests.stories.seats import Seat

"""Seconds on a machine with nothing else to do; two are usual."""
ANGER = (
    "Guten Tag, die Blumen für meine Mutter sind verwelkt angekommen, und niemand geht bei Ihnen ans Telefon. "
    "Ich bin sehr enttäuscht und möchte mein Geld zurück."
)
ANSWER = (
    "Guten Tag, es tut mir leid, dass die Blumen für Ihre Mutter verwelkt angekommen sind. "
    "Ich sehe mir die Bestellung gerade an."
)

AMENDS = (
    "I am sorry that the box came torn. You are right to be annoyed: that was our mistake, because we packed it badly. "
    "I send you a new one today."
)


def test_a_german_complaint_stands_on_the_list_of_the_one_who_speaks_german(
    seat: Callable[[str], Seat], post: Post, customer: str, record_property: Callable[[str, object], None]
) -> None:
    delphine, bo = seat("delphine"), seat("bo")
    delphine.go()
    bo.go()
    expect(delphine.page.locator("#queue")).to_be_visible()
    name = f"Gerda {customer[10:18]}"
    begun = time.monotonic()
    post.put(THIMBLE, a_letter(f"{name} <{customer}>", THIMBLE, "Verwelkte Blumen", ANGER))
    expect(delphine.row(name)).to_be_visible()
    took = time.monotonic() - begun
    record_property("seconds_from_delivery_to_the_list", round(took, 2))
    expect(delphine.row(name)).to_contain_text("Geld zurück")
    expect(bo.row(name)).to_have_count(0)


def test_the_answer_arrives_as_a_letter_and_the_customers_reply_comes_to_the_same_case_and_person(
    seat: Callable[[str], Seat], post: Post, customer: str
) -> None:
    name = f"Gerda {customer[10:18]}"
    complaint = a_letter(f"{name} <{customer}>", THIMBLE, "Verwelkte Blumen", ANGER)
    post.put(THIMBLE, complaint)
    delphine = seat("delphine")
    delphine.go()
    delphine.open(name)
    expect(delphine.timeline).to_contain_text("niemand geht bei Ihnen ans Telefon")
    expect(delphine.next_step).to_contain_text("You")
    delphine.answer(ANSWER)

    (letter,) = post.letters(customer)
    assert letter["In-Reply-To"] == complaint["Message-ID"]
    assert complaint["Message-ID"] in letter["References"]
    assert letter["Subject"].startswith("Re: Verwelkte Blumen")
    assert letter["Subject"].endswith("]")
    assert letter["From"].addresses[0].addr_spec == THIMBLE
    assert "Delphine Marsh" in letter["From"].addresses[0].display_name
    assert words_of(letter).startswith(ANSWER[:60])
    assert f"{delphine.url}/c/" in words_of(letter)
    assert "Auto-Submitted" not in letter

    post.put(THIMBLE, an_answer(letter, f"{name} <{customer}>", "Danke. Und mein Geld?"))
    expect(delphine.timeline.get_by_text("Und mein Geld?")).to_be_visible()
    expect(delphine.timeline.get_by_text("niemand geht bei Ihnen ans Telefon").first).to_be_visible()
    expect(delphine.next_step).to_contain_text("You")
    delphine.go()
    expect(delphine.row(name)).to_have_count(1)
    expect(delphine.row(name)).to_contain_text("Und mein Geld?")


@pytest.fixture
def held_for_seconds(seat: Callable[[str], Seat]) -> Callable[[int], None]:
    """The admin sets how long letters are held."""

    def hold(seconds: int) -> None:
        admin = seat("marguerite")
        admin.go("/settings/hours/")
        admin.page.locator("#id_hold_seconds").select_option(str(seconds))
        admin.page.get_by_role("button", name="Save the seconds").click()
        expect(admin.page.locator(".saved")).to_be_visible()
        admin.page.context.close()

    return hold


def test_a_letter_taken_back_in_time_never_leaves(
    seat: Callable[[str], Seat], post: Post, customer: str, held_for_seconds: Callable[[int], None]
) -> None:
    name = f"Ondine {customer[10:18]}"
    post.put(THIMBLE, a_letter(f"{name} <{customer}>", THIMBLE, "A torn box", "The box came torn. What now?"))
    ines = seat("ines")
    ines.go("/?view=team")
    expect(ines.row(name)).to_be_visible()
    held_for_seconds(60)
    try:
        ines.open(name)
        ines.answer(AMENDS)
        held = ines.page.locator("#outbox [data-held]")
        expect(held).to_be_visible()
        held.get_by_role("button", name="Undo").click()
        expect(ines.pen).to_have_value(AMENDS)
        expect(ines.page.locator("#outbox [data-held]")).to_have_count(0)
        assert post.by_people(customer) == []
    finally:
        held_for_seconds(0)
