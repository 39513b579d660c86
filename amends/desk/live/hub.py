"""One thread reads what is new; every open stream gets what its member may hear of.

The source is the timeline itself: entries after the last one seen, read again over a short overlap, because
PostgreSQL may commit a lower id later. What has no entries is compared instead (`elsewhere`).
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count

import structlog
from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection
from django.db.models import Max
from django.utils import timezone

from amends.cases.models import Entry
from amends.desk.live import elsewhere
from amends.desk.live.elsewhere import Memory
from amends.desk.live.news import MOST_TOLD, OVERLAP, News, entries, news_of
from amends.desk.live.ticket import Ticket, mark
from amends.flows import guarded
from amends.kit.wake import Waiter
from amends.people.models import Member
from amends.people.permissions import actors_of
from amends.ui.pieces import forget_drawings

log = structlog.get_logger("amends.live")

QUEUE = 100
SLOW_PAGE = 60.0
"""Seconds between drawing a page and its stream; longer ago, the page is told to look for itself."""
RESYNC = b"event: resync\ndata: {}\n\n"
STILL_HERE = b": still here\n\n"
END = b""
ACTIVE_EVERY = 3.0
CHECK_EVERY = 2.0
"""Seconds until somebody who signed out, or may no longer sign in, hears nothing more (S23)."""
HEARTBEAT = 10
"""Every so many looks each stream is told that we are here."""
WORDS_GO = {"letter.blackened", "case.erased"}
"""Kinds of entries after which no process may hold pieces of pages drawn before."""


@dataclass(eq=False)
class Listener:
    """One open stream: a bounded queue; when it overflows, the page is told to look for itself."""

    ticket: Ticket
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def put(self, frame: bytes) -> None:
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            frame = RESYNC
        self.queue.put_nowait(frame)

    def end(self) -> None:
        """Nothing more is sent, whatever waited."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(END)


class Hub:
    """Reads in a thread of its own, hands out on the event loop."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._looks: asyncio.Task[None] | None = None
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._cases, self._leaving, self._mailboxes, self._alarms = (Memory() for _ in range(4))
        self._last = 0
        self._began = False
        self._handed: deque[tuple[float, News]] = deque(maxlen=MOST_TOLD)
        self._looked_at = float("-inf")
        self.active: Mapping[int, frozenset[int] | None] = {}
        """Members who may sign in, and the brands they may hear of (None: all); looked at every few seconds (S23)."""
        self.seniors: frozenset[int] = frozenset()
        """Members who see every guarded case of their brands."""
        self.sessions: frozenset[str] = frozenset()
        """Marks of the sessions that were open then, `sessions_at` (Unix time)."""
        self.sessions_at = float("-inf")

    def start(self) -> None:
        """Begin to read; the caller's event loop gets the news."""
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._read, args=(loop,), name="live-hub", daemon=True)
        self._thread.start()
        self._looks = loop.create_task(self._look_after_streams())

    def stop(self) -> None:
        """Stop reading and end every stream."""
        self._stop.set()
        if self._looks is not None:
            self._looks.cancel()
        for listener in self.listeners:
            listener.end()

    def since(self, event_id: int, ticket: Ticket) -> list[bytes]:
        """What a stream missed while it was away; if that is too much, its page is told to look for itself."""
        close_old_connections()  # of this thread, which no request begins or ends
        missed = entries(max(event_id, 0))
        if len(missed) == MOST_TOLD:
            return [RESYNC]
        return [news.frame() for news in news_of(missed) if self._may_hear(ticket, news)]

    def while_drawn(self, ticket: Ticket) -> list[bytes]:
        """What happened between the drawing of a page and its first stream. Called on the event loop."""
        too_late = abs(time.time() - ticket.made_at) > SLOW_PAGE  # the clock may have gone back meanwhile
        too_much = len(self._handed) == MOST_TOLD and self._handed[0][0] >= ticket.made_at
        if too_late or too_much:
            return [RESYNC]
        handed = (news for at, news in self._handed if at >= ticket.made_at)
        return [news.frame() for news in handed if self._may_hear(ticket, news)]

    def may_listen(self, ticket: Ticket) -> bool:
        """Whether the member may sign in, and has not signed out where this ticket was given out (ASVS 7.4.1).

        A session that began after the last look is not known yet.
        """
        begun_since = 0 <= ticket.made_at - self.sessions_at <= SLOW_PAGE
        return ticket.member_id in self.active and (
            not ticket.session or ticket.session in self.sessions or begun_since
        )

    def _may_hear(self, ticket: Ticket, news: News) -> bool:
        if news.only is not None and ticket.member_id not in news.only | self.seniors:
            return False
        brands = self.active.get(ticket.member_id, frozenset())
        return brands is None or news.brand_id in brands

    async def _look_after_streams(self) -> None:
        """One clock for all of them: a clock for each stream took more time than what they were told."""
        for look in count(1):
            await asyncio.sleep(CHECK_EVERY)
            for listener in self.listeners:
                if not self.may_listen(listener.ticket):
                    listener.end()
                elif look % HEARTBEAT == 0:
                    listener.put(STILL_HERE)

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stop.is_set():
            try:
                self._read_on(loop)
            except Exception as error:
                log.warning("the live hub could not read; trying again", why=f"{type(error).__name__}: {error}")
                self._stop.wait(1.0)
            close_old_connections()
        connection.close()

    def _read_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Until told to stop. Whatever fails ends it; it is begun again then, and goes on behind what was handed out."""
        with closing(Waiter()) as waiter:
            if not self._began:
                self._look_who_is_active()
                self._last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
                self._changed_elsewhere()
                self._began = True
            while not self._stop.is_set():
                waiter.wait(2.0, self._stop)
                close_old_connections()
                self._look_who_is_active()
                if news := [*self._new_entries(), *self._changed_elsewhere()]:
                    loop.call_soon_threadsafe(self._hand_out, news)

    def _look_who_is_active(self) -> None:
        if time.monotonic() - self._looked_at > ACTIVE_EVERY:
            self._looked_at, began = time.monotonic(), time.time()
            open_ones = Session.objects.filter(expire_date__gt=timezone.now()).values_list("session_key", flat=True)
            self.sessions, self.sessions_at = frozenset(map(mark, open_ones)), began
            members = list(Member.objects.filter(is_active=True).only("pk", "role", "rung"))
            actors = actors_of(member.pk for member in members)
            self.seniors = frozenset(member.pk for member in members if guarded.sees_all(member))
            self.active = {pk: one.brands_seen for pk, one in actors.items()}

    def _hand_out(self, news: Sequence[News]) -> None:
        """To each stream at once what it may hear: what one look found is one write for each, and put together once
        for each member.
        """
        now = time.time()
        self._handed.extend((now, one) for one in news)
        frames = [(one, one.frame()) for one in news]
        heard: dict[int, bytes] = {}
        for listener in self.listeners:
            ticket = listener.ticket
            if (frame := heard.get(ticket.member_id)) is None:
                frame = b"".join(frame for one, frame in frames if self._may_hear(ticket, one))
                heard[ticket.member_id] = frame
            if frame:
                listener.put(frame)

    def _new_entries(self) -> list[News]:
        fresh = [row for row in entries(max(self._last - OVERLAP, 0)) if row[0] not in self._seen]
        if any(kind in WORDS_GO for _pk, _case, _brand, kind in fresh):
            forget_drawings()
        news = news_of(fresh)
        for one in news:
            self._seen[one.id] = None
            self._last = max(self._last, one.id)
        while len(self._seen) > 4 * OVERLAP:
            self._seen.popitem(last=False)
        return news

    def _changed_elsewhere(self) -> list[News]:
        """What has no entry and differs from the last look."""
        cases = self._cases.changed(elsewhere.cases())
        leaving = self._leaving.changed(elsewhere.leaving())
        mailboxes = self._mailboxes.changed(elsewhere.mailboxes())
        needs = guarded.who_needs(cases)
        alarms = set(self._alarms.changed(elsewhere.alarms()).values())
        return [
            *(
                News(self._last, case, brand, (f"presence-{case}",), "presence", needs.get(case))
                for case, brand in cases.items()
            ),
            *(News(self._last, None, brand, ("outbox",), "outbox") for brand in leaving.values()),
            *(News(self._last, None, brand, ("now",), "mailbox") for brand in mailboxes.values()),
            *(News(self._last, None, brand, ("now",), "alarm") for brand in alarms),
        ]
