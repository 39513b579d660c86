"""What the desk cannot read blocks nobody's mail, lies whole before a person, and is read when it can be."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.peers.desk import Desk
from tests.stories.furniture import THIMBLE, VANTRY
from tests.stories.post import Post, a_letter
from tests.stories.seats import Seat

COULD_NOT = "could not be read"
OUTSIDE = "/settings/mail/outside/"

FAILED_BEFORE = f"""
import sys
from django.db import transaction
from django.utils import timezone
from amends.channels import inbox
from amends.channels.models import Account
from amends.flows import quarantine

with transaction.atomic():
    account = Account.objects.get(address={THIMBLE!r})
    kept = inbox.keep(account, sys.stdin.buffer.read(), source="import", now=timezone.now())
    for _ in range(quarantine.TRIES):
        quarantine.failed(kept.pk, ValueError("a letter that this release stumbles over"), timezone.now())
"""
"""What a release that could not read the mail has left in the desk, for the next one."""


@pytest.fixture
def callum(seat: Callable[[str], Seat], post: Post, customer: str) -> Seat:
    """Three mails came to Callum's brand one after the other; a stretch of some machine's bytes is the second."""
    post.put(VANTRY, _letter(customer, "Before"))
    post.put(VANTRY, _noise(customer))
    post.put(VANTRY, _letter(customer, "After"))
    callum = seat("callum")
    callum.go()
    for writer in ("Before", "After"):
        expect(callum.row(_name(customer, writer))).to_be_visible()
    return callum


@pytest.fixture
def asked(callum: Seat, desk: Desk) -> Locator:
    """The row that asks Callum to look at it."""
    ((case,),) = desk.rows("SELECT aside_id FROM channels_kept WHERE state = 'unreadable' ORDER BY id DESC LIMIT 1")
    return callum.page.locator(f'[data-row="{case}"]')


@pytest.fixture
def in_the_mailbox(callum: Seat, post: Post, customer: str) -> bytes:
    """What still lies on the mail server: servers write line ends anew, and put their traces above."""
    (raw,) = [raw for raw in post.raws(VANTRY) if _without_line_ends(_noise(customer)) in _without_line_ends(raw)]
    return raw


def test_the_others_come_in_and_the_right_person_is_asked_to_look_at_the_one(callum: Seat, asked: Locator) -> None:
    expect(asked).to_contain_text(f"Read what came from Somebody: A message to {VANTRY} could not be read")
    expect(asked).to_contain_text("Download message.eml below and look at it")
    expect(asked.locator("q")).to_have_count(0)
    asked.locator("[data-open]").click()
    callum.see_the_case()
    expect(callum.next_step).to_contain_text("You")
    expect(callum.timeline).to_contain_text("nothing of it is lost")
    expect(callum.timeline).to_contain_text("If a customer wrote it, begin a case")


def test_it_can_be_downloaded_byte_for_byte_and_lies_on_disk_and_on_the_mail_server(
    callum: Seat, asked: Locator, in_the_mailbox: bytes, desk: Desk
) -> None:
    asked.locator("[data-open]").click()
    callum.see_the_case()
    assert _downloaded(callum.page, callum.timeline.get_by_role("link", name="message.eml")) == in_the_mailbox
    assert _downloaded(callum.page, callum.timeline.get_by_role("link", name="Raw mail")) == in_the_mailbox
    on_disk = [path.read_bytes() for path in (desk.data / "blobs").rglob("*") if path.is_file()]
    assert on_disk.count(in_the_mailbox) == 1


def test_an_admin_sees_why_and_has_it_read_again_without_a_second_step_for_it(
    callum: Seat, asked: Locator, in_the_mailbox: bytes, seat: Callable[[str], Seat], post: Post, customer: str
) -> None:
    admin = seat("marguerite")
    line = admin.go(OUTSIDE).locator("tr").filter(has_text=VANTRY).first
    expect(line).to_contain_text("Could not be read")
    expect(line).to_contain_text("no sender, no subject, no words and no file")
    assert _downloaded(admin.page, line.get_by_role("link", name="As it came")) == in_the_mailbox
    steps = callum.row(COULD_NOT).count()
    line.get_by_role("button", name="Read again").click()
    expect(admin.page.get_by_text("It is read again now. If that fails, it comes back here.")).to_be_visible()
    # The worker takes the oldest first: once this one is here, the other has been tried again.
    post.put(VANTRY, _letter(customer, "Afterwards"))
    callum.go()
    expect(callum.row(_name(customer, "Afterwards"))).to_be_visible()
    expect(callum.row(COULD_NOT)).to_have_count(steps)
    admin.go(OUTSIDE)
    line.get_by_role("link", name="Its case").click()
    expect(admin.next_step).to_contain_text("Callum Brae")


def test_whoever_looked_at_it_closes_it_as_unwanted(callum: Seat, asked: Locator, customer: str) -> None:
    asked.locator("[data-open]").click()
    callum.see_the_case()
    callum.page.goto(callum.page.url.split("?")[0] + "closure/")
    callum.page.get_by_label("Not a customer: unwanted mail").check()
    callum.page.get_by_role("button", name="Close it").click()
    expect(callum.page.locator("#nextstep.is-closed")).to_be_visible()
    callum.go()
    expect(callum.row(_name(customer, "Before"))).to_be_visible()
    expect(asked).to_have_count(0)


def test_after_an_update_reading_again_makes_it_the_customers_own_case(
    seat: Callable[[str], Seat], desk: Desk, customer: str
) -> None:
    done = desk.amends("django", "shell", "-c", FAILED_BEFORE, given=_letter(customer, "Maud", THIMBLE).as_bytes())
    assert done.returncode == 0, done.stderr
    ines = seat("ines")
    ines.go("/?view=team")
    title = f"A message to {THIMBLE} {COULD_NOT}"
    ines.open(title)
    asking = ines.page.url.split("?")[0]
    ines.go("/?view=team")

    done = desk.amends("mail", "reread")
    assert done.returncode == 0
    (told,) = map(json.loads, done.stderr.splitlines())
    assert (told["event"], told["verb"]) == ("audit", "mail.reread")
    expect(ines.row(_name(customer, "Maud"))).to_be_visible()
    expect(ines.row(title)).to_have_count(0)
    ines.page.goto(asking)
    ines.see_the_case()
    expect(ines.next_step).to_contain_text("Answer Maud")
    expect(ines.timeline).to_contain_text("My line is dead since Monday.")
    outside = seat("marguerite").go(OUTSIDE)
    expect(outside.get_by_role("heading", name="Mail that stayed outside")).to_be_visible()
    expect(outside.get_by_text(customer)).to_have_count(0)


def _letter(customer: str, writer: str, to: str = VANTRY) -> EmailMessage:
    return a_letter(f"{_name(customer, writer)} <{writer}.{customer}>", to, "My line", "My line is dead since Monday.")


def _name(customer: str, writer: str) -> str:
    return f"{writer} {customer[10:18]}"


def _noise(customer: str) -> bytes:
    """Not a mail. IMAP carries no zeros."""
    return random.Random(customer).randbytes(900).replace(b"\0", b"\1")


def _without_line_ends(raw: bytes) -> bytes:
    return raw.replace(b"\r", b"").replace(b"\n", b"")


def _downloaded(page: Page, link: Locator) -> bytes:
    with page.expect_download() as waiting:
        link.click()
    return Path(waiting.value.path()).read_bytes()
