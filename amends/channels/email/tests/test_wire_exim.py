"""Sending through a program that providers run, as far as the customer's own mailbox (CH1)."""

from __future__ import annotations

import time

import pytest

from amends.channels.email.imap import Fetched
from amends.channels.email.smtp import send
from amends.channels.email.tests.offered import fetch
from amends.channels.message import ChannelError
from tests.peers.accounts import reading_account, writing_account
from tests.peers.dovecot import Dovecot
from tests.peers.exim import Exim

pytestmark = pytest.mark.imap

MAIL = b"From: support@desk.example\r\nSubject: Kettle\r\n\r\nA new one is on its way.\r\n.\r\n..\r\nBye\r\n"
FROM = "support@desk.example"


def test_the_customer_can_read_what_was_sent(exim: Exim, dovecot: Dovecot, user: str) -> None:
    receipt = send(writing_account(exim), MAIL, FROM, [user])
    assert receipt.detail.startswith("250 OK id=")
    raw = first_mail(dovecot, user).raw
    assert raw is not None
    assert raw.endswith(MAIL.partition(b"\r\n\r\n")[2])


@pytest.mark.parametrize(
    ("recipient", "code", "permanent"),
    [("unknown@example.com", "refused", True), ("busy@example.com", "later", False)],
)
def test_a_refused_recipient_is_told(exim: Exim, recipient: str, code: str, permanent: bool) -> None:
    with pytest.raises(ChannelError) as caught:
        send(writing_account(exim), MAIL, FROM, [recipient])
    assert (caught.value.code, caught.value.permanent) == (code, permanent)


def test_a_wrong_password_is_for_the_owner_to_mend(exim: Exim) -> None:
    with pytest.raises(ChannelError) as caught:
        send(writing_account(exim, password="wrong-secret"), MAIL, FROM, ["ann@example.com"])
    assert (caught.value.code, caught.value.permanent) == ("auth", True)


def first_mail(dovecot: Dovecot, user: str) -> Fetched:
    """Exim delivers after it has answered, so the mail may take a moment."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        for mail in fetch(reading_account(dovecot, user)):
            return mail
        time.sleep(0.05)
    raise AssertionError("the mail did not arrive")
