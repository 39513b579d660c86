"""Sixty people wait: everything by key, and not a word is lost when the network dies."""

from __future__ import annotations

import mailbox
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.peers.desk import Desk
from tests.stories.furniture import BLUEBELL
from tests.stories.post import Post, a_letter
from tests.stories.seats import Seat

WAITING = 60
TAKEN_IN_WITHIN = 60
WORDS = "I look at your line today and write to you before six."


@pytest.fixture(scope="module")
def sixty(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sixty people have written to Hattie's brand."""
    path = tmp_path_factory.mktemp("archive") / "sixty.mbox"
    box = mailbox.mbox(path)
    for number in range(WAITING):
        writer = f"Writer{number:02d} <writer{number:02d}@customer.example>"
        box.add(a_letter(writer, BLUEBELL, f"Line {number:02d}", f"Can you look at my line {number:02d}?"))
    box.close()
    done = desk.amends("mail", "take", path, "--to", BLUEBELL)
    assert done.returncode == 0, done.stderr
    end = time.monotonic() + TAKEN_IN_WITHIN
    while desk.rows("SELECT id FROM channels_kept WHERE state = 'waiting'") and time.monotonic() < end:
        time.sleep(0.5)


@pytest.fixture
def hattie(seat: Callable[[str], Seat], sixty: None) -> Seat:
    """Hattie before her list, with everybody on it."""
    hattie = seat("hattie")
    hattie.go()
    expect(hattie.row("Writer").nth(9)).to_be_visible()
    return hattie


def test_by_keys_alone_one_answers_hands_over_finishes_and_goes_on(hattie: Seat, post: Post) -> None:
    press = hattie.page.keyboard.press
    current = hattie.page.locator("[data-row].is-current")
    press("j")
    first = current.get_attribute("id")
    press("j")
    second = current.get_attribute("id")
    assert first != second
    press("k")
    expect(current).to_have_attribute("id", first or "")

    press("Enter")
    hattie.see_the_case()
    press("r")
    expect(hattie.pen).to_be_focused()
    hattie.page.keyboard.type(WORDS)
    press("Control+Enter")
    expect(hattie.timeline.get_by_text(WORDS)).to_be_visible()

    press("Escape")
    press("Escape")
    expect(hattie.page.locator("#queue")).to_be_visible()
    hattie.page.wait_for_load_state("load")
    press("j")
    expect(current).to_be_visible()
    press("h")
    expect(hattie.page.locator("#sheet[open]")).to_contain_text("Hand over")
    press("Escape")
    expect(hattie.page.locator("#sheet[open]")).to_have_count(0)
    press("e")
    expect(hattie.page.locator("#sheet[open]")).to_be_visible()


def test_words_typed_while_the_network_is_dead_are_kept_and_offered_back(hattie: Seat) -> None:
    hattie.row("Writer").last.locator("[data-open]").click()
    hattie.see_the_case()
    hattie.take_the_pen()
    network = hattie.page.context
    network.set_offline(True)
    hattie.pen.press_sequentially(WORDS)
    expect(hattie.page.locator("#draft-status")).to_contain_text("Saved on this computer only")
    # The browser is closed and opened again before the network is back.
    case = hattie.page.url
    network.set_offline(False)
    hattie.page.evaluate("addEventListener('pagehide', event => event.stopImmediatePropagation(), true)")
    hattie.page.close(run_before_unload=False)
    again = Seat(network.new_page(), hattie.url)
    again.page.goto(case.split("?")[0])
    again.take_the_pen()
    if again.pen.input_value() != WORDS:
        again.page.get_by_role("button", name="Take them").click()
    expect(again.pen).to_have_value(WORDS)
    expect(again.page.locator("#draft-status")).to_contain_text("Saved ")


def test_a_letter_sent_into_a_dead_network_is_offered_back(hattie: Seat) -> None:
    hattie.row("Writer").nth(5).locator("[data-open]").click()
    hattie.see_the_case()
    case = hattie.page.url.split("?")[0]
    hattie.take_the_pen()
    hattie.page.context.set_offline(True)
    hattie.pen.press_sequentially(WORDS)
    hattie.page.keyboard.press("Control+Enter")
    hattie.page.wait_for_timeout(1500)
    hattie.page.context.set_offline(False)
    hattie.page.goto(case)
    hattie.take_the_pen()
    if hattie.pen.input_value() != WORDS:
        hattie.page.get_by_role("button", name="Take them").click()
    expect(hattie.pen).to_have_value(WORDS)
    expect(hattie.timeline.get_by_text(WORDS)).to_have_count(0)
