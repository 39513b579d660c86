"""Wrong passwords, mails that are too large, mails that cannot be read: told once, with what to do; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.peers.desk import Desk
from tests.stories.furniture import THIMBLE, VANTRY
from tests.stories.post import Post, a_letter
from tests.stories.seats import Seat

MEGABYTE = 1024 * 1024


def test_a_mailbox_whose_password_is_wrong_is_told_to_the_admin(
    seat: Callable[[str], Seat], post: Post, customer: str
) -> None:
    admin = seat("marguerite")
    admin.go("/settings/mail/new/email/")
    for field, words in (
        ("address", customer),
        ("name", "House"),
        ("password", "wrong"),
        ("imap_host", post.dovecot.host),
        ("imap_port", str(post.dovecot.imaps_port)),
        ("smtp_host", post.smtp.host),
        ("smtp_port", str(post.smtp.port)),
    ):
        admin.page.locator(f"#id_{field}").fill(words)
    admin.page.get_by_role("button", name="Save", exact=True).click()
    expect(admin.page.locator(".saved")).to_be_visible()
    mailbox = admin.page.url
    notice = admin.page.locator(".now-notices")
    _look_until(admin, 1)
    expect(notice).to_contain_text(customer)
    expect(notice).to_contain_text("password")

    admin.page.goto(mailbox)
    admin.page.locator("#id_password").fill(post.password)
    admin.page.get_by_role("button", name="Save", exact=True).click()
    _look_until(admin, 0)
    expect(notice).to_have_count(0)


def test_a_mail_of_forty_megabytes_stays_on_the_server_and_is_told_once(
    desk: Desk, seat: Callable[[str], Seat], post: Post, customer: str
) -> None:
    name = f"Otto {customer[10:18]}"
    letter = a_letter(f"{name} <{customer}>", VANTRY, "All my photos", "See the photos.")
    letter.add_attachment(b"\xff" * (30 * MEGABYTE), maintype="image", subtype="jpeg", filename="photos.jpg")
    post.put(VANTRY, letter)
    callum = seat("callum")
    callum.go()
    callum.open(name)
    expect(callum.timeline).to_contain_text("still lies unread in the mailbox")
    assert [found["Subject"] for found in post.look_into(VANTRY)].count("All my photos") == 1
    assert len(desk.rows("SELECT id FROM channels_kept WHERE cut")) == 1
    kept = sum(path.stat().st_size for path in (desk.data / "blobs").rglob("*") if path.is_file())
    assert kept < 10 * MEGABYTE


def test_a_mail_that_is_hardly_one_still_reaches_somebody(
    seat: Callable[[str], Seat], post: Post, customer: str
) -> None:
    raw = (
        f"From: =?utf-9?Q?Wanda=FF?= <{customer}>\r\nTo: {THIMBLE}\r\nSubject: =?broken?=\r\n"
        "Content-Type: multipart/mixed; boundary=\r\nContent-Transfer-Encoding: base65\r\n\r\n"
    ).encode() + b"\xff\xfe The hinge \x00 broke.\r\n--\r\n"
    post.put(THIMBLE, raw)
    ines = seat("ines")
    ines.go("/?view=team")
    expect(ines.row("The hinge")).to_be_visible()


def _look_until(seat: Seat, notices: int) -> None:
    """Mailboxes are listened to anew within seconds."""
    for _ in range(40):
        seat.go()
        if seat.page.locator(".now-notices").count() == notices:
            return
        seat.page.wait_for_timeout(500)
