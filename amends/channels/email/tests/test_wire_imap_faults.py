"""Answers that no honest IMAP server gives (reliability 3.3, IMAP row): nothing lost, nothing doubled."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from amends.channels.email.imap import MOST_REFUSED, fetching
from amends.channels.email.tests.offered import fetch
from amends.channels.message import AccountSettings, ChannelError
from tests.peers.certificates import Certificate, certificate_for
from tests.peers.scripted import Script, Talk, imap_script, running_script

pytestmark = pytest.mark.server

SECRET = "x7canary-password"
MAIL = b"Subject: Hello\r\n\r\nHello.\r\n"


def account(port: int, security: str = "none", password: str = SECRET) -> AccountSettings:
    settings = {
        "imap_host": "127.0.0.1",
        "imap_port": port,
        "imap_security": security,
        "imap_user": "desk",
        "smtp_host": "localhost",
    }
    return AccountSettings("desk@desk.example", "Desk", settings, {"password": password})


def trusting(account: AccountSettings, certificate: Certificate) -> AccountSettings:
    fields = {**account.settings, "imap_host": "localhost", "ca_file": str(certificate.authority)}
    return replace(account, settings=fields)


def body(uid: int, raw: bytes, claimed: int | None = None) -> bytes:
    size = len(raw) if claimed is None else claimed
    return f"* 1 FETCH (UID {uid} BODY[]<0> {{{size}}}\r\n".encode() + raw + b")\r\n"


def failure(script: Script, security: str = "none") -> ChannelError:
    with running_script(script) as port, pytest.raises(ChannelError) as caught:
        for mail in fetch(account(port, security), max_bytes=1000):
            mail.acknowledge()
    assert SECRET not in str(caught.value)
    return caught.value


def test_a_mail_is_read_from_the_script_as_from_a_server() -> None:
    with running_script(imap_script(messages={4: (len(MAIL), body(4, MAIL))})) as port:
        (mail,) = fetch(account(port))
    assert (mail.raw, mail.key) == (MAIL, "7/4")


def test_the_uid_may_follow_the_literal_and_flags_of_others_come_between() -> None:
    answer = (
        b"* 9 FETCH (UID 9 FLAGS (\\Seen))\r\n"
        + f"* 1 FETCH (BODY[]<0> {{{len(MAIL)}}}\r\n".encode()
        + MAIL
        + b" UID 4)\r\n"
    )
    with running_script(imap_script(messages={4: (len(MAIL), answer)})) as port:
        assert [mail.raw for mail in fetch(account(port))] == [MAIL]


def test_a_literal_cut_off_is_never_taken_for_a_mail() -> None:
    error = failure(_hangs_up_in(body(4, MAIL, claimed=500)))
    assert (error.code, error.permanent) == ("connect", False)


def test_a_literal_larger_than_asked_for_is_not_waited_for() -> None:
    began = time.monotonic()
    error = failure(imap_script(messages={4: (10, body(4, b"", claimed=10**12))}))
    assert (error.code, error.permanent) == ("connect", False)
    assert time.monotonic() - began < 10


def test_a_mail_larger_than_its_stated_size_stays_on_the_server() -> None:
    spoken: list[str] = []
    answer = f"* 1 FETCH (UID 4 BODY[]<0> {{{1001}}}\r\n".encode() + b"x" * 1001 + b")\r\n"
    with running_script(imap_script(messages={4: (10, answer)}, spoken=spoken)) as port:
        (mail,) = fetch(account(port), max_bytes=1000)
        mail.acknowledge()
    assert mail.raw is None
    assert not any("STORE" in line for line in spoken)


@pytest.mark.parametrize("nothing", [b'BODY[]<0> ""', b"BODY[] NIL"])
def test_a_mail_that_the_server_cannot_give_is_not_acknowledged(nothing: bytes) -> None:
    spoken: list[str] = []
    script = imap_script(messages={4: (90, b"* 1 FETCH (UID 4 " + nothing + b")\r\n")}, spoken=spoken)
    with running_script(script) as port:
        for mail in fetch(account(port)):
            mail.acknowledge()
    assert not any("STORE" in line for line in spoken)


def test_a_mail_that_the_server_refuses_keeps_back_no_other() -> None:
    spoken: list[str] = []
    mails = {uid: (len(MAIL), body(uid, MAIL)) for uid in (4, 5, 6)}
    script = imap_script(messages=mails, spoken=spoken, damaged={4})
    given = []
    with running_script(script) as port, pytest.raises(ChannelError) as caught, fetching(account(port)) as offered:
        for mail in offered:
            given.append(mail.key)
            mail.acknowledge()
    assert given == ["7/5", "7/6"]
    assert sum("STORE" in line for line in spoken) == 2
    assert (caught.value.code, caught.value.permanent) == ("refused", False)
    assert "would not give every mail in the folder “INBOX”" in str(caught.value)


def test_a_server_that_refuses_all_mails_is_left_alone() -> None:
    mails = {uid: (len(MAIL), body(uid, MAIL)) for uid in range(1, 100)}
    spoken: list[str] = []
    assert failure(imap_script(messages=mails, spoken=spoken, damaged=mails)).code == "protocol"
    assert sum("BODY" in line for line in spoken) == MOST_REFUSED + 1


def test_an_answer_for_another_mail_is_not_taken_for_this_one() -> None:
    with running_script(imap_script(messages={4: (len(MAIL), body(5, MAIL))})) as port:
        assert list(fetch(account(port))) == []


def test_a_goodbye_in_the_middle_is_for_later() -> None:
    error = failure(imap_script(messages={4: (10, b"* BYE Going down.\r\n")}))
    assert (error.code, error.permanent) == ("connect", False)


@pytest.mark.parametrize(
    ("greeting", "code"),
    [
        ("220 smtp.example.com ESMTP", "protocol"),
        ("* BYE Too many connections", "protocol"),
        ("HTTP/1.1 400 Bad Request", "protocol"),
        ("", "connect"),
    ],
)
def test_something_else_on_the_port_is_named_in_plain_words(greeting: str, code: str) -> None:
    def script(talk: Talk) -> None:
        if greeting:
            talk.say(greeting)

    error = failure(script)
    assert (error.code, error.permanent) == (code, False)


def test_a_server_that_echoes_the_password_does_not_spread_it() -> None:
    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            tag, command = line.split(" ", 1)
            if command.startswith("CAPABILITY"):
                talk.say("* CAPABILITY IMAP4rev1")
                talk.say(f"{tag} OK Done.")
            else:
                talk.say(f"{tag} BAD Error in IMAP command: {command}")

    error = failure(script)
    assert (error.code, error.permanent) == ("auth", True)


@pytest.mark.parametrize(
    ("answer", "code", "permanent"),
    [
        ("NO [UNAVAILABLE] Temporary authentication failure.", "connect", False),
        ("NO [ALERT] Too many simultaneous connections.", "connect", False),
        ("NO [PRIVACYREQUIRED] Plaintext authentication disallowed.", "tls", True),
        ("NO [AUTHENTICATIONFAILED] Invalid credentials", "auth", True),
    ],
)
def test_a_refused_sign_in_is_understood(answer: str, code: str, permanent: bool) -> None:
    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            tag, command = line.split(" ", 1)
            if command.startswith("CAPABILITY"):
                talk.say("* CAPABILITY IMAP4rev1")
            talk.say(f"{tag} {'OK Done.' if command.startswith('CAPABILITY') else answer}")

    error = failure(script)
    assert (error.code, error.permanent) == (code, permanent)


def test_a_folder_that_is_busy_is_not_a_folder_that_is_missing() -> None:
    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            tag, command = line.split(" ", 1)
            if command.startswith("CAPABILITY"):
                talk.say("* CAPABILITY IMAP4rev1")
            talk.say(f"{tag} {'NO [INUSE] Locked.' if command.startswith('SELECT') else 'OK Done.'}")

    error = failure(script)
    assert (error.code, error.permanent) == ("connect", False)


def test_answers_smuggled_in_before_tls_are_not_believed(tmp_path: Path) -> None:
    certificate = certificate_for(tmp_path, "localhost")
    heard: list[str] = []

    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        _capability(talk, "IMAP4rev1 STARTTLS")
        tag = talk.hear().split(" ")[0]
        talk.say(f"{tag} OK Begin.\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n".encode())
        talk.encrypt(certificate)
        _capability(talk, "IMAP4rev1")
        heard.append(talk.hear())

    with running_script(script) as port, pytest.raises(ChannelError):
        list(fetch(trusting(account(port, "starttls"), certificate)))
    assert heard == []


def test_a_server_that_says_one_is_signed_in_cannot_avoid_tls() -> None:
    heard: list[str] = []

    def script(talk: Talk) -> None:
        talk.say("* PREAUTH Welcome.")
        _capability(talk, "IMAP4rev1 STARTTLS")
        heard.append(talk.hear())

    failure(script, "starttls")
    assert [line for line in heard if line] == []


def test_a_line_break_in_a_password_is_refused_before_anything_is_said() -> None:
    heard: list[str] = []
    with (
        running_script(imap_script(messages={}, spoken=heard)) as port,
        pytest.raises(ChannelError) as caught,
    ):
        list(fetch(account(port, password="x\r\nA1 DELETE INBOX")))
    assert caught.value.code == "settings"
    assert heard == []


def _capability(talk: Talk, offers: str) -> None:
    """Answers the client's question for it."""
    tag = talk.hear().split(" ")[0]
    talk.say(f"* CAPABILITY {offers}")
    talk.say(f"{tag} OK Done.")


def _hangs_up_in(answer: bytes) -> Script:
    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            tag, command = line.split(" ", 1)
            if "BODY" in command:
                talk.say(answer)
                return
            if command.startswith("CAPABILITY"):
                talk.say("* CAPABILITY IMAP4rev1")
            if command.startswith("UID SEARCH"):
                talk.say("* SEARCH 4")
            if command.startswith("UID FETCH"):
                talk.say("* 1 FETCH (UID 4 RFC822.SIZE 500)")
            talk.say(f"{tag} OK Done.")

    return script
