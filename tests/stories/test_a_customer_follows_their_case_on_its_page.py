"""The contact form and the case page: with script and without, for people, robots and cut links."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.peers.desk import Desk
from tests.stories.furniture import THIMBLE
from tests.stories.post import Post, a_letter, words_of
from tests.stories.seats import Seat

SLOWER_THAN_A_ROBOT = 3_200
"""Milliseconds that a person needs at least to fill the form."""


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_form_is_answered_by_name_and_its_page_takes_more_words(
    desk: Desk,
    seat: Callable[[str], Seat],
    new_context: Callable[..., BrowserContext],
    customer: str,
    script: bool,
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto(f"{desk.url}/contact/thimble/")
    title = f"The lamp {customer[10:18]}"
    _fill(page, customer, title, "The lamp that came today flickers.")
    page.wait_for_timeout(SLOWER_THAN_A_ROBOT)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you. We have your message.")).to_be_visible()
    _until(page, "reads it and answers you")

    page.get_by_role("link", name="Open your page").click()
    expect(page.get_by_role("heading", name="Your message to Thimble & Thorn")).to_be_visible()
    expect(page.locator("#letters")).to_contain_text("The lamp that came today flickers.")

    ines = seat("ines")
    ines.go("/find/?q=" + title.replace(" ", "+"))
    ines.page.locator("#main").get_by_role("link").filter(has_text=title).first.click()
    expect(ines.timeline).to_contain_text("flickers")

    page.locator("#id_text").fill("It hums, too.")
    page.wait_for_timeout(SLOWER_THAN_A_ROBOT)
    page.locator("#write").get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent.")).to_be_visible()
    expect(ines.timeline.get_by_text("It hums, too.")).to_be_visible()


def test_the_link_in_a_letter_opens_the_answer_and_a_cut_link_opens_nothing(
    seat: Callable[[str], Seat], post: Post, customer: str, page: Page
) -> None:
    name = f"Nell {customer[10:18]}"
    post.put(THIMBLE, a_letter(f"{name} <{customer}>", THIMBLE, "Ein Riss", "Guten Tag, der Krug hat einen Riss."))
    delphine = seat("delphine")
    delphine.go()
    delphine.open(name)
    delphine.answer("Guten Tag, es tut mir leid, dass der Krug einen Riss hat. Ich sehe nach.")
    (letter,) = post.letters(customer)
    found = re.search(r"http\S+/c/\S+", words_of(letter))
    assert found is not None
    link = found.group()

    page.goto(link)
    expect(page.locator("#letters")).to_contain_text("es tut mir leid")
    expect(page.locator("#letters")).to_contain_text("der Krug hat einen Riss")
    expect(page.get_by_text("Delphine Marsh").first).to_be_visible()
    page.locator("#id_text").fill("Der Henkel wackelt auch.")
    page.locator("#write").get_by_role("button", name="Send").click()
    expect(delphine.timeline.get_by_text("Der Henkel wackelt auch.")).to_be_visible()
    _until(page, "Der Henkel wackelt auch.")

    token = link.rstrip("/").rpartition("/")[2]
    for broken in (token[:-3], token.replace(".", "9.", 1), token[:-1] + ("a" if token[-1] != "a" else "b")):
        answer = page.goto(f"{delphine.url}/c/{broken}/")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", name="This link opens nothing")).to_be_visible()
        assert "Krug" not in page.content()


def test_a_robot_is_asked_calmly_and_a_person_can_still_send(desk: Desk, page: Page, customer: str) -> None:
    page.goto(f"{desk.url}/contact/vantry/")
    _fill(page, customer, "Offer", "The router blinks red.")
    page.locator("[name=website]").evaluate("field => field.value = 'https://spam.example'")
    page.get_by_role("button", name="Send").click()
    # Too fast, or only suspicious when the machine was slow to type: both are asked in the same calm words.
    expect(page.get_by_role("alert")).to_contain_text("This looked automatic")
    expect(page.locator("#id_text")).to_have_value("The router blinks red.")

    page.locator("[name=website]").evaluate("field => field.value = 'https://spam.example'")
    page.wait_for_timeout(SLOWER_THAN_A_ROBOT)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")
    page.get_by_label("I am a person").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you. We have your message.")).to_be_visible()


def _fill(page: Page, customer: str, title: str, words: str) -> None:
    page.locator("#id_text").fill(words)
    page.locator("#id_address").fill(customer)
    page.locator("#id_name").fill("Rosalind")
    page.locator("#id_subject").fill(title)


def _until(page: Page, words: str) -> None:
    """The worker decides in a moment; the page says so and is opened again, as a customer would."""
    for _ in range(20):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_text(words)).to_be_visible()
