"""Saying mail to a real SMTP server, and every way in which it can fail (CH1, reliability 4.3 SMTP)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.channels.email.settings import MailSettings
from amends.channels.email.smtp import conversation, on_the_wire, send, spoken
from amends.channels.email.tests.offered import fetch
from amends.channels.message import AccountSettings, ChannelError
from tests.peers.accounts import reading_account, writing_account
from tests.peers.certificates import certificate_for
from tests.peers.dovecot import Dovecot
from tests.peers.scripted import Script, Talk, running_script
from tests.peers.smtp import SmtpPeer, running_smtp

pytestmark = pytest.mark.server

MAIL = b"From: support@desk.example\r\nSubject: Your kettle\r\n\r\nA new one is on its way.\r\n.\r\nBye\r\n"
FROM = "support@desk.example"
ANN = "ann@example.com"
BEN = "ben@example.com"


def failure(account: AccountSettings, *recipients: str, raw: bytes = MAIL, sender: str = FROM) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        send(account, raw, sender, list(recipients or (ANN,)))
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    return caught.value


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_out_encrypted_and_signed_in(smtp_peer: SmtpPeer, security: str) -> None:
    port = smtp_peer.port if security == "starttls" else smtp_peer.tls_port
    account = writing_account(smtp_peer, smtp_security=security, smtp_port=port)
    receipt = send(account, MAIL, FROM, [ANN, BEN])
    (letter,) = smtp_peer.letters
    assert (letter.sender, letter.recipients, letter.raw) == (FROM, (ANN, BEN), MAIL)
    assert receipt.detail == "250 2.0.0 Ok: queued as 1"


@pytest.mark.imap
def test_the_customer_can_read_what_was_sent(smtp_peer: SmtpPeer, dovecot: Dovecot, user: str) -> None:
    smtp_peer.deliver = dovecot.deliver
    send(writing_account(smtp_peer), MAIL, FROM, [user])
    (mail,) = fetch(reading_account(dovecot, user))
    assert mail.raw is not None
    assert mail.raw.endswith(MAIL)


def test_automatic_mail_has_no_sender_in_its_envelope(smtp_peer: SmtpPeer) -> None:
    send(writing_account(smtp_peer), MAIL, "", [ANN])
    assert smtp_peer.letters[0].sender == ""


def test_a_recipient_named_twice_gets_one_letter(smtp_peer: SmtpPeer) -> None:
    send(writing_account(smtp_peer), MAIL, FROM, [ANN, ANN])
    assert smtp_peer.letters[0].recipients == (ANN,)


def test_addresses_and_bodies_beyond_ascii_go_out(smtp_peer: SmtpPeer) -> None:
    send(writing_account(smtp_peer), MAIL + "Grüße\r\n".encode(), FROM, ["jürgen@example.com"])
    assert smtp_peer.letters[0].recipients == ("jürgen@example.com",)
    assert smtp_peer.letters[0].raw.endswith("Grüße\r\n".encode())


def test_a_domain_beyond_ascii_needs_no_special_server() -> None:
    heard: list[str] = []

    def script(talk: Talk) -> None:
        talk.say("220 Ready")
        while line := talk.hear():
            heard.append(line)
            talk.say("354 Go on" if line == "DATA" else "250 Ok")
            while line == "DATA" and talk.hear() != ".":
                pass
            if line == "DATA":
                talk.say("250 Ok")

    with running_script(script) as port:
        send(plain_account(port), MAIL, "hilfe@lämpchen.example", ["kunde@müller.example"])
    assert "MAIL FROM:<hilfe@xn--lmpchen-5wa.example>" in heard
    assert "RCPT TO:<kunde@xn--mller-kva.example>" in heard


def test_a_provider_token_signs_in(smtp_peer: SmtpPeer) -> None:
    send(token_account(smtp_peer, smtp_peer.token), MAIL, FROM, [ANN])
    assert len(smtp_peer.letters) == 1


def test_a_refused_token_asks_the_owner_to_sign_in_again(smtp_peer: SmtpPeer) -> None:
    error = failure(token_account(smtp_peer, "stale-token"))
    assert (error.code, error.permanent) == ("token", True)
    assert "stale-token" not in str(error)


def test_a_wrong_password_is_for_the_owner_to_mend(smtp_peer: SmtpPeer) -> None:
    for password in ("wrong-secret", "falsches-Paßwort"):
        error = failure(writing_account(smtp_peer, password=password))
        assert (error.code, error.permanent) == ("auth", True)
        assert password not in str(error)
    assert smtp_peer.letters == []


def test_a_server_that_knows_only_the_login_mechanism_is_served(tmp_path: Path) -> None:
    with running_smtp(certificate_for(tmp_path, "localhost"), without=("PLAIN",)) as peer:
        peer.password = "sésame"
        send(writing_account(peer), MAIL, FROM, [ANN])
        assert len(peer.letters) == 1
        assert failure(writing_account(peer, password="other")).code == "auth"


def test_a_server_that_wants_no_sign_in_gets_none(tmp_path: Path) -> None:
    certificate = certificate_for(tmp_path, "localhost")
    with running_smtp(certificate, tls=False, auth=False) as relay:
        send(writing_account(relay, smtp_security="none"), MAIL, FROM, [ANN])
        assert len(relay.letters) == 1


def test_an_untrusted_certificate_is_refused(smtp_peer: SmtpPeer) -> None:
    error = failure(writing_account(smtp_peer, ca_file=""))
    assert (error.code, error.permanent) == ("tls", True)
    assert "not trusted" in str(error)


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    with running_smtp(certificate_for(tmp_path, "mail.example.com")) as peer:
        error = failure(writing_account(peer))
    assert (error.code, error.permanent) == ("tls", True)
    assert "another name" in str(error)


def test_starttls_never_falls_back_to_plain(tmp_path: Path) -> None:
    with running_smtp(certificate_for(tmp_path, "localhost"), tls=False) as peer:
        error = failure(writing_account(peer))
        assert peer.letters == []
    assert (error.code, error.permanent) == ("tls", True)


@pytest.mark.parametrize(
    ("reply", "code", "permanent"),
    [
        ("550 5.1.1 No such person", "refused", True),
        ("450 4.2.1 Mailbox busy", "later", False),
        ("452 4.2.2 Mailbox full", "later", False),
    ],
)
def test_a_refused_recipient_is_told(smtp_peer: SmtpPeer, reply: str, code: str, permanent: bool) -> None:
    smtp_peer.refuse[ANN] = reply
    error = failure(writing_account(smtp_peer))
    assert (error.code, error.permanent) == (code, permanent)
    assert reply in str(error)
    assert smtp_peer.letters == []


def test_when_some_are_refused_the_others_get_it_and_the_refused_are_named(smtp_peer: SmtpPeer) -> None:
    smtp_peer.refuse[BEN] = "450 4.2.1 Mailbox busy"
    error = failure(writing_account(smtp_peer), ANN, BEN)
    assert (error.code, error.permanent, error.took, error.unknown) == ("some_refused", False, (ANN,), ())
    assert BEN in str(error)
    assert ANN not in str(error)
    assert [letter.recipients for letter in smtp_peer.letters] == [(ANN,)]


@pytest.mark.parametrize(
    ("reply", "unknown"),
    [
        ("550 5.1.1 No such person", (BEN,)),
        ("550 No such person", (BEN,)),
        ("553 5.0.0 No", (BEN,)),
        ("550 5.7.1 We do not like you", ()),
        ("552 5.2.2 Mailbox full", ()),
        ("554 Go away", ()),
    ],
)
def test_only_an_address_that_is_not_there_is_called_unknown(
    smtp_peer: SmtpPeer, reply: str, unknown: tuple[str, ...]
) -> None:
    smtp_peer.refuse[BEN] = reply
    error = failure(writing_account(smtp_peer), ANN, BEN)
    assert (error.code, error.permanent, error.took, error.unknown) == ("some_refused", True, (ANN,), unknown)
    assert failure(writing_account(smtp_peer), BEN).unknown == unknown


def test_when_all_are_refused_one_for_now_it_is_for_later(smtp_peer: SmtpPeer) -> None:
    smtp_peer.refuse = {ANN: "550 5.1.1 No such person", BEN: "450 4.2.1 Mailbox busy"}
    error = failure(writing_account(smtp_peer), ANN, BEN)
    assert (error.code, error.permanent, error.unknown) == ("later", False, ())


@pytest.mark.parametrize(
    ("after_data", "code", "permanent"),
    [
        ("drop", "in_doubt", False),
        ("554 5.7.1 Looks like spam", "refused", True),
        ("552 5.3.4 Too large", "refused", True),
        ("451 4.3.0 Try later", "later", False),
        ("421 4.3.2 Going down", "connect", False),
    ],
)
def test_what_follows_the_last_byte_decides(smtp_peer: SmtpPeer, after_data: str, code: str, permanent: bool) -> None:
    smtp_peer.after_data = after_data
    error = failure(writing_account(smtp_peer))
    assert (error.code, error.permanent) == (code, permanent)


@pytest.mark.parametrize("dropped_at", ["EHLO", "MAIL", "RCPT", "DATA", "Subject: Your kettle"])
def test_a_drop_before_the_last_byte_is_no_doubt(dropped_at: str) -> None:
    with running_script(_smtp_script(drop=dropped_at)) as port:
        error = failure(plain_account(port), raw=MAIL + b"x" * 9_000_000)
    assert (error.code, error.permanent) == ("connect", False)


def test_a_server_that_falls_silent_is_in_doubt_only_after_the_last_byte() -> None:
    with running_script(_smtp_script(drop=".")) as port:
        error = failure(plain_account(port))
    assert (error.code, error.permanent) == ("in_doubt", False)


def test_a_conversation_that_never_ends_is_cut() -> None:
    """A letter is one worker's only for a while: the talk must end before that."""

    def script(talk: Talk) -> None:
        talk.say("220 Ready")
        while line := talk.hear():
            if line == "NOOP":
                continue
            talk.say("250 peer.example")

    with running_script(script) as port, conversation(MailSettings.of(plain_account(port)), longest=0.3) as smtp:
        began = time.monotonic()
        with pytest.raises(ChannelError) as caught, spoken(MailSettings.of(plain_account(port))):
            smtp.docmd("NOOP")
    assert (caught.value.code, caught.value.permanent) == ("connect", False)
    assert time.monotonic() - began < 10


def test_mail_larger_than_the_server_takes_is_not_sent() -> None:
    with running_script(_smtp_script(offers="SIZE 20")) as port:
        error = failure(plain_account(port))
    assert (error.code, error.permanent) == ("too_large", True)
    assert "20 bytes" in str(error)


def test_something_else_on_the_port_is_named_in_plain_words() -> None:
    def script(talk: Talk) -> None:
        talk.say("* OK IMAP4rev1 Ready.")
        talk.hear()

    with running_script(script) as port:
        error = failure(plain_account(port))
    assert (error.code, error.permanent) == ("protocol", False)


@pytest.mark.parametrize(
    "address",
    [
        "ann@example.com>\r\nRCPT TO:<eve@example.com",
        "ann@example.com\nDATA",
        "<ann@example.com>",
        "ann@example.com eve@example.com",
        "ann",
        "",
        "ann@exa\x00mple.com",
    ],
)
def test_an_address_can_be_no_command(smtp_peer: SmtpPeer, address: str) -> None:
    error = failure(writing_account(smtp_peer), address)
    assert (error.code, error.permanent) == ("address", True)
    assert smtp_peer.letters == []


def test_no_recipient_is_an_error(smtp_peer: SmtpPeer) -> None:
    with pytest.raises(ChannelError):
        send(writing_account(smtp_peer), MAIL, FROM, [])


@given(st.binary(max_size=60))
def test_no_mail_can_end_itself_early(raw: bytes) -> None:
    sent = on_the_wire(raw)
    lines = sent.split(b"\r\n")
    assert lines[-1] == b""
    assert b"." not in lines
    assert b"\r" not in b"".join(lines)
    assert b"\n" not in b"".join(lines)


def token_account(server: SmtpPeer, token: str) -> AccountSettings:
    account = writing_account(server, auth="microsoft", client_id="desk")
    secret = {"access_token": token, "access_token_expires": "2999-01-01T00:00:00+00:00"}
    return AccountSettings(FROM, "Desk", account.settings, secret)


def plain_account(port: int) -> AccountSettings:
    settings = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    return AccountSettings(FROM, "Desk", {**settings, "imap_host": "x", "imap_user": "x"}, {"password": "x"})


def _smtp_script(*, drop: str = "never", offers: str = "HELP") -> Script:
    """An SMTP server that hangs up when it hears the line `drop`."""

    def script(talk: Talk) -> None:
        talk.say("220 Ready")
        in_data = False
        while line := talk.hear() or "-":
            if line == "-" or line.upper().startswith(drop.upper()):
                return
            if in_data:
                in_data = line != "."
            elif line.upper().startswith("EHLO"):
                talk.say("250-peer.example")
                talk.say(f"250 {offers}")
            elif line.upper() == "DATA":
                talk.say("354 Go on")
                in_data = True
            else:
                talk.say("250 Ok")

    return script
