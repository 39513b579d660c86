"""Bounces and refusals: whoever wrote the letter hears of it at once, with something to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.stories.furniture import VANTRY
from tests.stories.post import Post, a_letter
from tests.stories.seats import Seat

REPORT = """\
From: Mail Delivery System <mailer-daemon@customer.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-{customer}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=part

--part
Content-Type: text/plain; charset=us-ascii

Your letter could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.customer.example

Final-Recipient: rfc822; {customer}
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

--part
Content-Type: text/rfc822-headers

Message-ID: {message_id}
To: {customer}

--part--
"""
WORDS = "I am sorry that your line fails every evening. I measure it today."


@pytest.fixture
def callum(seat: Callable[[str], Seat], post: Post, customer: str) -> Seat:
    """Callum has a case of this customer open."""
    post.put(VANTRY, a_letter(f"{_name(customer)} <{customer}>", VANTRY, "My line", "My line fails every evening."))
    callum = seat("callum")
    callum.go()
    callum.open(_name(customer))
    return callum


@pytest.fixture
def refusing(post: Post, customer: str) -> Iterator[None]:
    """The customer's server refuses for good."""
    post.smtp.refuse[customer] = "550 5.1.1 No such person here"
    yield
    post.smtp.refuse.pop(customer)


def test_a_delivery_report_turns_the_letter_red_and_asks_for_another_way(
    callum: Seat, post: Post, customer: str
) -> None:
    callum.answer(WORDS)
    _report(post, customer)
    expect(callum.timeline.locator(".letter.is-bounced")).to_contain_text(WORDS)
    expect(callum.timeline.locator(".letter.is-bounced")).to_contain_text("id not arrive")
    callum.go()
    expect(callum.row(_name(customer))).to_contain_text("Did not arrive")
    expect(callum.row(_name(customer))).to_contain_text("each")
    expect(callum.row(_name(customer))).to_have_count(1)


def test_a_refusal_for_good_turns_the_letter_red_at_once(
    callum: Seat, post: Post, customer: str, refusing: None
) -> None:
    callum.answer(WORDS)
    letter = callum.timeline.locator(".letter.is-bounced")
    expect(letter).to_contain_text(WORDS)
    expect(letter.get_by_role("link", name="Put it right")).to_be_visible()
    assert post.by_people(customer) == []
    callum.go()
    expect(callum.row(_name(customer))).to_contain_text("Did not arrive")


def test_a_closed_case_stays_closed_but_its_owner_gets_a_step(callum: Seat, post: Post, customer: str) -> None:
    callum.answer(WORDS)
    post.letters(customer)
    case = callum.page.url.split("?")[0]
    _close(callum)
    expect(callum.page.locator("#nextstep.is-closed")).to_be_visible()
    _report(post, customer)
    callum.go()
    expect(callum.row(_name(customer))).to_contain_text("Did not arrive")
    expect(callum.row(_name(customer))).to_contain_text("Closed case")
    callum.page.goto(case)
    expect(callum.timeline.locator(".letter.is-bounced")).to_be_visible()


def _report(post: Post, customer: str) -> None:
    (letter,) = post.letters(customer)
    report = REPORT.format(to=VANTRY, customer=customer, message_id=letter["Message-ID"])
    post.put(VANTRY, report.replace("\n", "\r\n").encode())


def _close(seat: Seat) -> None:
    page = seat.page
    page.goto(page.url.split("?")[0] + "closure/")
    page.locator("input[name=reason]").first.check()
    page.get_by_role("button", name="Close it").click()


def _name(customer: str) -> str:
    return f"Edgar {customer[10:18]}"
