"""Read a request's body before a thread is given to it: whoever sends slowly holds up nobody else (reliability §4.3)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from io import BytesIO
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
_ANNOUNCED = {b"content-length", b"transfer-encoding"}
"""One of them stands above any body."""


class TooSlow(Exception):
    """The body did not come in time."""


class TooLarge(Exception):
    """The body is larger than any page takes."""


class Gone(Exception):
    """Whoever sent it has left."""


async def whole(scope: Message, receive: Receive, most: int) -> IO[bytes]:
    """The whole body, read already; whoever asked closes it. Raises TooSlow, TooLarge or Gone."""
    if not _ANNOUNCED & {name for name, _value in scope["headers"]}:
        return BytesIO()
    body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - read by the page, after this returns
    try:
        await _read(receive, body, most)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


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
