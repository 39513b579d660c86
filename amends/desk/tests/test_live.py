"""News for open screens: at once, to those who may hear it, and to nobody else (S8, S23)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from amends.cases import presence
from amends.cases.models import Case, Draft, Entry
from amends.channels import accounts
from amends.desk.live import ticket
from amends.desk.live.hub import QUEUE, RESYNC, Hub, Listener
from amends.desk.live.news import OVERLAP, News
from amends.desk.live.stream import EventStream
from amends.desk.live.ticket import Ticket
from amends.people.models import Member
from tests.cast import Cast, assemble, complaint
from tests.loops import run as in_a_loop

pytestmark = pytest.mark.django_db(transaction=True)
Message = MutableMapping[str, Any]
PATIENCE = 20


class Browser:
    """One open page: what it was sent, and a way to leave."""

    def __init__(self, stream: EventStream, pass_: str) -> None:
        self.sent: list[Message] = []
        self.left = asyncio.Event()
        scope = {"query_string": f"ticket={pass_}".encode(), "headers": []}
        self.task = asyncio.create_task(stream(scope, self._receive, self._send))

    async def _receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def heard(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    async def hears(self, words: str, times: int = 1) -> bool:
        for _ in range(PATIENCE * 20):
            if self.heard.count(words) >= times:
                return True
            await asyncio.sleep(0.05)
        return False


def pass_of(member: Member) -> str:
    return ticket.make(member.pk)


def live(story: Callable[[EventStream], Awaitable[None]]) -> None:
    """Run a story with a hub that reads the real database."""

    async def run() -> None:
        stream = EventStream()
        stream.hub.start()
        for _ in range(PATIENCE * 20):
            if stream.hub.active:
                break
            await asyncio.sleep(0.05)
        try:
            await story(stream)
        finally:
            stream.hub.stop()
            if stream.hub._thread is not None:
                await asyncio.to_thread(stream.hub._thread.join, PATIENCE)

    in_a_loop(run())


def test_a_new_mail_is_news_for_its_brand_and_for_no_other() -> None:
    cast = assemble()
    passes = pass_of(cast.delphine), pass_of(cast.callum), pass_of(cast.marguerite)

    async def story(stream: EventStream) -> None:
        florist, stranger, admin = (Browser(stream, one) for one in passes)
        await asyncio.sleep(0.3)
        case = await sync_to_async(complaint)(cast)
        assert await florist.hears(f'"case-{case.pk}"')
        assert await admin.hears(f'"case-{case.pk}"')
        assert '"now"' in florist.heard
        assert "news" not in stranger.heard, "nothing about another brand, not one byte"
        for browser in (florist, stranger, admin):
            browser.left.set()

    live(story)


def test_who_comes_to_a_case_is_news_and_so_is_a_letter_in_the_outbox() -> None:
    cast = assemble()
    case = complaint(cast)
    pass_ = pass_of(cast.delphine)

    async def story(stream: EventStream) -> None:
        florist = Browser(stream, pass_)
        await asyncio.sleep(0.3)
        await sync_to_async(_arrive)(cast, case)
        assert await florist.hears(f'"presence-{case.pk}"')
        assert '"outbox"' not in florist.heard, "nobody's letter leaves for it"
        await sync_to_async(_send)(cast, case)
        assert await florist.hears('"outbox"')
        florist.left.set()

    live(story)


def test_a_mailbox_that_fails_and_then_answers_is_news_both_times() -> None:
    cast = assemble()
    passes = pass_of(cast.marguerite), pass_of(cast.callum)

    async def story(stream: EventStream) -> None:
        admin, stranger = (Browser(stream, one) for one in passes)
        await asyncio.sleep(0.3)
        await sync_to_async(accounts.in_trouble)(cast.mailbox, "Nobody answers.", timezone.now())
        assert await admin.hears('"topics": ["now"], "kind": "mailbox"')
        await sync_to_async(accounts.heard)(cast.mailbox, timezone.now())
        assert await admin.hears('"topics": ["now"], "kind": "mailbox"', times=2)
        assert "news" not in stranger.heard
        for browser in (admin, stranger):
            browser.left.set()

    live(story)


@pytest.mark.long
def test_somebody_switched_off_hears_nothing_more() -> None:
    """S23: within five seconds."""
    cast = assemble()
    pass_ = pass_of(cast.delphine)

    async def story(stream: EventStream) -> None:
        florist = Browser(stream, pass_)
        assert await florist.hears("hello")
        await sync_to_async(Member.objects.filter(pk=cast.delphine.pk).update)(is_active=False)
        await asyncio.wait_for(florist.task, PATIENCE)
        assert florist.sent[-1].get("more_body") is False

    live(story)


def test_somebody_switched_off_hears_nothing_more_however_busy_the_desk_is() -> None:
    """S23: there may be no quiet moment in which to look."""

    async def story() -> None:
        stream = EventStream()
        stream.hub.active = {5: None}
        florist = Browser(stream, ticket.make(5))
        assert await florist.hears("hello")
        stream.hub.active = {}
        for listener in stream.hub.listeners:
            listener.put(News(1, 1, 1, ("now",), "x").frame())
        await asyncio.wait_for(florist.task, PATIENCE)
        assert "news" not in florist.heard

    in_a_loop(story())


@pytest.mark.long
@pytest.mark.parametrize("how", ["signs out", "signs out everywhere else", "the session runs out"])
def test_whoever_signs_out_hears_nothing_more_in_pages_that_are_open(
    signed_in: Callable[[Member], Client], how: str
) -> None:
    """ASVS 7.4.1, within five seconds; and the same ticket opens nothing again."""
    cast = assemble()
    here, there = signed_in(cast.delphine), signed_in(cast.delphine)
    passes = [one.get("/now/ticket").content.decode().removeprefix("/events?ticket=") for one in (here, there)]

    def end() -> None:
        if how == "signs out":
            here.post("/accounts/logout/")
        elif how == "signs out everywhere else":
            Session.objects.exclude(pk=there.session.session_key).delete()
        else:
            Session.objects.filter(pk=here.session.session_key).update(expire_date=timezone.now())

    async def story(stream: EventStream) -> None:
        closes, stays = (Browser(stream, one) for one in passes)
        assert await closes.hears("hello") and await stays.hears("hello")
        await sync_to_async(end)()
        await asyncio.wait_for(closes.task, PATIENCE)
        case = await sync_to_async(complaint)(cast)
        assert await stays.hears(f'"case-{case.pk}"')
        assert "news" not in closes.heard
        again = Browser(stream, passes[0])
        await asyncio.wait_for(again.task, PATIENCE)
        assert again.sent[0]["status"] == 401
        stays.left.set()

    live(story)


def test_whoever_signed_in_a_moment_ago_is_heard_at_once() -> None:
    hub = Hub()
    hub.active, hub.sessions_at = {5: None}, 100.0
    assert hub.may_listen(Ticket(5, 100.5, "new"))
    assert not hub.may_listen(Ticket(5, 99.5, "ended"))
    assert not hub.may_listen(Ticket(5, 100_000.0, "ended, and a clock ran ahead"))
    assert not hub.may_listen(Ticket(6, 100.5, "new"))


def test_a_ticket_does_not_tell_the_key_of_its_session(signed_in: Callable[[Member], Client]) -> None:
    browser = signed_in(assemble().delphine)
    key = browser.session.session_key
    given = browser.get("/now/ticket").content.decode()
    page = browser.get("/").content.decode()
    read = ticket.read(given.removeprefix("/events?ticket="))
    assert key and read is not None and read.session == ticket.mark(key)
    assert key not in given and key not in page and key not in str(read)


@pytest.mark.long
def test_whoever_is_taken_out_of_a_team_hears_no_more_of_its_brand_in_open_pages() -> None:
    cast = assemble()
    passes = pass_of(cast.delphine), pass_of(cast.marguerite)

    async def story(stream: EventStream) -> None:
        florist, admin = (Browser(stream, one) for one in passes)
        assert await florist.hears("hello")
        await sync_to_async(cast.delphine.teams.clear)()
        for _ in range(PATIENCE * 20):
            if not stream.hub.active[cast.delphine.pk]:
                break
            await asyncio.sleep(0.05)
        case = await sync_to_async(complaint)(cast)
        assert await admin.hears(f'"case-{case.pk}"')
        assert "news" not in florist.heard
        for browser in (florist, admin):
            browser.left.set()

    live(story)


def test_a_page_that_stays_open_gets_a_fresh_ticket_while_it_is_signed_in(
    signed_in: Callable[[Member], Client],
) -> None:
    delphine = assemble().delphine
    with time_machine.travel(timezone.now() - timedelta(hours=13)):
        old = pass_of(delphine)
    assert ticket.read(old) is None
    fresh = signed_in(delphine).get("/now/ticket").content.decode()
    renewed = ticket.read(fresh.removeprefix("/events?ticket="))
    assert renewed is not None and renewed.member_id == delphine.pk
    assert Client().get("/now/ticket", headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("given", ["", "nonsense", "a:b:c"])
def test_without_a_ticket_there_is_no_stream(given: str) -> None:
    assemble()

    async def story(stream: EventStream) -> None:
        stranger = Browser(stream, given)
        await asyncio.wait_for(stranger.task, PATIENCE)
        assert stranger.sent[0]["status"] == 401

    live(story)


def test_a_page_that_cannot_keep_up_is_told_to_look_for_itself() -> None:
    listener = Listener(Ticket(1))
    for number in range(QUEUE + 1):
        listener.put(News(number, 1, 1, ("now",), "x").frame())
    assert listener.queue.qsize() == 1
    assert b"resync" in listener.queue.get_nowait()


def test_a_page_that_was_away_for_too_much_is_told_to_look_for_itself() -> None:
    cast = assemble()
    case = complaint(cast)
    first = case.entries.earliest("pk").pk
    hub = EventStream().hub
    hub.active = {cast.delphine.pk: None}
    came = {"case": case, "kind": "note.written", "at": timezone.now(), "recorded_at": timezone.now()}
    Entry.objects.bulk_create(Entry(**came) for _ in range(2 * OVERLAP))
    assert hub.since(first, Ticket(cast.delphine.pk)) == [RESYNC]
    assert len(hub.since(Entry.objects.latest("pk").pk - 5, Ticket(cast.delphine.pk))) == 5


def test_a_page_drawn_before_more_than_is_remembered_is_told_to_look_for_itself() -> None:
    hub = EventStream().hub
    hub.active = {5: None}
    drawn = time.time()
    for number in range(2 * OVERLAP):
        hub._hand_out([News(number, 1, 1, ("now",), "x")])
    assert hub.while_drawn(Ticket(5, drawn)) == [RESYNC]
    assert hub.while_drawn(Ticket(5, time.time())) == []


def test_a_page_that_comes_back_is_answered_once_the_database_is_there_again() -> None:
    """Nobody else looks after the connection of the thread in which it is asked."""
    hub = EventStream().hub

    def ask() -> list[bytes]:
        return hub.since(1, Ticket(5))

    def lose_it() -> None:
        if connection.vendor == "postgresql":  # SQLite's is a file, and never away
            connection.connection.close()

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(ask).result() == []
        thread.submit(lose_it).result()
        assert thread.submit(ask).result() == []
        thread.submit(lambda: connection.close()).result()


def _arrive(cast: Cast, case: Case) -> None:
    presence.here(case, cast.bo, writing=True, now=timezone.now())


def _send(cast: Cast, case: Case) -> None:
    now = timezone.now()
    Draft.objects.create(case=case, author=cast.bo, text="It leaves.", updated_at=now, hold_until=now)


def test_a_page_hears_what_was_committed_while_it_was_drawn() -> None:
    """The timeline may be read before a commit and the stream opened after it: the commit is told again."""
    cast = assemble()
    began = time.time()
    admins = pass_of(cast.marguerite)
    pass_ = ticket.make(cast.delphine.pk, began)

    async def story(stream: EventStream) -> None:
        witness = Browser(stream, admins)
        await asyncio.sleep(0.3)
        case = await sync_to_async(complaint)(cast)
        assert await witness.hears(f'"case-{case.pk}"')
        late = Browser(stream, pass_)
        assert await late.hears(f'"case-{case.pk}"')
        for browser in (witness, late):
            browser.left.set()

    live(story)
