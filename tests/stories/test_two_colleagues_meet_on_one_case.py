"""Two on one case: they see each other, see whose pen it is, and take it over without losing words."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.stories.furniture import THIMBLE
from tests.stories.post import Post, a_letter
from tests.stories.seats import Seat


def test_they_see_each_other_read_and_write_and_one_takes_the_pen(
    seat: Callable[[str], Seat], post: Post, customer: str
) -> None:
    post.put(
        THIMBLE, a_letter(f"Philippa <{customer}>", THIMBLE, "A cup is missing", "One of the six cups is missing.")
    )
    bo, ines = seat("bo"), seat("ines")
    for one in (bo, ines):
        one.go("/?view=team")
        one.open("Philippa")
    expect(bo.page.locator("#presence")).to_contain_text("Ines Calder is reading")
    ines.page.reload()
    expect(ines.page.locator("#presence")).to_contain_text("Bo Adeyemi is reading")

    bo.take_the_pen().press_sequentially("I am sorry that a cup is missing.")
    expect(bo.page.locator("#draft-status")).to_contain_text("Saved")
    expect(ines.page.locator("#presence")).to_contain_text("Bo Adeyemi is writing")

    ines.page.reload()
    composer = ines.page.locator("#composer")
    expect(composer).to_contain_text("Bo Adeyemi is writing this")
    composer.get_by_role("button", name="Take over").click()
    expect(ines.pen).to_have_value("I am sorry that a cup is missing.")

    bo.pen.press_sequentially(" It leaves today.")
    expect(bo.page.locator("[data-conflict]")).to_contain_text("Ines Calder is writing this answer")
    expect(bo.pen).to_have_value("I am sorry that a cup is missing. It leaves today.")
