"""Pages as an agent's browser gets them from the real processes: one after the other, and four browsers at once."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bench.client import Browser, Crowd
from bench.desk import Desk, Running
from bench.measuring import Watch, percentile, pss_of, tree
from bench.words import SEED

WARM, TIMES, CLIENTS = 20, int(os.environ.get("TIMES", "300")), 4
STEPS = 5
"""So often is the memory looked at while it might grow."""
AGENTS = 30
AT_REST = 0.1
"""Of a core, while nobody asks for anything."""
AGENT, LEAD = "agent1@desk.example", "lead@desk.example"
"""The first agent sees their own steps; the lead, everybody's."""


@dataclass(frozen=True)
class Page:
    """What is asked for: any of these addresses, by this member."""

    name: str
    paths: Sequence[str]
    who: str = AGENT


def pages_of(desk: Desk) -> list[Page]:
    """The pages that are measured on this desk."""
    facts, chance = desk.facts, random.Random(SEED)
    first, last = facts["long"]
    return [
        Page("home list, 50 rows", ["/?view=mine"]),
        Page("home list, everyone's", ["/?view=all"], LEAD),
        Page("case page, 10 messages", [f"/cases/{number}/" for number in chance.sample(range(first, last + 1), 40)]),
        Page("search, rare word", [f"/find/?q={quote(word)}" for word in facts["rare"]]),
        Page("search, common word", [f"/find/?q={quote(facts['common'])}"]),
    ]


def measure(run: Running) -> list[dict[str, Any]]:
    """Every page of the desk, in milliseconds; `cpu_ms` is what the desk's processes used for one."""
    _until_at_rest(run)
    wanted = pages_of(run.desk)
    cookies = _cookies(run.desk, wanted)
    return [_one(run, page, cookies[page.who]) for page in wanted]


def memory(run: Running) -> float:
    """MiB of everything that runs (web, worker, and what watches them), shared pages counted once."""
    return pss_of(tree([run.process]))


def growth(run: Running, requests: int) -> Iterator[tuple[int, float]]:
    """How many more requests were answered, and the MiB then: from all pages in turn, by many at once."""
    wanted = pages_of(run.desk)
    cookies = _cookies(run.desk, wanted)
    each = requests // STEPS // len(wanted) // CLIENTS
    for step in range(1, STEPS + 1):
        for page in wanted:
            Crowd(run.port, cookies[page.who], CLIENTS).ask(page.paths, each)
        yield step * each * len(wanted) * CLIENTS, memory(run)


def _until_at_rest(run: Running) -> None:
    """The worker has done what a start brings with it; for a minute at most."""
    for _second in range(60):
        with Watch([run.process]) as watch:
            time.sleep(1)
        if watch.cpu < AT_REST:
            return


def _cookies(desk: Desk, wanted: Sequence[Page]) -> dict[str, str]:
    """Whoever asks for these pages, signed in."""
    members = sorted({page.who for page in wanted})
    return dict(zip(members, json.loads(desk.python("bench.sign_in", *members).stdout), strict=True))


def _one(run: Running, page: Page, cookie: str) -> dict[str, Any]:
    roots = [run.process, *([run.desk.server] if run.desk.server else [])]
    browser = Browser(run.port, cookie)
    size = len(browser.get(page.paths[0]))
    for turn in range(WARM):
        browser.get(page.paths[turn % len(page.paths)])
    with Watch(roots) as alone:
        times = [browser.timed(page.paths[turn % len(page.paths)]) for turn in range(TIMES)]
    browser.close()
    with Watch(roots) as crowd:
        together = Crowd(run.port, cookie, CLIENTS).ask(page.paths, TIMES // CLIENTS)
    return {
        "page": page.name,
        "bytes": size,
        "p50_ms": percentile(times, 0.5),
        "p95_ms": percentile(times, 0.95),
        "cpu_ms": alone.cpu / len(times) * 1000,
        "other": alone.other,
        "clients": CLIENTS,
        "clients_p50_ms": percentile(together, 0.5),
        "clients_p95_ms": percentile(together, 0.95),
        "clients_per_s": len(together) / crowd.seconds,
        "clients_other": crowd.other,
    }
