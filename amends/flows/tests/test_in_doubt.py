"""A letter that the server may have taken (reliability 4.2): asked after, then sent again and marked, or left to a person."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from amends.cases.models import Entry
from amends.channels import accounts, outbox
from amends.channels.email.sent import has_sent
from amends.channels.message import ChannelError
from amends.channels.models import Account, Attempt, Delivery
from amends.flows import reply, tasks
from amends.flows.tests.test_reply import LATER, sent, written
from amends.flows.tests.test_undelivered import serve
from tests.cast import Cast, complaint
from tests.peers.accounts import imap_fields, reading_account, smtp_fields
from tests.peers.dovecot import Dovecot
from tests.peers.smtp import SmtpPeer

HUNG_UP = ChannelError("hung up after the last byte", permanent=False, code="in_doubt")
SOON = LATER + timedelta(minutes=30)


def test_a_letter_in_doubt_is_sent_again_under_the_same_name_and_marked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(monkeypatch, HUNG_UP, None)
    entry = sent(cast, complaint(cast))
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.in_doubt) == (Delivery.State.WAITING, True)
    tasks.deliver_waiting(SOON)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.in_doubt, len(server.asked)) == (Delivery.State.SENT, True, 2)
    assert delivery.message_id == entry.letter.message_id


def test_a_letter_that_the_mailbox_has_among_those_it_sent_is_not_sent_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(monkeypatch, HUNG_UP, None)
    server.knows = True
    sent(cast, complaint(cast))
    tasks.deliver_waiting(SOON)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.in_doubt, len(server.asked)) == (Delivery.State.SENT, False, 1)


def test_where_the_mailbox_asks_first_the_owner_decides_and_nothing_leaves_before(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(monkeypatch, HUNG_UP, None)
    Account.objects.update(ask_in_doubt=True)
    sent(cast, complaint(cast))
    for hours in (1, 30, 500):
        tasks.deliver_waiting(LATER + timedelta(hours=hours))
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.in_doubt, len(server.asked)) == (Delivery.State.DOUBT, True, 1)
    assert outbox.try_again(delivery.pk, SOON)
    tasks.deliver_waiting(SOON)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.in_doubt, len(server.asked)) == (Delivery.State.SENT, True, 2)


def test_a_doubt_that_comes_after_the_decision_is_asked_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(monkeypatch, HUNG_UP, ChannelError("busy", permanent=False, code="later"), HUNG_UP, None)
    Account.objects.update(ask_in_doubt=True)
    sent(cast, complaint(cast))
    tasks.deliver_waiting(SOON)
    delivery = Delivery.objects.get()
    outbox.try_again(delivery.pk, SOON)
    tasks.deliver_waiting(SOON)
    delivery.refresh_from_db()
    assert (delivery.state, len(server.asked)) == (Delivery.State.WAITING, 2), "busy is no new doubt: no new question"
    tasks.deliver_waiting(SOON + timedelta(hours=1))
    tasks.deliver_waiting(SOON + timedelta(hours=2))
    delivery.refresh_from_db()
    assert (delivery.state, len(server.asked)) == (Delivery.State.DOUBT, 3)


def test_a_try_that_was_killed_in_the_middle_is_a_doubt(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(monkeypatch, None)
    case = complaint(cast)
    draft = written(cast, case)
    reply.hold(draft, by=draft.author, now=LATER)
    tasks.release_held(LATER + timedelta(seconds=16))
    delivery = Delivery.objects.get()
    Attempt.objects.create(delivery=delivery, started_at=LATER)
    tasks.deliver_waiting(SOON)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.in_doubt, len(server.asked)) == (Delivery.State.SENT, True, 1)


def test_a_copy_that_was_taken_before_proves_nothing_of_the_next(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    some = ChannelError("not for winifred yet", permanent=False, code="some_refused", took=["rosalind@example.com"])
    server = serve(monkeypatch, some, HUNG_UP, None)
    server.knows = True
    sent(cast, complaint(cast), cc=["winifred@example.com"])
    tasks.deliver_waiting(SOON)
    tasks.deliver_waiting(SOON + timedelta(hours=1))
    assert server.asked[2:] == [["winifred@example.com"]]
    assert Delivery.objects.get().in_doubt


@pytest.mark.imap
def test_a_real_mailbox_is_asked_for_the_letter_by_its_message_id(dovecot: Dovecot, user: str) -> None:
    account = reading_account(dovecot, user)
    name = "<amends.7.abcdefgh@desk.example>"
    assert has_sent(account, name) is None, "a mailbox without the folder knows nothing"
    with folder_of_sent(dovecot, user) as box:
        assert has_sent(account, name) is False
        put(box, name)
    assert has_sent(account, name) is True
    assert has_sent(account, "<amends.8.abcdefgh@desk.example>") is False


@pytest.mark.imap
@pytest.mark.parametrize("kept", [True, False], ids=["a copy lies there", "no copy"])
def test_over_real_servers_a_letter_in_doubt_leaves_once_where_that_can_be_known(
    cast: Cast, dovecot: Dovecot, smtp_peer: SmtpPeer, user: str, kept: bool
) -> None:
    account = cast.mailbox
    account.kind = Account.Kind.EMAIL
    account.settings = {**imap_fields(dovecot, user), **smtp_fields(smtp_peer)}
    account.settings["ca_file"] = authorities(dovecot, smtp_peer)
    accounts.put_secret(account, password=dovecot.password, smtp_password=smtp_peer.password)
    account.save()
    smtp_peer.after_data = "drop"
    entry = sent(cast, complaint(cast))
    assert Delivery.objects.get().in_doubt
    smtp_peer.after_data = ""
    if kept:
        with folder_of_sent(dovecot, user) as box:
            put(box, entry.letter.message_id)
    tasks.deliver_waiting(SOON)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.in_doubt) == (Delivery.State.SENT, not kept)
    assert len(smtp_peer.letters) == (0 if kept else 1)
    assert not Entry.objects.filter(kind="contact.failed").exists()


@contextmanager
def folder_of_sent(dovecot: Dovecot, user: str) -> Iterator[imaplib.IMAP4]:
    context = ssl.create_default_context(cafile=str(dovecot.certificate.authority))
    with imaplib.IMAP4_SSL("localhost", dovecot.imaps_port, ssl_context=context) as box:
        box.login(user, dovecot.password)
        box.create("Sent")
        yield box


def put(box: imaplib.IMAP4, message_id: str) -> None:
    letter = f"From: a@desk.example\r\nSubject: x\r\nMessage-ID: {message_id}\r\n\r\nHello\r\n"
    assert box.append("Sent", r"(\Seen)", "", letter.encode())[0] == "OK"


def authorities(dovecot: Dovecot, peer: SmtpPeer) -> str:
    """One file with the authorities of both peers."""
    file = dovecot.folder / "both.pem"
    file.write_bytes(dovecot.certificate.authority.read_bytes() + peer.certificate.authority.read_bytes())
    return str(file)
