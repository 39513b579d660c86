"""S1, S2, S33: hostile mails on every page that shows them, in a real browser. Nothing acts, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Route
from pytest_django.live_server_helper import LiveServer

from amends.cases.models import Case, Entry, File, Letter
from amends.desk.pictures import with_pictures
from amends.flows import page_links
from amends.kit.html import sanitise
from tests.cast import Cast, hear
from tests.security import hostile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MAILS = 24
WATCH = """
window.x7heard = [];
window.x7canary = () => window.x7heard.push('x7canary');
for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => window.x7heard.push(name);
document.addEventListener('securitypolicyviolation', e => window.x7heard.push('CSP ' + e.effectiveDirective));
"""
WALK = """bodies => {
  const wrong = [];
  const box = document.createElement('div');
  document.body.append(box);
  for (const [n, html] of bodies.entries()) {
    for (const root of [new DOMParser().parseFromString(html, 'text/html').body, box]) {
      if (root === box) box.innerHTML = html;
      for (const node of root.querySelectorAll('*')) {
        for (const {name, value} of node.attributes)
          if (/^on|^style$|^class$|^id$|^name$|^srcset$|^action$|^hx-|^data-/.test(name)
              || /^(href|src)$/.test(name) && !/^(https?:|mailto:|tel:|cid:)/i.test(value.trim())) wrong.push([n, name]);
        if (/^(script|style|iframe|object|embed|svg|math|form|input|base|link|meta|template|video|audio)$/i.test(node.tagName))
          wrong.push([n, node.tagName]);
      }
    }
  }
  return wrong;
}"""


@dataclass
class Trap:
    """A browser window that tells what acted in it and what it asked for outside the desk."""

    page: Page
    url: str
    asked: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def look(self, path: str) -> None:
        self.page.goto(self.url + path, wait_until="load")
        self.page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
        self.heard += [f"{path}: {one}" for one in self.page.evaluate("window.x7heard")]


@pytest.fixture
def trap(browser: Browser, live_server: LiveServer) -> Iterator[Trap]:
    context = browser.new_context()
    page = context.new_page()
    found = Trap(page, live_server.url)

    def guard(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:")):
            route.continue_()
        else:
            found.asked.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page.add_init_script(WATCH)

    def dismiss(dialog: Dialog) -> None:
        found.heard.append("a dialog")
        dialog.dismiss()

    def note(said: ConsoleMessage) -> None:
        if "Content Security" in said.text:
            found.heard.append(said.text)

    page.on("dialog", dismiss)
    page.on("console", note)
    yield found
    context.close()


def test_nothing_in_a_hostile_mail_acts_on_any_page(trap: Trap, cast: Cast) -> None:
    now = timezone.now()
    for raw in hostile.mails(MAILS, cast.mailbox.address):
        assert hear(cast.mailbox, raw, now) is not None
    cases = list(Case.objects.order_by("pk"))
    assert len(cases) == MAILS
    assert sum("<" in html for html in Letter.objects.values_list("html", flat=True)) >= MAILS // 2
    _sign_in(trap.page.context, cast, trap.url)
    for path in pages(cases):
        trap.look(path)
    assert (trap.heard, trap.asked) == ([], [])


def test_the_browser_reads_out_of_clean_words_what_we_read(trap: Trap, cast: Cast) -> None:
    """All of them, parsed and put into a page by the browser itself: it may see what no parser of ours does."""
    trap.page.goto(trap.url + reverse("contact", args=[cast.thimble.slug]))
    clean = [with_pictures(sanitise(body), {}) for body in hostile.bodies()]
    assert trap.page.evaluate(WALK, clean) == []
    assert trap.page.evaluate("window.x7heard") == []
    assert trap.asked == []


def test_the_trap_catches_what_it_is_for(trap: Trap, cast: Cast) -> None:
    """The same page with the mail as it came: the content policy holds it back and says so, and it reaches out."""
    trap.page.goto(trap.url + reverse("contact", args=[cast.thimble.slug]))
    bare = "<img src=x onerror=x7canary()><p style='color:red'>x</p>"
    assert trap.page.evaluate(WALK, [bare, f"<img src={hostile.OUTSIDE}>"])
    trap.page.wait_for_function("window.x7heard.length > 1")


def pages(cases: list[Case]) -> Iterator[str]:
    """Everywhere that a sender's words are shown."""
    for case in cases:
        yield reverse("case", args=[case.pk])
    for entry in Entry.objects.filter(kind="contact.in", letter__isnull=False).exclude(letter__html=""):
        yield reverse("as_sent", args=[entry.pk])
    yield from (reverse(name) for name in ("now", "people", "outbox"))
    for words in ("x7canary", "hostile1", "script", "img"):
        yield f"{reverse('search')}?q={quote(words)}"
        yield f"{reverse('people')}?q={quote(words)}"
    for case in cases[::4]:
        yield reverse("person", args=[case.customer_id])
        yield reverse("case_merge", args=[case.pk])
        yield reverse("case_split", args=[case.pk])
        yield reverse("case_handover", args=[case.pk])
        link = page_links.token_for(case, timezone.now())
        yield reverse("case_page", args=[link])
        yield reverse("case_page_all", args=[link])


def _sign_in(context: BrowserContext, cast: Cast, url: str) -> None:
    client = Client()
    client.force_login(cast.marguerite)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


def test_files_of_hostile_mails_are_never_shown(cast: Cast, live_server: LiveServer) -> None:
    """S2: whatever a sender calls them, they are kept and handed out, not shown."""
    for raw in hostile.mails(3, cast.mailbox.address):
        hear(cast.mailbox, raw, timezone.now())
    browser = Client()
    browser.force_login(cast.marguerite)
    files = list(File.objects.all())
    assert len(files) >= 12
    for file in files:
        answer = browser.get(reverse("file", args=[file.pk, "x"]))
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
