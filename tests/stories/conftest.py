"""The stage: one furnished desk for most stories, its post, and seats for the cast."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState

from tests.peers.browser import browser_type_launch_args as browser_type_launch_args
from tests.peers.desk import Desk, running_desk
from tests.stories.furniture import a_desk_at_work
from tests.stories.post import Post, running_post
from tests.stories.seats import Seat, Seating

BROWSER = {"browser"}
IMAP = {"post"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The markers follow from what a story needs."""
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if needs & BROWSER:
            item.add_marker(pytest.mark.browser)
        if needs & IMAP:
            item.add_marker(pytest.mark.imap)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A story that fails shows what the desk said meanwhile."""
    report = yield
    if report.failed:
        told = getattr(item, "funcargs", {}).values()
        report.sections += [("what the desk wrote", one.log()) for one in told if isinstance(one, Desk)]
    return report


@pytest.fixture(scope="session")
def post() -> Iterator[Post]:
    """Every mailbox of the stories, and the way into them."""
    with running_post() as running:
        yield running


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[Desk]:
    """A desk at work: see `furniture.a_desk_at_work`."""
    furniture = a_desk_at_work(post)
    with running_desk(tmp_path_factory.mktemp("desk"), furniture=furniture, trust=post.authority) as running:
        yield running


@pytest.fixture(scope="session")
def signed_in_before() -> dict[tuple[str, str], StorageState]:
    """Who has signed in already in this run."""
    return {}


@pytest.fixture
def seat(
    browser: Browser,
    new_context: Callable[..., BrowserContext],
    desk: Desk,
    signed_in_before: dict[tuple[str, str], StorageState],
) -> Callable[[str], Seat]:
    """`seat("delphine")`: she sits down at the desk, in a browser of her own."""
    seating = Seating(browser, new_context, desk.url)
    return lambda first_name: seating(first_name, signed_in_before)


@pytest.fixture(scope="module")
def context_of_the_story(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window that stays open over the tests of one story."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def customer() -> str:
    """The address of somebody who never wrote before."""
    return f"rosalind.{secrets.token_hex(4)}@customer.example"
