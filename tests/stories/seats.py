"""What people do at a desk, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState, expect

PASSWORD = "a long enough password"


@dataclass(frozen=True)
class Seat:
    """One colleague at one browser."""

    page: Page
    url: str

    def go(self, path: str = "/") -> Page:
        self.page.goto(self.url + path)
        return self.page

    def row(self, words: str) -> Locator:
        """The row of the Now list that says `words`."""
        return self.page.locator("[data-row]").filter(has_text=words)

    def open(self, words: str) -> None:
        """Open a case from Now, once it stands there."""
        self.row(words).locator("[data-open]").click()
        self.see_the_case()

    def see_the_case(self) -> None:
        """The case stands there, and its scripts have begun."""
        expect(self.next_step).to_be_visible()
        self.page.wait_for_load_state("load")

    @property
    def next_step(self) -> Locator:
        return self.page.locator("#nextstep")

    @property
    def timeline(self) -> Locator:
        return self.page.locator("#timeline")

    @property
    def pen(self) -> Locator:
        """The field in which a letter is written."""
        return self.page.locator("#composer textarea[data-text]")

    def take_the_pen(self) -> Locator:
        """Open the composer for a letter."""
        if not self.pen.is_visible():
            self.page.locator("#composer").get_by_role("link", name="Write to").click()
        expect(self.pen).to_be_visible()
        return self.pen

    def answer(self, words: str) -> None:
        """Write a letter and send it."""
        self.take_the_pen().fill(words)
        self.page.get_by_role("button", name="Send").click()
        expect(self.timeline.get_by_text(words)).to_be_visible()


class Seating:
    """Gives out seats; who has signed in once is not asked for the password again."""

    def __init__(self, browser: Browser, new_context: Callable[..., BrowserContext], url: str) -> None:
        self._browser, self._new_context, self._url = browser, new_context, url

    def __call__(self, first_name: str, known: dict[tuple[str, str], StorageState]) -> Seat:
        key = (self._url, first_name)
        if key not in known:
            known[key] = self._signed_in(first_name)
        return Seat(self._new_context(storage_state=known[key]).new_page(), self._url)

    def _signed_in(self, first_name: str) -> StorageState:
        context = self._browser.new_context()
        page = context.new_page()
        sign_in(page, self._url, f"{first_name}@desk.example", PASSWORD)
        state = context.storage_state()
        context.close()
        return state


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    """By the sign-in page, until the desk is there."""
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("Mail").first.fill(email)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("aside.rail")).to_be_visible()
