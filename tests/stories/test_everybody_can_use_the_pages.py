"""axe finds no serious barrier on any page that staff or customers see, in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.peers.desk import Desk
from tests.stories.furniture import THIMBLE
from tests.stories.post import Post, a_letter, words_of
from tests.stories.seats import Seat, Seating

GRAVE = {"serious", "critical"}
OF_TIME = ("call", "promise", "hand-over", "brief", "promises", "duty", "ladder", "targets", "partner")


@pytest.fixture(scope="module")
def addresses(desk: Desk, post: Post, browser: Browser, signed_in_before: dict[Any, Any]) -> dict[str, str]:
    """Where the pages are, after one letter went to and fro."""
    customer = "axel@customer.example"
    post.put(THIMBLE, a_letter(f"Axel Ode <{customer}>", THIMBLE, "Der Deckel", "Guten Tag, der Deckel passt nicht."))
    delphine = Seating(browser, browser.new_context, desk.url)("delphine", signed_in_before)
    delphine.go()
    delphine.open("Axel")
    case = delphine.page.url.split("?")[0]
    delphine.answer("Guten Tag, es tut mir leid, dass der Deckel nicht passt. Ich sehe nach.")
    delphine.go("/people/")
    delphine.page.locator("#main").get_by_role("link", name="Axel").first.click()
    expect(delphine.page.locator("h1")).to_contain_text("Axel")
    person = delphine.page.url
    delphine.page.context.close()
    (letter,) = post.letters(customer)
    found = re.search(r"http\S+/c/\S+", words_of(letter))
    assert found is not None
    return {
        "now": f"{desk.url}/?view=all",
        "case": f"{case}?write=letter",
        "call": f"{case}?write=call",
        "promise": f"{case}promises/new/",
        "hand-over": f"{case}handover/",
        "brief": f"{case}brief/",
        "promises": f"{desk.url}/promises/?view=all",
        "duty": f"{desk.url}/duty/",
        "ladder": f"{desk.url}/ladder/",
        "targets": f"{desk.url}/settings/targets/",
        "partner": f"{desk.url}/settings/partners/new/",
        "person": person,
        "settings": f"{desk.url}/settings/you/",
        "mailbox": f"{desk.url}/settings/mail/new/email/",
        "sign-in": f"{desk.url}/accounts/login/",
        "form": f"{desk.url}/contact/thimble/",
        "case page": found.group(),
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["now", "case", "person", "settings", "mailbox", *OF_TIME])
def test_the_desk_has_no_serious_barrier(
    addresses: dict[str, str], seat: Callable[[str], Seat], place: str, scheme: Any
) -> None:
    page = seat("marguerite").page
    _look(page, addresses[place], scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["sign-in", "form", "case page"])
def test_pages_for_everybody_have_no_serious_barrier(
    addresses: dict[str, str], new_context: Callable[..., BrowserContext], place: str, scheme: Any
) -> None:
    _look(new_context().new_page(), addresses[place], scheme)


def _look(page: Page, address: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    grave = [
        f"{one['id']}: {one['help']} – {[node['html'][:160] for node in one['nodes']][:4]}"
        for one in found
        if one["impact"] in GRAVE
    ]
    assert grave == []
