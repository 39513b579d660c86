"""S33: pictures that lie elsewhere, in a real browser and with a server outside that notes who asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pytest_django.live_server_helper import LiveServer

from amends.cases.models import Entry
from amends.flows import page_links
from tests.cast import Cast, hear, mail
from tests.security import sink as sinks
from tests.security.sink import Sink

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADERS = "X-Rest: x\nContent-Type: text/html; charset=utf-8\n"
SHOWN = "() => [...document.querySelectorAll('.as-sent img')].map(one => one.naturalWidth)"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinks.running() as found:
        yield found


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def window(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A window that goes nowhere but to the desk, and says so when something would."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=request.param)

    def guard(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:")):
            route.continue_()
        else:
            strays.append(route.request.url)
            route.abort()

    strays: list[str] = []
    context.route("**/*", guard)
    yield context
    context.close()
    assert strays == [], "the browser itself asked somebody else"


def letter(cast: Cast, sink: Sink) -> Entry:
    """A newsletter as they are: a picture, the same again, one by way of another address, and two that nobody sees."""
    sink.there["/moved.png"] = (302, {"Location": "/b.png"}, b"")
    html = (
        f"<h1>Look</h1><p><img src='{sink.url}/a.png' alt='The van'><img src='{sink.url}/a.png'>"
        f"<img src='{sink.url}/moved.png'><p>Yours</p><img src='{sink.url}/open.gif?who=rosalind' width=1 height=1>"
        f"<div style=\"background:url('{sink.url}/paper.png')\"><img style='display:none' src='{sink.url}/hidden.gif'>"
    )
    entry = hear(cast.mailbox, mail(text=html, headers=HEADERS), timezone.now())
    assert entry is not None
    return entry


def sign_in(window: BrowserContext, cast: Cast, url: str) -> Page:
    client = Client()
    client.force_login(cast.delphine)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    window.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])
    return window.new_page()


def test_nothing_is_fetched_until_somebody_asks_and_then_each_picture_once(
    cast: Cast, sink: Sink, window: BrowserContext, live_server: LiveServer
) -> None:
    with sinks.reached(sink, as_if_public=True):
        entry = letter(cast, sink)
        page = sign_in(window, cast, live_server.url)
        for path in (f"/cases/{entry.case_id}/", f"/entries/{entry.pk}/as-sent/", "/", "/find/?q=look"):
            page.goto(path)
        page.goto(f"/c/{page_links.token_for(entry.case, timezone.now())}/all/")
        page.goto(f"/entries/{entry.pk}/as-sent/")
        assert page.evaluate(SHOWN) == [] and sink.asked == []
        page.get_by_role("button", name="Show pictures from pictures.elsewhere.example").click()
        page.wait_for_load_state("load")
        assert page.evaluate(SHOWN) == [160, 160, 160]
        page.reload()
        page.goto(f"/c/{page_links.token_for(entry.case, timezone.now())}/all/")
    assert sorted(sink.paths) == ["/a.png", "/b.png", "/moved.png"], "none twice, and none that nobody sees"
    for _path, headers in sink.asked:
        assert headers["User-Agent"] == "Amends", "the desk asks, not the browser"
        assert not {"Cookie", "Referer"} & headers.keys()


def test_a_picture_in_our_own_network_is_never_fetched(
    cast: Cast, sink: Sink, window: BrowserContext, live_server: LiveServer
) -> None:
    """The same letter with the guard as it stands: the sink's address is a private one."""
    with sinks.reached(sink, as_if_public=False):
        entry = letter(cast, sink)
        page = sign_in(window, cast, live_server.url)
        page.goto(f"/entries/{entry.pk}/as-sent/")
        page.get_by_role("button", name="Show pictures from").click()
        page.get_by_text("2 not shown: leads into a private network, where the desk does not go.").wait_for()
        assert page.evaluate(SHOWN) == []
    assert sink.asked == []
