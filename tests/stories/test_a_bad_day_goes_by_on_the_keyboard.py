"""Sixty people wait: everything by key, and not a word is lost when the network dies."""

from __future__ import annotations

import mailbox
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

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


def test_by_keys_alone_one_finds_a_case_answers_it_and_comes_back(hattie: Seat, post: Post) -> None:
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
    expect(hattie.pen).to_be_hidden()  # the news of the letter may be here before the answer to it

    press("Escape")
    press("Escape")
    expect(hattie.page.locator("#queue")).to_be_visible()


def test_by_keys_alone_one_hands_over_and_stands_before_the_next(hattie: Seat, seat: Callable[[str], Seat]) -> None:
    press, sheet = hattie.page.keyboard.press, hattie.page.locator("#sheet[open]")
    writer, following = _first_two(hattie)
    press("h")
    expect(sheet).to_contain_text("Hand over")
    press("Escape")
    expect(sheet).to_have_count(0)
    expect(_link(hattie, writer)).to_be_focused()

    press("h")
    choice = sheet.get_by_role("radio")
    expect(choice.first).to_be_focused()
    press("Control+Enter")
    expect(sheet).to_contain_text("Choose who has it now.")
    expect(choice.first).to_be_focused()
    ines = sheet.get_by_role("radio", name="Ines Calder")
    for _ in range(choice.count()):
        press("ArrowDown")
        if ines.is_checked():
            break
    expect(ines).to_be_checked()
    press("Tab")
    summary = sheet.get_by_label("Two lines for them")
    expect(summary).to_be_focused()
    press("Control+Home")
    hattie.page.keyboard.type("The line is down. Ring the exchange.")
    press("Enter")
    expect(summary).to_have_value(re.compile(r"exchange\.\n.*" + writer))
    press("Control+Enter")
    expect(sheet).to_have_count(0)
    expect(hattie.page.get_by_text("Ines Calder has the case now.")).to_be_visible()
    expect(hattie.row(writer)).to_have_count(0)
    expect(_link(hattie, following)).to_be_focused()

    colleague = seat("ines")
    colleague.go()
    expect(colleague.row(writer).first).to_be_visible()
    expect(colleague.page.get_by_text("The line is down. Ring the exchange.").first).to_be_visible()


def test_the_cursor_stays_on_the_list_when_two_parts_of_the_page_change_at_once(hattie: Seat) -> None:
    _writer, following = _first_two(hattie)
    hattie.page.evaluate(
        """() => {
            const say = (name) => document.dispatchEvent(new CustomEvent(name, { detail: { target: document.body } }));
            const row = document.querySelector("[data-row]");
            row.querySelector("[data-open]").focus();
            say("htmx:beforeSwap");
            row.remove();
            say("htmx:beforeSwap");
            say("htmx:afterSettle");
        }"""
    )
    expect(_link(hattie, following)).to_be_focused()


def test_by_keys_alone_one_finishes_a_step_and_says_what_comes_first(hattie: Seat) -> None:
    press, sheet = hattie.page.keyboard.press, hattie.page.locator("#sheet[open]")
    writer, _following = _first_two(hattie)
    press("e")
    expect(sheet.get_by_role("radio").first).to_be_focused()
    press("ArrowDown")
    press("Tab")
    expect(sheet.get_by_label("What comes next")).to_be_focused()
    hattie.page.keyboard.type("Measure the line")
    press("Tab")
    expect(sheet.locator("[name=when]").first).to_be_focused()
    press("Space")
    press("Control+Enter")
    expect(sheet).to_have_count(0)
    expect(hattie.row(writer)).to_contain_text("Measure the line")
    expect(hattie.page.locator(".is-current [data-open]")).to_be_focused()


def test_by_keys_alone_one_closes_a_case_with_its_reason_and_opens_the_next(hattie: Seat) -> None:
    press, sheet = hattie.page.keyboard.press, hattie.page.locator("#sheet[open]")
    writer, following = _first_two(hattie)
    press("Enter")
    hattie.see_the_case()
    press("Control+k")
    expect(hattie.page.locator("#palette input")).to_be_focused()
    hattie.page.keyboard.type("close")
    expect(hattie.page.locator("#palette [role=option]")).to_have_count(1)
    press("Enter")
    expect(sheet).to_contain_text("Close the case")
    reason = sheet.get_by_role("radio", name="A question was answered")
    expect(sheet.get_by_role("radio").first).to_be_focused()
    press("ArrowDown")
    expect(reason).to_be_checked()
    press("Tab")
    expect(sheet.get_by_label("In a few words")).to_be_focused()
    hattie.page.keyboard.type("The line was down for an hour.")
    press("Control+Enter")
    expect(sheet).to_have_count(0)
    expect(hattie.page.locator("#nextstep.is-closed")).to_contain_text("A question was answered")

    press("Escape")
    expect(hattie.page.locator("#queue")).to_be_visible()
    expect(hattie.row(writer)).to_have_count(0)
    expect(hattie.page.locator("[data-row].is-current")).to_contain_text(following)
    press("Enter")
    hattie.see_the_case()
    expect(hattie.timeline).to_contain_text(following)


def _first_two(seat: Seat) -> list[str]:
    """The cursor stands on the first row; whose it is, and whose the one below."""
    seat.page.keyboard.press("j")
    names = seat.page.locator("[data-row] [data-open] b")
    expect(_link(seat, names.first.inner_text())).to_be_focused()
    return [names.nth(number).inner_text() for number in range(2)]


def _link(seat: Seat, writer: str) -> Locator:
    return seat.row(writer).locator("[data-open]")


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
    expect(hattie.page.get_by_text("ERR_INTERNET_DISCONNECTED")).to_be_visible()
    hattie.page.context.set_offline(False)
    hattie.page.goto(case)
    hattie.take_the_pen()
    if hattie.pen.input_value() != WORDS:
        hattie.page.get_by_role("button", name="Take them").click()
    expect(hattie.pen).to_have_value(WORDS)
    expect(hattie.timeline.get_by_text(WORDS)).to_have_count(0)
