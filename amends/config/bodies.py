"""Read a request's body before a thread is given to it: whoever sends slowly holds up nobody else (reliability §4.3)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from amends.kit import bare

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATIENCE = 30.0
"""Seconds that any body may take."""
SLOWEST = 8 * 1024
"""Bytes a second below which a longer body is given up."""
IN_MEMORY = 256 * 1024
CHUNK = 64 * 1024


class TooSlow(Exception):
    """The body did not come in time."""


class TooLarge(Exception):
    """The body is larger than any page takes."""


class Gone(Exception):
    """Whoever sent it has left."""


async def whole(receive: Receive, most: int) -> Receive:
    """A `receive` that gives the whole body, read already. Raises TooSlow, TooLarge or Gone."""
    body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - read by the page, after this returns
    try:
        await _read(receive, body, most)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return _Read(body, receive)


async def refuse(send: Send, status: int, words: str) -> None:
    """Answer in one plain sentence and close the connection."""
    headers = [*bare.TEXT, (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})


async def _read(receive: Receive, body: IO[bytes], most: int) -> None:
    began, size, more = time.monotonic(), 0, True
    while more:
        left = began + PATIENCE + size / SLOWEST - time.monotonic()
        try:
            message = await asyncio.wait_for(receive(), left)
        except TimeoutError:
            raise TooSlow from None
        if message["type"] == "http.disconnect":
            raise Gone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most:
            raise TooLarge
        body.write(chunk)
        more = message.get("more_body", False)


class _Read:
    """Hands the body out in pieces; afterwards only whether the other side is still there is left to tell."""

    def __init__(self, body: IO[bytes], receive: Receive) -> None:
        self._body = body
        self._receive = receive
        self._done = False

    async def __call__(self) -> Message:
        if self._done:
            return await self._receive()
        chunk = self._body.read(CHUNK)
        self._done = len(chunk) < CHUNK
        if self._done:
            self._body.close()
        return {"type": "http.request", "body": chunk, "more_body": not self._done}
