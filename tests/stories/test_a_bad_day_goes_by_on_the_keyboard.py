"""Sixty people wait: everything by key, and not a word is lost when the network dies."""

from __future__ import annotations

import mailbox
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.peers.desk import Desk
from tests.stories.furniture import VANTRY
from tests.stories.post import Post, a_letter
from tests.stories.seats import Seat

WAITING = 60
TAKEN_IN_WITHIN = 60
WORDS = "I look at your line today and write to you before six."


@pytest.fixture(scope="module")
def sixty(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sixty people have written to Callum's brand."""
    path = tmp_path_factory.mktemp("archive") / "sixty.mbox"
    box = mailbox.mbox(path)
    for number in range(WAITING):
        writer = f"Writer{number:02d} <writer{number:02d}@customer.example>"
        box.add(a_letter(writer, VANTRY, f"Line {number:02d}", f"Can you look at my line {number:02d}?"))
    box.close()
    done = desk.amends("mail", "take", path, "--to", VANTRY)
    assert done.returncode == 0, done.stderr
    end = time.monotonic() + TAKEN_IN_WITHIN
    while desk.rows("SELECT id FROM channels_kept WHERE state = 'waiting'") and time.monotonic() < end:
        time.sleep(0.5)


@pytest.fixture
def callum(seat: Callable[[str], Seat], sixty: None) -> Seat:
    """Callum before his list, with everybody on it."""
    callum = seat("callum")
    callum.go()
    expect(callum.row("Writer").nth(9)).to_be_visible()
    return callum


def test_by_keys_alone_one_answers_hands_over_finishes_and_goes_on(callum: Seat, post: Post) -> None:
    press = callum.page.keyboard.press
    current = callum.page.locator("[data-row].is-current")
    press("j")
    first = current.get_attribute("id")
    press("j")
    second = current.get_attribute("id")
    assert first != second
    press("k")
    expect(current).to_have_attribute("id", first or "")

    press("Enter")
    callum.see_the_case()
    press("r")
    expect(callum.pen).to_be_focused()
    callum.page.keyboard.type(WORDS)
    press("Control+Enter")
    expect(callum.timeline.get_by_text(WORDS)).to_be_visible()

    press("Escape")
    press("Escape")
    expect(callum.page.locator("#queue")).to_be_visible()
    press("j")
    press("h")
    expect(callum.page.locator("#sheet[open]")).to_contain_text("Hand over")
    press("Escape")
    expect(callum.page.locator("#sheet[open]")).to_have_count(0)
    press("e")
    expect(callum.page.locator("#sheet[open]")).to_be_visible()


def test_words_typed_while_the_network_is_dead_are_kept_and_offered_back(callum: Seat) -> None:
    callum.row("Writer").last.locator("[data-open]").click()
    callum.see_the_case()
    callum.take_the_pen()
    network = callum.page.context
    network.set_offline(True)
    callum.pen.press_sequentially(WORDS)
    expect(callum.page.locator("#draft-status")).to_contain_text("Saved on this computer only")
    # The browser is closed and opened again before the network is back.
    case = callum.page.url
    network.set_offline(False)
    callum.page.evaluate("addEventListener('pagehide', event => event.stopImmediatePropagation(), true)")
    callum.page.close(run_before_unload=False)
    again = Seat(network.new_page(), callum.url)
    again.page.goto(case.split("?")[0])
    again.take_the_pen()
    if again.pen.input_value() != WORDS:
        again.page.get_by_role("button", name="Take them").click()
    expect(again.pen).to_have_value(WORDS)
    expect(again.page.locator("#draft-status")).to_contain_text("Saved ")


def test_a_letter_sent_into_a_dead_network_is_offered_back(callum: Seat) -> None:
    callum.row("Writer").nth(5).locator("[data-open]").click()
    callum.see_the_case()
    case = callum.page.url.split("?")[0]
    callum.take_the_pen()
    callum.page.context.set_offline(True)
    callum.pen.press_sequentially(WORDS)
    callum.page.keyboard.press("Control+Enter")
    callum.page.wait_for_timeout(1500)
    callum.page.context.set_offline(False)
    callum.page.goto(case)
    callum.take_the_pen()
    if callum.pen.input_value() != WORDS:
        callum.page.get_by_role("button", name="Take them").click()
    expect(callum.pen).to_have_value(WORDS)
    expect(callum.timeline.get_by_text(WORDS)).to_have_count(0)
