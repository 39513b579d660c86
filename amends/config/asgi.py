"""One outer callable: live events as raw ASGI, everything else as Django in a fixed pool of threads.

Django under ASGI would keep an OS thread and perhaps a database connection for each open event stream
(docs/decisions/0002). A thread is given to a request only when its body is here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.utils.translation import gettext as _

from amends.config import bodies
from amends.config.answering import Pages
from amends.config.wsgi import application as pages
from amends.desk.live.stream import EventStream

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

THREADS = 4
LARGEST = 64 * 1024 * 1024
"""Bytes of the largest request; each page has its own, smaller limit and says so better."""

_pages = Pages(pages, THREADS)
_events = EventStream()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route by path; the lifespan starts and stops the hub."""
    if scope["type"] == "lifespan":
        await _events.lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/events"):
        await _events(scope, receive, send)
    elif scope["type"] == "http":
        await _page(scope, receive, send)


async def _page(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        body = await bodies.whole(scope, receive, LARGEST)
    except bodies.TooSlow:
        await bodies.refuse(send, 408, _("This came too slowly. Nothing was taken in: send it again."))
    except bodies.TooLarge:
        await bodies.refuse(send, 413, _("This is too large. Nothing was taken in: send smaller files, or fewer."))
    except bodies.Gone:
        return
    else:
        with body:
            await _pages(scope, body, send)
