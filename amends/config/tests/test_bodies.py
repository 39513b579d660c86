"""Whoever sends slowly, too much, or leaves in the middle takes no thread from others (reliability §4.3)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from amends.config import asgi, bodies
from amends.config.bodies import Message
from tests.loops import run

CHUNKED = [(b"transfer-encoding", b"chunked")]
POST = {"type": "http", "method": "POST", "path": "/contact/thimble/", "headers": CHUNKED}


class Browser:
    """Sends these pieces; after the last one it says nothing more, unless it leaves."""

    def __init__(self, *pieces: bytes, ends: bool = True, leaves: bool = False) -> None:
        self._pieces: Iterator[Message] = iter(
            {"type": "http.request", "body": piece, "more_body": not ends or at < len(pieces) - 1}
            for at, piece in enumerate(pieces)
        )
        self._leaves = leaves
        self.heard: list[Message] = []

    async def receive(self) -> Message:
        for message in self._pieces:
            return message
        if not self._leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.heard.append(message)


async def read(browser: Browser, most: int = 10**7) -> bytes:
    with await bodies.whole(POST, browser.receive, most) as body:
        return body.read()


@pytest.mark.parametrize("size", [0, 1, bodies.IN_MEMORY, bodies.IN_MEMORY + 1, 5 * bodies.IN_MEMORY])
def test_a_body_comes_whole_whatever_its_size(size: int) -> None:
    sent = bytes(at % 251 for at in range(size))
    pieces = [sent[at : at + 10_000] for at in range(0, size, 10_000)] or [b""]
    assert run(read(Browser(*pieces))) == sent


def test_a_body_that_does_not_come_is_answered_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.05)
    browser = Browser(b"text=", ends=False)
    run(asgi.application(POST, browser.receive, browser.send))
    assert browser.heard[0]["status"] == 408
    assert b"send it again" in browser.heard[1]["body"]


def test_a_body_beyond_the_limit_is_answered_before_all_of_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "LARGEST", 8)
    browser = Browser(b"123456", b"789012", ends=False)
    run(asgi.application(POST, browser.receive, browser.send))
    assert browser.heard[0]["status"] == 413


def test_to_somebody_who_left_nothing_is_said() -> None:
    browser = Browser(b"text=", ends=False, leaves=True)
    run(asgi.application(POST, browser.receive, browser.send))
    assert browser.heard == []


def test_a_large_body_may_take_as_long_as_a_slow_line_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.05)
    monkeypatch.setattr(bodies, "SLOWEST", 1000)

    class Slow(Browser):
        async def receive(self) -> Message:
            await asyncio.sleep(0.04)
            return await super().receive()

    assert len(run(read(Slow(*[b"x" * 100] * 5)))) == 500


def test_a_request_that_announces_no_body_waits_for_none() -> None:
    browser = Browser(ends=False)
    with run(bodies.whole({**POST, "headers": [(b"host", b"desk")]}, browser.receive, 100)) as body:
        assert body.read() == b""
