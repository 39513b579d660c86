"""The coach in a browser: it waits for a pause, and one key leads to the words that it means (C7, UX 6)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Request, expect

from tests.stories.seats import Seat

PAUSE = 180
"""Milliseconds without a key, after which the coach is asked: with the way there and back it speaks within 300."""
LETTER = (
    "Dear Ottoline,\n\nI am sorry for any inconvenience 🌷. We sent the wrong vase, that was our mistake. "
    "The right one comes soon."
)
SELECTED = "field => field.value.slice(field.selectionStart, field.selectionEnd)"


@pytest.fixture
def bo(seat: Callable[[str], Seat], customer: str) -> Seat:
    """Bo writes to a customer who has rung to complain."""
    bo = seat("bo")
    bo.go(f"/cases/new/?name=Ottoline&address={customer}&title=The+wrong+vase&kind=complaint")
    bo.page.get_by_role("button", name="Open the case").click()
    bo.see_the_case()
    bo.take_the_pen()
    return bo


def selected(bo: Seat) -> str:
    return str(bo.pen.evaluate(SELECTED))


def test_one_key_leads_to_the_words_of_each_note_and_back(bo: Seat) -> None:
    bo.pen.fill(LETTER)
    notes = bo.page.locator(".coach-note")
    expect(notes.filter(has_text="“Soon” is not a time")).to_be_visible()
    bo.pen.press("Control+Home")
    bo.page.keyboard.press("F8")
    assert "inconvenience" in (first := selected(bo))
    expect(notes.filter(has_text="inconvenience").first).to_have_attribute("aria-current", "true")
    bo.page.keyboard.press("F8")
    assert selected(bo) == "soon"
    expect(notes.filter(has_text="“Soon” is not a time")).to_have_attribute("aria-current", "true")

    bo.page.keyboard.press("F8")
    assert selected(bo) == first
    bo.page.keyboard.press("Shift+F8")
    assert selected(bo) == "soon"
    bo.page.keyboard.type("at 15:00")
    expect(bo.pen).to_have_value(LETTER.replace("soon", "at 15:00"))


def test_a_click_on_a_note_leads_to_its_words_wherever_they_stand_by_now(bo: Seat) -> None:
    bo.pen.fill(LETTER)
    soon = bo.page.locator(".coach-note").get_by_role("link", name="“Soon” is not a time")
    expect(soon).to_be_visible()
    bo.page.route("**/coach/", lambda route: route.abort())
    bo.pen.press("Control+Home")
    bo.page.keyboard.type("🌷 ")
    soon.click()
    expect(bo.pen).to_be_focused()
    assert selected(bo) == "soon"


def test_the_coach_waits_for_a_pause_and_is_not_asked_at_each_key(bo: Seat) -> None:
    expect(bo.page.locator(".first-words")).to_be_visible()
    asked: list[Request] = []
    bo.page.on("request", lambda one: asked.append(one) if one.url.endswith("/coach/") else None)
    bo.page.clock.install(time=0)
    bo.page.clock.pause_at(1_000)
    bo.pen.focus()
    for key in "Sorry.":
        bo.page.keyboard.press(key)
        bo.page.clock.run_for(PAUSE - 1)
    assert asked == []
    with bo.page.expect_request("**/coach/"):
        bo.page.clock.run_for(1)
    assert len(asked) == 1


def test_a_letter_that_quarrels_can_begin_anew_with_better_words_and_hears_when_its_moment_is_over(bo: Seat) -> None:
    quarrel = "You are mistaken: our records prove that you chose this vase."
    bo.pen.fill(quarrel)
    moment = bo.page.locator(".coach-moment")
    expect(moment).to_contain_text("As it is, it waits 60 seconds before it can leave.")
    bo.page.get_by_role("button", name="Send").click()
    expect(bo.page.locator("#composer").get_by_role("alert").filter(has_text="Take a moment.")).to_be_visible()
    expect(moment.locator("[data-until]")).to_contain_text("It can leave from")

    bo.page.clock.install()
    bo.page.reload()
    bo.see_the_case()
    expect(moment.locator("[data-until]")).to_be_visible()
    bo.page.clock.fast_forward(61_000)
    expect(moment).to_contain_text("The moment is over.")

    moment.get_by_role("button", name="Begin with").click()
    expect(bo.pen).to_have_value(re.compile(f"^Dear Ottoline, I am sorry that we .+\n\n{re.escape(quarrel)}$"))


def test_the_list_of_a_call_follows_what_is_ticked_and_what_is_written(bo: Seat) -> None:
    bo.page.locator("#composer").get_by_role("link", name="Call").click()
    listed = bo.page.locator(".call-list")
    tick = listed.get_by_label("Others who may be affected are checked.")
    tick.focus()
    bo.page.keyboard.press("Space")
    expect(listed.get_by_role("status")).to_have_text("1 of 8 bases")
    expect(tick).to_be_focused()

    bo.pen.fill("She has it free of charge.")
    expect(listed.get_by_role("status")).to_have_text("2 of 8 bases")
    expect(tick).to_be_checked()
    expect(listed.get_by_label("It costs them nothing.")).to_have_count(0)


def test_a_line_beside_the_empty_letter_leads_to_where_they_said_it(seat: Callable[[str], Seat], customer: str) -> None:
    bo = seat("bo")
    told = "You sent the wrong vase. " + "It stood on the table for a while. " * 60 + "My mother cried."
    bo.go(f"/cases/new/?name=Ottoline&address={customer}&title=The+vase&kind=complaint")
    bo.page.locator("[name=words]").fill(told)
    bo.page.get_by_role("button", name="Open the case").click()
    bo.see_the_case()
    bo.take_the_pen()
    line = bo.page.locator(".first-words a").filter(has_text="You sent the wrong vase.")
    line.click()
    expect(bo.page.locator("[id^=letter-]").first).to_be_in_viewport()
    bo.pen.fill("Dear Ottoline,")
    expect(line).to_have_count(0)
