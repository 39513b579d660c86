"""Give up on a connection that does not say what it wants: one that stays silent or dawdles holds a place for ever.

uvicorn closes a kept connection that stays silent, but waits without end for the first request, and for the rest of
any that has begun (CWE-400, "Slowloris"); and of a head it takes as much as comes. What comes after the head has its
own limits, in `bodies`.
"""

from __future__ import annotations

from asyncio import Transport
from asyncio.events import TimerHandle

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE = 15.0
"""Seconds from the connection, or from the end of the last answer, to the end of a request's head."""
LARGEST = 64 * 1024
"""Bytes of a head that is not whole yet; nginx takes half of it."""


class Connection(HttpToolsProtocol):
    """One connection of a browser or a proxy, as uvicorn serves it, closed when no request comes in time.

    It is closed without a word: a proxy that opens connections ahead must not take one for the answer to what it sends
    next. While a request is under way nothing is counted, so that streams and slow uploads go on.
    """

    _late: TimerHandle | None = None
    _unread: int | None = None
    """Bytes of a head that has begun and is not whole; None outside a head."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Somebody is there: the time runs."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Take what came, unless it is a head without end."""
        super().data_received(data)
        if self._unread is not None and not self.transport.is_closing():
            self._unread += len(data)
            if self._unread > LARGEST:
                self.send_400_response("The head of this request is too large.")

    def on_message_begin(self) -> None:
        """The first byte of a head is here."""
        self._unread = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """A request has begun: nothing is owed by whoever sent it but its body."""
        self._unread = None
        self._stop_waiting()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Answered: the next request may come, unless it is here already."""
        here = bool(self.pipeline)
        super().on_response_complete()
        if not here and not self.transport.is_closing():
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._stop_waiting()
        self._late = self.loop.call_later(PATIENCE, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
