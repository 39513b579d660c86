"""A day at the desk: agents listen, customers write, pages are asked for. Open loop: nobody waits for a slow desk."""

from __future__ import annotations

import asyncio
import json
import random
import re
import smtplib
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from bench.client import Browser, Refused
from bench.corpus import Mail, mails
from bench.desk import HOST, Running
from bench.measuring import Watch, percentile
from bench.pages import AGENTS, pages_of
from bench.words import SEED

MAILS_A_MINUTE, PAGES_A_SECOND = 300, 50
BROWSERS = 12
"""Connections that the pages are asked on."""
PATIENCE = 30.0
"""Seconds after the last mail until what was not heard is lost."""


@dataclass
class Heard:
    """What the agents' screens were told: by case, when each stream heard of it."""

    listeners: int = 0
    broken: int = 0
    cases: dict[int, list[float]] = field(default_factory=dict)


@dataclass
class Asked:
    """Pages: how long from when each was due, and what went wrong."""

    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def measure(run: Running, agents: int, minutes: float) -> dict[str, Any]:
    """Run the day and count."""
    members = [f"agent{number % AGENTS + 1}@desk.example" for number in range(min(agents, AGENTS))]
    cookies = json.loads(run.desk.python("bench.sign_in", *members).stdout)
    return asyncio.run(_day(run, cookies, agents, minutes))


async def _day(run: Running, cookies: Sequence[str], agents: int, minutes: float) -> dict[str, Any]:
    heard, asked = Heard(), Asked()
    browsers = [Browser(run.port, cookie) for cookie in cookies]
    tickets = [_ticket(browser) for browser in browsers]
    streams = [asyncio.create_task(_listen(run.port, tickets[one % len(tickets)], heard)) for one in range(agents)]
    while heard.listeners + heard.broken < agents:
        await asyncio.sleep(0.1)
    letters = list(mails(int(MAILS_A_MINUTE * minutes), run=f"live{time.time_ns()}", known=run.desk.size // 2))
    roots = [run.process, *([run.desk.server] if run.desk.server else [])]
    with Watch(roots) as watch, ThreadPoolExecutor(BROWSERS + 1) as pool:
        loop = asyncio.get_running_loop()
        sent, _ = await asyncio.gather(
            loop.run_in_executor(pool, _send, run.smtp_port, letters),
            _ask(pool, run, cookies, asked, minutes),
        )
        await asyncio.sleep(PATIENCE)
    for stream in streams:
        stream.cancel()
    return _told(run, heard, asked, sent, watch)


def _told(run: Running, heard: Heard, asked: Asked, sent: dict[str, float], watch: Watch) -> dict[str, Any]:
    found = json.loads(run.desk.python("bench.arrived", *list(sent)[:1], len(sent)).stdout)
    entered = dict(found)
    delays = [
        (at - sent[message_id]) * 1000
        for message_id, case in entered.items()
        for at in [min((at for at in heard.cases.get(case, []) if at >= sent[message_id]), default=None)]
        if at is not None
    ]
    return {
        "page": f"live, {heard.listeners} agents",
        "mails": len(sent),
        "pages": len(asked.times),
        "p50_ms": percentile(asked.times, 0.5),
        "p95_ms": percentile(asked.times, 0.95),
        "event_p50_ms": percentile(delays, 0.5),
        "event_p99_ms": percentile(delays, 0.99),
        "errors": len(asked.wrong) + heard.broken,
        "lost": len(sent) - len(delays),
        "wrong": asked.wrong[:5],
        "seconds": watch.seconds,
        "other": watch.other,
    }


def _ticket(browser: Browser) -> str:
    found = re.search(rb"/events\?ticket=[\w:.+/=-]+", browser.get("/"))
    assert found is not None, "the page has no event stream"
    return found.group(0).decode()


async def _listen(port: int, path: str, heard: Heard) -> None:
    """One screen: remembers when it was told of each case."""
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept: text/event-stream\r\n\r\n".encode())
        if b" 200 " not in await reader.readline():
            raise Refused(path)
        heard.listeners += 1
    except (OSError, Refused):
        heard.broken += 1
        return
    while line := await reader.readline():
        if line.startswith(b"data: ") and b'"case": ' in line:
            news = json.loads(line[6:])
            if news["kind"] == "step.set" or news["kind"] == "contact.in":
                heard.cases.setdefault(news["case"], []).append(time.monotonic())
    heard.broken += 1


def _send(port: int, letters: Sequence[Mail]) -> dict[str, float]:
    """Message-ID → when the desk had acknowledged the mail."""
    sent: dict[str, float] = {}
    began = time.monotonic()
    server = smtplib.SMTP(HOST, port, timeout=60)
    for number, letter in enumerate(letters):
        time.sleep(max(0.0, began + number * 60 / MAILS_A_MINUTE - time.monotonic()))
        server.sendmail(letter.sender, ["help@shop1.example"], letter.raw)
        sent[letter.message_id] = time.monotonic()
    server.quit()
    return sent


async def _ask(pool: ThreadPoolExecutor, run: Running, cookies: Sequence[str], asked: Asked, minutes: float) -> None:
    """Pages at their fixed rate: the list and cases mostly, searches now and then."""
    kinds = [page for page in pages_of(run.desk) if page.who.startswith("agent")]
    chance, loop = random.Random(SEED), asyncio.get_running_loop()
    # The cases are of the first brand, which every other pair of agents serves (`bench.furniture`).
    readers = [cookie for number, cookie in enumerate(cookies) if number % 4 < 2]
    free: list[Browser] = [Browser(run.port, readers[number % len(readers)]) for number in range(BROWSERS)]
    began, waiting = time.monotonic(), []

    def one(path: str, due: float) -> None:
        try:
            browser = free.pop()
        except IndexError:
            browser = Browser(run.port, cookies[0])
        try:
            browser.get(path)
            asked.times.append((time.monotonic() - due) * 1000)
            free.append(browser)
        except (OSError, Refused) as error:
            asked.wrong.append(str(error))

    for number in range(int(minutes * 60 * PAGES_A_SECOND)):
        due = began + number / PAGES_A_SECOND
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        page = chance.choices(kinds, weights=(5, 4, 1, 1))[0]
        waiting.append(loop.run_in_executor(pool, one, chance.choice(page.paths), due))
    await asyncio.gather(*waiting)
