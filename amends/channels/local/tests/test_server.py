"""A port of this machine that hears mail: nothing is acknowledged before it is kept."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Callable

import pytest

from amends.channels.local.server import LocalSmtp, UnknownRecipient
from amends.channels.message import ChannelError

MAIL = b"Subject: Hello\r\n\r\nThe kettle leaks.\r\n"
DESK = "support@desk.example"


def say(server: LocalSmtp, raw: bytes = MAIL, recipient: str = DESK) -> tuple[int, bytes]:
    """The server's answer to one letter."""
    with smtplib.SMTP("127.0.0.1", server.port, "ann.example", timeout=10) as smtp:
        smtp.ehlo()
        smtp.mail("ann@example.com")
        smtp.rcpt(recipient)
        return smtp.data(raw)


def serving(keep: Callable[[bytes, list[str]], None], max_bytes: int = 100_000) -> LocalSmtp:
    return LocalSmtp("127.0.0.1", 0, keep, max_bytes)


@pytest.mark.server
def test_a_letter_is_kept_as_it_came() -> None:
    kept: list[tuple[bytes, list[str]]] = []
    with serving(lambda raw, recipients: kept.append((raw, recipients))) as server:
        assert say(server)[0] == 250
    assert kept == [(MAIL, [DESK])]


@pytest.mark.server
def test_the_answer_waits_until_the_letter_is_kept() -> None:
    go_on, answers = threading.Event(), []

    def keep(raw: bytes, recipients: list[str]) -> None:
        go_on.wait(5)

    with serving(keep) as server:
        sender = threading.Thread(target=lambda: answers.append(say(server)))
        sender.start()
        sender.join(0.4)
        assert answers == []
        go_on.set()
        sender.join(5)
    assert [code for code, _ in answers] == [250]


@pytest.mark.server
def test_a_letter_that_could_not_be_kept_is_sent_again_later() -> None:
    def keep(raw: bytes, recipients: list[str]) -> None:
        raise OSError("disk full: x7canary")

    with serving(keep) as server:
        code, said = say(server)
    assert code == 451
    assert b"send it again" in said
    assert b"x7canary" not in said


@pytest.mark.server
def test_a_letter_to_nobody_here_goes_back() -> None:
    def keep(raw: bytes, recipients: list[str]) -> None:
        raise UnknownRecipient("No mailbox here\r\n250 is called " + recipients[0])

    with serving(keep) as server:
        code, said = say(server)
    assert code == 550
    assert said == b"5.1.1 No mailbox here 250 is called " + DESK.encode()


@pytest.mark.server
def test_a_letter_that_is_too_large_is_refused_and_not_kept() -> None:
    kept: list[bytes] = []
    with serving(lambda raw, recipients: kept.append(raw), max_bytes=1000) as server:
        assert say(server, MAIL + b"x" * 70 * 20 + b"\r\n")[0] == 552
        assert say(server)[0] == 250
    assert kept == [MAIL]


@pytest.mark.server
def test_a_letter_with_very_long_lines_is_kept() -> None:
    kept: list[bytes] = []
    with serving(lambda raw, recipients: kept.append(raw)) as server:
        assert say(server, MAIL + b"x" * 50_000 + b"\r\n")[0] == 250
    assert len(kept[0]) == len(MAIL) + 50_002


@pytest.mark.server
def test_a_taken_port_is_told_in_plain_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ChannelError) as caught:
            LocalSmtp("127.0.0.1", port, lambda raw, recipients: None, 1000)
    assert (caught.value.code, caught.value.permanent) == ("port", True)
    assert f"Port {port} on 127.0.0.1 is taken" in str(caught.value)


@pytest.mark.parametrize("host", ["0.0.0.0", "", "192.0.2.1", "example.com", "::"])
def test_it_listens_on_this_machine_only(host: str) -> None:
    with pytest.raises(ChannelError) as caught:
        LocalSmtp(host, 0, lambda raw, recipients: None, 1000)
    assert caught.value.code == "settings"


@pytest.mark.server
def test_the_port_is_free_again_after_stopping() -> None:
    with serving(lambda raw, recipients: None) as server:
        port = server.port
    with LocalSmtp("127.0.0.1", port, lambda raw, recipients: None, 1000) as again:
        assert say(again)[0] == 250
