"""One outer callable: live events as raw ASGI, everything else as Django in a fixed pool of threads.

Django under ASGI would keep an OS thread and perhaps a database connection for each open event stream
(docs/decisions/0002).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware

from amends.config.wsgi import application as pages
from amends.desk.live.stream import EventStream

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

THREADS = 4

_pages = WSGIMiddleware(pages, workers=THREADS)  # type: ignore[arg-type]
_events = EventStream()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route by path; the lifespan starts and stops the hub."""
    if scope["type"] == "lifespan":
        await _events.lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/events"):
        await _events(scope, receive, send)
    else:
        await _pages(scope, receive, send)  # type: ignore[arg-type]
