"""Every answer of an SMTP server at every point of the talk, and what becomes of the letter (reliability 4.3 SMTP)."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from amends.channels.email.smtp import send
from amends.channels.email.tests.test_wire_smtp import ANN, FROM, MAIL, plain_account
from amends.channels.message import AccountSettings, ChannelError
from amends.channels.patience import Fate, fate
from tests.peers.accounts import writing_account
from tests.peers.certificates import certificate_for
from tests.peers.scripted import Script, Talk, running_script
from tests.peers.smtp import SmtpPeer, running_smtp

pytestmark = pytest.mark.server

OURS, LATER, REFUSED, DOUBT = Fate.OURS, Fate.LATER, Fate.REFUSED, Fate.DOUBT
POINTS = ("greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", ".")
REPLIES = {
    "421": "421 4.3.2 Closing down",
    "450": "450 4.2.1 Mailbox busy",
    "451": "451 4.3.0 Something went wrong here",
    "452": "452 4.3.1 No room",
    "550": "550 5.1.1 Nobody of this name",
    "552": "552 5.2.2 Mailbox full",
    "554": "554 5.7.1 Not from you",
}
WHAT_BECOMES_OF_IT: dict[tuple[str, ...], Fate] = {
    # Before a mail is named, every refusal is the mailbox's; AUTH has words of its own.
    ("greeting", *REPLIES): OURS,
    ("EHLO", *REPLIES): OURS,
    ("AUTH", *REPLIES): OURS,
    ("MAIL", "421"): OURS,
    ("MAIL", "450", "451", "452"): LATER,
    ("MAIL", "550", "552", "554"): REFUSED,
    ("RCPT", "421"): OURS,
    ("RCPT", "450", "451", "452"): LATER,
    ("RCPT", "550", "552", "554"): REFUSED,
    ("DATA", "421"): OURS,
    ("DATA", "450", "451", "452"): LATER,
    ("DATA", "550", "552", "554"): REFUSED,
    (".", "421"): OURS,
    (".", "450", "451", "452"): LATER,
    (".", "550", "552", "554"): REFUSED,
    # Hanging up and saying nothing are the same: only after the last byte is there a doubt.
    **{(point, "drop"): OURS for point in POINTS[:-1]},
    **{(point, "silence"): OURS for point in POINTS[:-1]},
    (".", "drop"): DOUBT,
    (".", "silence"): DOUBT,
    # Words that are no SMTP are another kind of server, not another kind of letter.
    **{(point, "nonsense"): OURS for point in ("greeting", "MAIL", "RCPT", "DATA")},
    (".", "nonsense", "354 Go on"): DOUBT,
}
CASES = [(key[0], reply, result) for key, result in WHAT_BECOMES_OF_IT.items() for reply in key[1:]]


def test_the_table_has_all_points_and_answers() -> None:
    assert len(CASES) >= 40
    assert {(point, reply) for point, reply, _ in CASES} >= {(point, reply) for point in POINTS for reply in REPLIES}


@pytest.mark.parametrize(("point", "reply", "becomes"), CASES, ids=lambda value: str(getattr(value, "name", value)))
def test_an_answer_means_one_thing_for_the_letter(point: str, reply: str, becomes: Fate) -> None:
    with running_script(server(at=point, reply=reply)) as port, pytest.raises(ChannelError) as caught:
        send(talking(port), MAIL, FROM, [ANN], timeout=0.4 if reply == "silence" else 10)
    assert fate(caught.value) is becomes, str(caught.value)
    if becomes in (LATER, REFUSED):
        assert REPLIES[reply] in str(caught.value), "the owner reads the server's own words"


@pytest.mark.parametrize("names", [("mail.example.com",), ()], ids=["another name", "nobody we trust"])
def test_a_bad_certificate_makes_the_mailbox_wait_and_sends_nothing(tmp_path: Path, names: tuple[str, ...]) -> None:
    with running_smtp(certificate_for(tmp_path, *(names or ("localhost",)))) as peer:
        account = writing_account(peer) if names else writing_account(peer, ca_file="")
        with pytest.raises(ChannelError) as caught:
            send(account, MAIL, FROM, [ANN])
        assert peer.letters == []
    assert (fate(caught.value), caught.value.code) == (OURS, "tls")


def test_a_server_that_breaks_off_the_encryption_makes_the_mailbox_wait() -> None:
    def script(talk: Talk) -> None:
        talk.say("220 Ready")
        talk.hear()
        talk.say("250-peer.example\r\n250 STARTTLS")
        talk.hear()
        talk.say("454 4.7.0 TLS not available")

    with running_script(script) as port, pytest.raises(ChannelError) as caught:
        send(talking(port, "starttls"), MAIL, FROM, [ANN])
    assert fate(caught.value) is OURS


def test_a_provider_that_lets_nobody_speak_without_a_name_gets_our_own() -> None:
    heard: list[str] = []
    done = threading.Event()

    def script(talk: Talk) -> None:
        _serve(talk, "MAIL FROM:<>", "550 5.7.60 Say who you are")
        heard.extend(talk.heard)
        done.set()

    with running_script(script) as port:
        send(talking(port), MAIL, "", [ANN])
        assert done.wait(10)
    assert [line for line in heard if line.startswith("MAIL")] == ["MAIL FROM:<>", f"MAIL FROM:<{FROM}>"]


def test_a_real_server_takes_an_automatic_answer_without_a_sender(smtp_peer: SmtpPeer) -> None:
    send(writing_account(smtp_peer), MAIL, "", [ANN])
    assert [letter.sender for letter in smtp_peer.letters] == [""]


def server(*, at: str, reply: str) -> Script:
    """An SMTP server that is well until the talk comes to the point `at`."""

    def script(talk: Talk) -> None:
        _serve(talk, at, REPLIES.get(reply, reply))

    return script


def _serve(talk: Talk, at: str, reply: str) -> None:
    if at == "greeting":
        _misbehave(talk, reply)
        return
    talk.say("220 peer.example Ready")
    in_data = False
    while line := talk.hear() or ("-" if in_data else ""):
        if in_data and line != ".":
            continue
        in_data = False
        if line.upper().startswith(("EHLO", "HELO") if at == "EHLO" else at.upper()):
            if not _misbehave(talk, reply):
                return
            at = at if at == "EHLO" else "never"
        elif line.upper().startswith("EHLO"):
            talk.say("250-peer.example\r\n250 AUTH PLAIN")
        elif line.upper().startswith("AUTH"):
            talk.say("235 2.7.0 Welcome")
        elif line.upper() == "DATA":
            talk.say("354 Go on")
            in_data = True
        else:
            talk.say("250 Ok")


def _misbehave(talk: Talk, reply: str) -> bool:
    """False when the talk is over."""
    if reply == "drop":
        return False
    if reply == "silence":
        time.sleep(1)
        return False
    talk.say("Hello, this is the printer" if reply == "nonsense" else reply)
    return not reply.startswith("421")


def talking(port: int, security: str = "none") -> AccountSettings:
    """`plain_account`, with a password that no server says by chance."""
    account = plain_account(port)
    return AccountSettings(FROM, "Desk", {**account.settings, "smtp_security": security}, {"password": "open-sesame"})
