"""Whatever page a link leads to: the browser's console shows no warning and no error, and it fits a phone."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator

from playwright.sync_api import ConsoleMessage, Page, ViewportSize, expect

from tests.peers.desk import Desk
from tests.stories.furniture import THIMBLE
from tests.stories.post import Post, a_letter
from tests.stories.seats import Seat

LOUD = {"warning", "error"}
NARROW: ViewportSize = {"width": 320, "height": 640}
"""The smallest window without sideways scrolling (WCAG 1.4.10)."""
STICKING_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 100))"""
NO_PAGE = re.compile(r"/(files|raw|as-sent|logout)\b")


def test_no_page_that_a_link_leads_to_complains_or_scrolls_sideways(
    seat: Callable[[str], Seat], desk: Desk, post: Post, customer: str
) -> None:
    long = "Überweisungsauftragsbestätigungsnummern" * 3
    letter = a_letter(
        f"Quill{long} <{customer}>", THIMBLE, f"A nib is bent {long}", f"The nib {long} of the pen is bent."
    )
    letter.add_attachment("bent", filename=f"{long}.txt")
    post.put(THIMBLE, letter)
    admin = seat("marguerite")
    admin.page.set_viewport_size(NARROW)
    complaints = heard_from(admin.page)
    expect(admin.go("/?view=all").locator("[data-row]").first).to_be_visible()
    seen, too_wide = [], []
    for address in walked(admin.page, desk.url):
        seen.append(address)
        if sticking_out := admin.page.evaluate(STICKING_OUT):
            too_wide.append((address, sticking_out))
    assert {"/", "/people/N/", "/cases/N/", "/settings/members/N/"} <= {shape(one, desk.url) for one in seen}
    assert complaints == []
    assert not too_wide, "\n".join(f"{address}: {words}" for address, words in too_wide)


def test_a_list_that_is_empty_asks_again_without_complaining(seat: Callable[[str], Seat]) -> None:
    admin = seat("marguerite")
    complaints = heard_from(admin.page)
    expect(admin.go("/?view=mine").locator("#queue .empty")).to_be_visible()
    with admin.page.expect_response(lambda answer: "/now/rows" in answer.url):
        admin.page.evaluate("document.body.dispatchEvent(new CustomEvent('live:poll'))")
    assert complaints == []


def heard_from(page: Page) -> list[str]:
    """What the console says from now on, with the page that it is about."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in LOUD:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return complaints


def walked(page: Page, url: str) -> Iterator[str]:
    """Go to one page of each shape that a link leads to; there, everything that is live asks again."""
    ahead, shapes = deque([page.url]), {shape(page.url, url)}
    while ahead:
        page.goto(ahead.popleft())
        page.evaluate("document.body.dispatchEvent(new CustomEvent('live:poll'))")
        yield page.url
        for address in page.locator("a[href]").evaluate_all("links => links.map(link => String(link.href))"):
            found = shape(address, url)
            if address.startswith(url) and not NO_PAGE.search(found) and found not in shapes:
                shapes.add(found)
                ahead.append(address)


def shape(address: str, url: str) -> str:
    """The address without what tells one person's page from another's."""
    path = re.sub(r"[?#].*", "", address.removeprefix(url))
    return re.sub(r"^/c/[^/]+", "/c/N", re.sub(r"\d+", "N", path))
