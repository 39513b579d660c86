"""At bad moments (the session over, the network dead, a key that repeats) words stay and nothing is done twice."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Request, Route, expect

from tests.stories.furniture import VANTRY
from tests.stories.post import Post, a_letter
from tests.stories.seats import PASSWORD, Seat, sign_in

SESSION = "sessionid"
SAVED = re.compile(r"Saved \d\d:\d\d")
LETTER = (
    "Dear Ottoline,\n\nthank you for telling us. We sent the wrong vase, and I am sorry. I will bring you the right one "
    "tomorrow at 10:00.\n\nBo Adeyemi"
)


def test_words_typed_after_the_session_ended_are_offered_back_after_signing_in(
    seat: Callable[[str], Seat], customer: str
) -> None:
    bo = at_a_case_of_ones_own(seat("bo"), customer)
    status = bo.page.locator("#draft-status")
    pen = bo.take_the_pen()
    pen.press_sequentially("We are sorry.")
    expect(status).to_have_text(SAVED)

    bo.page.context.clear_cookies(name=SESSION)
    pen.press_sequentially(" It was our mistake.")
    expect(bo.page.locator("#flashes")).to_contain_text("You are signed out.")
    expect(status).to_have_text("Saved on this computer only")
    expect(bo.pen).to_have_value("We are sorry. It was our mistake.")

    bo.page.get_by_role("button", name="Send").click()
    bo.page.get_by_label("Mail").first.fill("bo@desk.example")
    bo.page.locator("input[type=password]").fill(PASSWORD)
    bo.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(bo.pen).to_have_value("We are sorry.")
    status.get_by_role("button", name="Take them").click()
    expect(bo.pen).to_have_value("We are sorry. It was our mistake.")


def test_words_typed_before_the_page_was_all_there_are_saved(seat: Callable[[str], Seat], customer: str) -> None:
    bo = at_a_case_of_ones_own(seat("bo"), customer)
    late: list[Route] = []
    bo.page.route("**/composer*.js", lambda route: late.append(route))
    bo.page.goto(f"{bo.page.url.split('?')[0]}?write=letter", wait_until="commit")
    bo.pen.press_sequentially("We are sorry.")
    bo.page.wait_for_timeout(50)
    late[0].continue_()
    expect(bo.page.locator("#draft-status")).to_have_text(SAVED)


def test_enter_keeps_a_promise_and_keys_pressed_twice_send_one_letter(
    seat: Callable[[str], Seat], customer: str
) -> None:
    bo = at_a_case_of_ones_own(seat("bo"), customer)
    found, sheet = bo.page.locator("#promises-found"), bo.page.locator("#sheet")
    bo.take_the_pen().fill(LETTER)
    expect(bo.page.locator("#draft-status")).to_have_text(SAVED)
    found.get_by_role("link", name="Change").click()
    expect(sheet.get_by_label("What is promised")).to_be_focused()
    bo.page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    expect(found).to_contain_text("New promise:")

    sent: list[Request] = []
    bo.page.on("request", lambda one: sent.append(one) if one.url.endswith("/letters/") else None)
    bo.pen.press("Control+Enter")
    bo.page.keyboard.press("Control+Enter")
    expect(bo.timeline.get_by_text("We sent the wrong vase")).to_be_visible()
    assert len(sent) == 1


def test_a_sheet_that_cannot_be_fetched_says_so_and_shows_no_other_deed(
    seat: Callable[[str], Seat], customer: str
) -> None:
    bo = at_a_case_of_ones_own(seat("bo"), customer)
    sheet, said = bo.page.locator("#sheet"), bo.page.locator("#flashes")
    bo.page.locator('a[data-key="h"]').click()
    expect(sheet).to_contain_text("Hand over")
    bo.page.keyboard.press("Escape")

    bo.page.route("**/step/later/", lambda route: route.fulfill(status=500, body="It broke."))
    bo.next_step.locator('[data-key="s"]').click()
    expect(said).to_contain_text("The desk could not do this.")
    expect(sheet).to_be_hidden()

    bo.page.context.set_offline(True)
    bo.next_step.locator('[data-key="e"]').click()
    expect(said).to_contain_text("The desk does not answer.")
    bo.page.context.set_offline(False)
    bo.next_step.locator('[data-key="e"]').click()
    expect(sheet.get_by_role("button", name="Done")).to_be_visible()
    expect(said).to_be_empty()


def test_whoever_signs_in_beside_an_old_tab_of_a_colleague_hears_their_own_news(
    seat: Callable[[str], Seat], post: Post, customer: str
) -> None:
    bo = seat("bo")
    bo.go()
    bo.page.wait_for_load_state("load")
    bo.page.context.clear_cookies(name=SESSION)
    callum = Seat(bo.page.context.new_page(), bo.url)
    sign_in(callum.page, callum.url, "callum@desk.example", PASSWORD)
    post.put(VANTRY, a_letter(f"Rufus <{customer}>", VANTRY, "The line is dead", "No line since noon."))
    expect(callum.row("Rufus")).to_be_visible()


def test_a_page_whose_ticket_is_too_old_fetches_another_and_is_live_again(seat: Callable[[str], Seat]) -> None:
    bo = seat("bo")
    asked: list[str] = []

    def refuse_the_first(route: Route) -> None:
        asked.append(route.request.url)
        if route.request.url == asked[0]:
            route.fulfill(status=401, body="Sign in again.")
        else:
            route.continue_()

    bo.page.route("**/events?*", refuse_the_first)
    not_live = bo.go().locator("[data-live-line]")
    expect(not_live).to_be_visible()
    expect(not_live).to_be_hidden()


def at_a_case_of_ones_own(seat: Seat, customer: str) -> Seat:
    """A customer has rung; the case is open."""
    seat.go(f"/cases/new/?name=Ottoline&address={customer}&title=The+wrong+vase")
    seat.page.get_by_role("button", name="Open the case").click()
    seat.see_the_case()
    return seat
