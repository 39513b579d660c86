"""WSGI pages in a fixed pool of threads: a page is one way to a thread and back.

A bridge that hands over the head, each piece and the end by themselves goes that way four times and more, and each time
waits for the one lock that Python's threads share; and it holds a thread for as long as a slow line takes to be sent
what is ready. Here a thread makes what goes out next, and is free while it goes out (docs/decisions/0002).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import IO, Any, cast

from a2wsgi.wsgi import build_environ

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

PORTION = 256 * 1024
"""Bytes that are sent at once: nearly every page whole, a large file in parts."""


class Pages:
    """An ASGI application over a WSGI one, for requests whose body is here."""

    def __init__(self, application: Application, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Message, body: IO[bytes], send: Send) -> None:
        whole: Any = body  # a2wsgi has a class of its own for it, and only puts it in its place
        environ = build_environ(cast("Any", scope), whole)
        answer, context = _Answer(self._application, environ), copy_context()
        loop = asyncio.get_running_loop()
        try:
            portion = await loop.run_in_executor(self._threads, context.run, answer.begin)
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            while not answer.ended:
                await send({"type": "http.response.body", "body": portion, "more_body": True})
                portion = await loop.run_in_executor(self._threads, context.run, answer.portion)
            await send({"type": "http.response.body", "body": portion})
        finally:
            if not answer.ended:
                self._threads.submit(context.run, answer.end)


class _Answer:
    """What one request is answered; all but the reading of `status`, `headers` and `ended` happens in a thread."""

    status = 500
    headers: tuple[tuple[bytes, bytes], ...] = ()
    ended = False

    def __init__(self, application: Application, environ: Any) -> None:
        self._application, self._environ = application, environ
        self._pieces: Iterable[bytes] = ()
        self._written: list[bytes] = []

    def begin(self) -> bytes:
        """The head, and the first portion of the body."""
        self._pieces = self._application(self._environ, self._start)
        self._rest = iter(self._pieces)
        return self.portion()

    def portion(self) -> bytes:
        """What is sent next; the last time `ended` is set."""
        made, size = self._written[:], 0
        self._written.clear()
        try:
            for piece in self._rest:
                made.append(piece)
                size += len(piece)
                if size >= PORTION:
                    return b"".join(made)
        except BaseException:
            self.end()
            raise
        self.end()
        return b"".join(made)

    def end(self) -> None:
        """Let the application tidy up after it."""
        self.ended = True
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()

    def _start(self, status: str, headers: Headers, exc_info: object = None) -> Callable[[bytes], object]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers)
        return self._written.append
