"""A page is made in a thread and sent outside it; whatever happens meanwhile, the application tidies up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from io import BytesIO
from typing import Any

import pytest

from amends.config.answering import PORTION, Message, Pages
from tests.loops import run

GET = {
    "type": "http",
    "http_version": "1.1",
    "method": "GET",
    "path": "/",
    "query_string": b"q=1",
    "headers": [(b"host", b"desk.example")],
}
PATIENCE = 10
Start = Callable[..., Any]
who: ContextVar[str] = ContextVar("who", default="nobody")


class Answer:
    """These pieces; remembers in which threads it was read, and whether it was tidied up."""

    def __init__(self, *pieces: bytes, fails: bool = False) -> None:
        self._pieces, self._fails = pieces, fails
        self.threads: set[str] = set()
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.threads.add(threading.current_thread().name)
            yield piece
        if self._fails:
            raise OSError("the disk is gone")

    def close(self) -> None:
        self.closed.set()


def answering(answer: Iterable[bytes]) -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
    def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain"), ("X-Query", environ["QUERY_STRING"])])
        return answer

    return application


def asked(pages: Pages) -> list[Message]:
    heard: list[Message] = []

    async def send(message: Message) -> None:
        heard.append(message)

    run(pages(GET, BytesIO(), send))
    return heard


def test_a_page_goes_out_in_one_piece_and_is_tidied_up() -> None:
    answer = Answer(b"<p>", b"good morning", b"</p>")
    head, body = asked(Pages(answering(answer), 1))
    assert head["status"] == 200 and (b"x-query", b"q=1") in head["headers"]
    assert body == {"type": "http.response.body", "body": b"<p>good morning</p>"}
    assert answer.closed.is_set() and all(name.startswith("page") for name in answer.threads)


def test_what_an_application_writes_by_itself_comes_first() -> None:
    """WSGI's older way to answer (PEP 3333)."""

    def application(_environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        write = start("200 OK", [])
        write(b"good ")
        return [b"morning"]

    assert asked(Pages(application, 1))[1]["body"] == b"good morning"


def test_a_large_file_goes_out_in_parts_and_whole() -> None:
    pieces = [bytes([at % 256]) * 65_536 for at in range(14)]
    answer = Answer(*pieces)
    heard = asked(Pages(answering(answer), 1))
    assert b"".join(one["body"] for one in heard[1:]) == b"".join(pieces)
    assert max(len(one["body"]) for one in heard[1:]) == PORTION
    assert [one.get("more_body", False) for one in heard[1:]] == [True, True, True, False]
    assert answer.closed.is_set()


def test_a_slow_line_holds_no_thread() -> None:
    pages = Pages(answering(Answer(b"x" * PORTION, b"the end")), 1)

    async def story() -> list[Message]:
        taken, quick = asyncio.Event(), []

        async def slowly(message: Message) -> None:
            if message["type"] == "http.response.body":
                await taken.wait()

        async def at_once(message: Message) -> None:
            quick.append(message)

        slow = asyncio.create_task(pages(GET, BytesIO(), slowly))
        await asyncio.wait_for(pages(GET, BytesIO(), at_once), PATIENCE)
        taken.set()
        await slow
        return quick

    assert run(story())[-1]["body"] == b"the end"


def test_whoever_leaves_in_the_middle_of_a_file_has_it_tidied_up() -> None:
    answer = Answer(b"x" * PORTION, b"the end")

    async def gone(message: Message) -> None:
        if message["type"] == "http.response.body":
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        run(Pages(answering(answer), 1)(GET, BytesIO(), gone))
    assert answer.closed.wait(PATIENCE)


def test_an_answer_that_fails_in_the_middle_is_tidied_up() -> None:
    answer = Answer(b"x" * PORTION, fails=True)
    with pytest.raises(OSError, match="the disk is gone"):
        asked(Pages(answering(answer), 1))
    assert answer.closed.is_set()


def test_what_one_request_remembers_no_other_sees() -> None:
    seen = []

    def application(_environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        seen.append(who.get())
        who.set("Delphine")
        start("204 No Content", [])
        return []

    pages = Pages(application, 1)
    for _turn in range(2):
        asked(pages)
    assert seen == ["nobody", "nobody"]


def test_there_are_never_more_threads_than_were_said() -> None:
    at_work, most = [0], [0]
    count, both = threading.Lock(), threading.Barrier(2, timeout=PATIENCE)

    def application(_environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        with count:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        both.wait()
        with count:
            at_work[0] -= 1
        start("204 No Content", [])
        return []

    async def send(_message: Message) -> None: ...

    async def story() -> None:
        pages = Pages(application, 2)
        await asyncio.gather(*(pages(GET, BytesIO(), send) for _turn in range(6)))

    run(story())
    assert most[0] == 2
