"""Waiting for mail: IDLE with a real Dovecot, and asking where IDLE is missing (CH1)."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from amends.channels.email.imap import listen
from amends.channels.message import AccountSettings, ChannelError
from tests.peers.accounts import reading_account
from tests.peers.dovecot import Dovecot, running_dovecot
from tests.peers.scripted import Script, Talk, running_script

pytestmark = pytest.mark.imap

MAIL = b"From: ann@example.com\r\nSubject: Hello\r\n\r\nHello.\r\n"


@dataclass
class Ear:
    """A thread that listens; `calls` gets the moment of each call."""

    calls: queue.Queue[float] = field(default_factory=queue.Queue)
    stop: threading.Event = field(default_factory=threading.Event)
    failed: queue.Queue[Exception] = field(default_factory=queue.Queue)

    def wait(self, seconds: float = 5) -> float:
        return self.calls.get(timeout=seconds)


@contextlib.contextmanager
def listening(account: AccountSettings, **pace: float) -> Iterator[Ear]:
    ear = Ear()

    def run() -> None:
        try:
            listen(account, ear.stop, lambda: ear.calls.put(time.monotonic()), **pace)
        except Exception as error:
            ear.failed.put(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield ear
    finally:
        ear.stop.set()
        stopped = time.monotonic()
        thread.join(10)
        assert time.monotonic() - stopped < 2, "stopping took too long"


def test_it_looks_at_the_start_and_soon_after_each_delivery(dovecot: Dovecot, user: str) -> None:
    with listening(reading_account(dovecot, user)) as ear:
        ear.wait()
        for _ in range(3):
            sent = time.monotonic()
            dovecot.deliver(user, MAIL)
            assert ear.wait() - sent < 2
        assert ear.failed.empty()


def test_mail_that_comes_while_the_caller_is_busy_is_not_missed(dovecot: Dovecot, user: str) -> None:
    seen: queue.Queue[int] = queue.Queue()
    stop = threading.Event()

    def on_new() -> None:
        if seen.empty():
            dovecot.deliver(user, MAIL)
        seen.put(1)

    thread = threading.Thread(target=listen, args=(reading_account(dovecot, user), stop, on_new))
    thread.start()
    time.sleep(1.5)
    stop.set()
    thread.join(3)
    assert seen.qsize() == 2


def test_it_looks_now_and_then_even_when_the_server_says_nothing(dovecot: Dovecot, user: str) -> None:
    with listening(reading_account(dovecot, user), sweep_seconds=0.3) as ear:
        times = [ear.wait() for _ in range(3)]
    assert 0.2 < times[2] - times[1] < 1.5


def test_without_idle_it_asks(bare_dovecot: Dovecot, user: str) -> None:
    account = reading_account(bare_dovecot, user, imap_port=bare_dovecot.imap_port, imap_security="none")
    with listening(account, poll_seconds=0.3) as ear:
        times = [ear.wait() for _ in range(3)]
    assert 0.2 < times[2] - times[1] < 1.5


def test_a_server_that_goes_away_is_told_to_the_caller(user: str) -> None:
    with running_dovecot() as server, listening(reading_account(server, user)) as ear:
        ear.wait()
        server.stop()
        error = ear.failed.get(timeout=5)
    assert isinstance(error, ChannelError)
    assert (error.code, error.permanent) == ("connect", False)


def test_a_server_that_dies_silently_is_noticed_when_idle_is_renewed(user: str) -> None:
    with (
        running_script(_idles(b"+ idling\r\n")) as port,
        listening(plain_account(port, user), sweep_seconds=0.3) as ear,
    ):
        error = ear.failed.get(timeout=5)
    assert isinstance(error, ChannelError)
    assert (error.code, error.permanent) == ("connect", False)


@pytest.mark.parametrize("answer", [b"* 2 EXISTS\r\n+ idling\r\n", b"+ idling\r\n* 2 EXISTS\r\n"])
def test_news_that_comes_together_with_the_answer_is_heard(user: str, answer: bytes) -> None:
    with (
        running_script(_idles(answer)) as port,
        running_script(_idles(b"+ idling\r\n")) as quiet_port,
        listening(plain_account(port, user)) as ear,
        listening(plain_account(quiet_port, user)) as quiet_ear,
    ):
        # The script hangs up once the client stops idling, which only news makes it do.
        ear.failed.get(timeout=5)
        assert quiet_ear.failed.empty()


def plain_account(port: int, user: str) -> AccountSettings:
    settings = {"imap_host": "127.0.0.1", "imap_port": port, "imap_security": "none", "imap_user": user}
    return AccountSettings(user, "Desk", {**settings, "smtp_host": "localhost"}, {"password": "x"})


def test_what_the_caller_raises_goes_through(dovecot: Dovecot, user: str) -> None:
    def on_new() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        listen(reading_account(dovecot, user), threading.Event(), on_new)


def _idles(answer: bytes) -> Script:
    """A server that says this when asked to IDLE, and falls silent after DONE."""

    def script(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            tag, command = line.split(" ", 1)
            if command.startswith("CAPABILITY"):
                talk.say("* CAPABILITY IMAP4rev1 IDLE")
            if command == "IDLE":
                talk.say(answer)
                talk.hear()
                return
            talk.say(f"{tag} OK Done.")

    return script
