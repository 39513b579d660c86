"""Whoever connects and does not say what they want, or says it a byte at a time, holds no place for long (CWE-400)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from amends.config import heads
from amends.config.bodies import Message, Receive, Send, whole
from tests.peers.ports import HOST, free_ports, wait_for

pytestmark = pytest.mark.server

PATIENCE = 0.5
LONG = 3 * PATIENCE
HEAD = b" /page HTTP/1.1\r\nHost: desk.example\r\n"
GET = b"GET" + HEAD + b"\r\n"
POST = b"POST" + HEAD + b"Content-Length: 15\r\n\r\n"
STREAM = GET.replace(b"/page", b"/events")
PAGE = b"a page"


async def desk(scope: Message, receive: Receive, send: Send) -> None:
    """Shows a page or says a body back; under /events there is news for long."""
    if scope["path"] == "/events":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(10):
            await send({"type": "http.response.body", "body": b"news\n", "more_body": True})
            await asyncio.sleep(LONG / 10)
        await send({"type": "http.response.body", "body": b"end"})
        return
    with await whole(scope, receive, 10**6) as body:
        said = body.read() or PAGE
    length = (b"content-length", str(len(said)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": said})


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Connected to a server of little patience, which keeps connections for a minute."""
    monkeypatch.setattr(heads, "PATIENCE", PATIENCE)
    (port,) = free_ports(1)
    kind = heads.Connection
    config = uvicorn.Config(desk, HOST, port, http=kind, lifespan="off", log_config=None, timeout_keep_alive=60)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_for(port, thread.is_alive)
        with socket.create_connection((HOST, port)) as connection:
            yield Client(connection)
    finally:
        server.should_exit = True
        thread.join()


class Client:
    """Says what it is told to, at once or a byte at a time."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    def say(self, words: bytes) -> None:
        self._socket.sendall(words)

    def drip(self, words: bytes) -> None:
        """A byte at a time, all of them within LONG, or until the server has had enough."""
        self._socket.settimeout(LONG / len(words))
        with contextlib.suppress(OSError):
            for at in range(len(words)):
                self.say(words[at : at + 1])
                with contextlib.suppress(TimeoutError):
                    if not self._socket.recv(1, socket.MSG_PEEK):
                        return

    def hear(self, until: bytes) -> bytes:
        """What is answered, up to these words or the end."""
        self._socket.settimeout(2 * LONG)
        heard = b""
        while until not in heard and (more := self._socket.recv(4096)):
            heard += more
        return heard

    def is_let_go(self) -> bool:
        """Whether the server closes the connection without a word; it does so within twice its patience."""
        self._socket.settimeout(2 * PATIENCE)
        try:
            return self._socket.recv(4096) == b""
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False


def test_whoever_connects_and_says_nothing_is_let_go(client: Client) -> None:
    assert client.is_let_go()


def test_a_head_that_comes_a_byte_at_a_time_is_given_up(client: Client) -> None:
    client.drip(GET)
    assert client.is_let_go()


def test_a_head_that_stops_in_the_middle_is_given_up(client: Client) -> None:
    client.say(GET[:-2])
    assert client.is_let_go()


@pytest.mark.parametrize("words", [GET, b"\r\n" * 20], ids=["a head", "empty lines"])
def test_what_comes_slowly_after_an_answer_is_given_up_too(client: Client, words: bytes) -> None:
    client.say(GET)
    assert PAGE in client.hear(PAGE)
    client.drip(words)
    assert client.is_let_go()


def test_a_connection_that_asks_in_time_stays_open(client: Client) -> None:
    began = time.monotonic()
    while time.monotonic() < began + LONG:
        client.say(GET)
        assert PAGE in client.hear(PAGE)
        time.sleep(PATIENCE / 5)


@pytest.mark.parametrize("before", [b"", STREAM], ids=["at first", "while an answer is under way"])
def test_a_head_without_end_is_refused_before_it_fills_the_memory(client: Client, before: bytes) -> None:
    client.say(before + GET[:-2])
    for _ in range(heads.LARGEST // 1024):
        client.say(b"X: " + b"x" * 1019 + b"\r\n")
    assert client.hear(b"too large").endswith(b"The head of this request is too large.")


def test_a_large_head_and_a_larger_body_are_taken(client: Client) -> None:
    client.say(GET[:-2] + (b"X: " + b"x" * 1019 + b"\r\n") * (heads.LARGEST // 1024 - 1) + b"\r\n")
    assert PAGE in client.hear(PAGE)
    client.say(POST.replace(b"15", b"%d" % (2 * heads.LARGEST)) + b"y" * 2 * heads.LARGEST)
    assert client.hear(b"y" * 2 * heads.LARGEST)


def test_a_body_has_a_patience_of_its_own(client: Client) -> None:
    client.say(POST)
    client.drip(b"an honest word\n")
    assert b"an honest word" in client.hear(b"word\n")


def test_a_stream_of_news_is_not_cut(client: Client) -> None:
    client.say(STREAM)
    heard = client.hear(b"end")
    assert heard.count(b"news") == 10
    assert b"end" in heard


def test_requests_that_were_sent_ahead_are_all_answered(client: Client) -> None:
    client.say(STREAM + GET + GET[:9])
    heard = client.hear(PAGE)
    assert b"end" in heard
    assert heard.endswith(PAGE)
    client.say(GET[9:])
    assert client.hear(PAGE).endswith(PAGE)
    assert client.is_let_go()
