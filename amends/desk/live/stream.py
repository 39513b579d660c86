"""The event stream as raw ASGI: no thread and no database connection for each open page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async

from amends.desk.live.hub import Hub, Listener
from amends.desk.live.ticket import Ticket, read
from amends.kit import bare

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MOST = 2_000


class EventStream:
    """``GET /events?ticket=…``: server-sent events for one browser."""

    def __init__(self) -> None:
        self.hub = Hub()

    async def lifespan(self, receive: Receive, send: Send) -> None:
        """Start the hub with the server and stop it with the server."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.hub.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self.hub.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        ticket = read(query.get("ticket", [""])[0])
        if ticket is not None and not self.hub.active:  # the database was away ever since the start
            await _refuse(send, 503, b"The desk is away for a moment.")
        elif ticket is None or not self.hub.may_listen(ticket):
            await _refuse(send, 401, b"Sign in again.")
        elif len(self.hub.listeners) >= MOST:
            await _refuse(send, 503, b"Too many open pages. They ask by themselves now.")
        else:
            await self._stream(ticket, _last_id(scope), receive, send)

    async def _stream(self, ticket: Ticket, last_id: int, receive: Receive, send: Send) -> None:
        listener = Listener(ticket)
        self.hub.listeners.add(listener)
        gone = asyncio.create_task(_end_when_gone(receive, listener))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await _body(send, b": hello\nretry: 2000\n\n")
            missed = await sync_to_async(self.hub.since)(last_id, ticket) if last_id else self.hub.while_drawn(ticket)
            for frame in missed:
                await _body(send, frame)
            while (frame := await listener.queue.get()) and self.hub.may_listen(ticket):
                await _body(send, frame)
            if not gone.done():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.hub.listeners.discard(listener)
            gone.cancel()


_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
    *bare.HEADERS,
]


async def _end_when_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _body(send: Send, frame: bytes) -> None:
    await send({"type": "http.response.body", "body": frame, "more_body": True})


async def _refuse(send: Send, status: int, words: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": bare.TEXT})
    await send({"type": "http.response.body", "body": words})


def _last_id(scope: Message) -> int:
    given = dict(scope["headers"]).get(b"last-event-id", b"")
    return int(given) if given.isdigit() and len(given) < 19 else 0
