"""First run: an empty database, one page, a mailbox that is tested live, and a colleague who joins by a link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.peers.desk import Desk, running_desk
from tests.stories.post import Post, a_letter
from tests.stories.seats import PASSWORD, sign_in

ADDRESS = "help@larkspur.example"


@pytest.fixture(scope="module")
def empty_desk(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[Desk]:
    """A desk that was never set up."""
    with running_desk(tmp_path_factory.mktemp("empty"), trust=post.authority) as desk:
        yield desk


@pytest.fixture(scope="module")
def admin(context_of_the_story: BrowserContext) -> Page:
    """The browser of the one who sets the desk up."""
    return context_of_the_story.new_page()


def test_whoever_opens_an_empty_desk_sets_it_up_on_one_page(empty_desk: Desk, admin: Page) -> None:
    admin.goto(empty_desk.url)
    expect(admin.get_by_role("heading", name="Set up your desk")).to_be_visible()
    for label, words in (
        ("Name of the desk", "Larkspur's desk"),
        ("Name that customers know", "Larkspur"),
        ("Time zone", "Europe/London"),
        ("Your name", "Tamsin Holt"),
        ("Your mail address", "tamsin@desk.example"),
        ("Password", PASSWORD),
    ):
        admin.get_by_label(label).first.fill(words)
    admin.get_by_role("button", name="Open the desk").click()
    expect(admin.get_by_role("heading", name="steps to begin")).to_be_visible()


def test_a_second_visitor_cannot_set_it_up_again(empty_desk: Desk, page: Page) -> None:
    answer = page.goto(f"{empty_desk.url}/welcome/")
    assert answer is not None
    assert answer.status == 404
    page.goto(empty_desk.url)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_wrong_password_is_told_with_what_to_do(empty_desk: Desk, admin: Page, post: Post) -> None:
    admin.goto(f"{empty_desk.url}/settings/begin/")
    admin.get_by_role("link", name="Open your mailbox").click()
    admin.get_by_role("link", name="Any other mailbox").click()
    _describe_mailbox(admin, post, "not the password")
    admin.get_by_role("button", name="Test this mailbox").click()
    findings = admin.locator("#findings")
    expect(findings.get_by_label("Does not work").first).to_be_visible()
    expect(findings.locator(".mend").first).to_contain_text("password")


def test_the_right_password_is_green_at_every_step(admin: Page, post: Post) -> None:
    admin.locator("#id_password").fill(post.password)
    admin.get_by_role("button", name="Test this mailbox").click()
    findings = admin.locator("#findings")
    expect(findings.get_by_label("Does not work")).to_have_count(0)
    expect(findings.get_by_label("Works")).not_to_have_count(0)
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.locator(".saved")).to_be_visible()


def test_the_mailbox_is_heard_at_once(empty_desk: Desk, admin: Page, post: Post) -> None:
    admin.goto(empty_desk.url)
    letter = a_letter("Odile <odile@customer.example>", ADDRESS, "The blue vase", "Where does my vase stay?")
    post.put(ADDRESS, letter)
    expect(admin.locator("[data-row]").filter(has_text="Odile")).to_be_visible()


def test_a_colleague_joins_by_the_link_and_signs_in(empty_desk: Desk, admin: Page, page: Page) -> None:
    admin.goto(f"{empty_desk.url}/settings/begin/")
    admin.get_by_role("link", name="Invite your colleagues").click()
    admin.get_by_label("Name").first.fill("Piers Lund")
    admin.get_by_label("Mail address").first.fill("piers@desk.example")
    admin.get_by_role("button", name="Make the invitation").click()
    link = admin.locator(".copyable code").inner_text()
    assert link.startswith(empty_desk.url)

    page.goto(link)
    expect(page.get_by_role("heading", name="Welcome, Piers")).to_be_visible()
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()
    expect(page.locator("aside.rail")).to_contain_text("Piers Lund")

    page.context.clear_cookies()
    sign_in(page, empty_desk.url, "piers@desk.example", PASSWORD)
    page.context.clear_cookies()
    spent = page.goto(link)
    assert spent is not None
    assert spent.status == 410
    expect(page.get_by_role("heading", name="This link is spent")).to_be_visible()


def _describe_mailbox(page: Page, post: Post, password: str) -> None:
    for field, words in (
        ("address", ADDRESS),
        ("name", "Larkspur"),
        ("password", password),
        ("imap_host", post.dovecot.host),
        ("imap_port", str(post.dovecot.imaps_port)),
        ("smtp_host", post.smtp.host),
        ("smtp_port", str(post.smtp.port)),
        ("smtp_user", post.smtp.user),
    ):
        page.locator(f"#id_{field}").fill(words)
