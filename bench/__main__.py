"""`make bench`: measures what WHAT names on desks of SIZES cases on DATABASES, prints a table, writes JSON.

WHAT=intake,pages,memory,growth,live,start,clock,promises,letters   SIZES=0,100000,1000000   DATABASES=sqlite,postgresql
MAILS=1500   KEPT=50   TIMES=300   REQUESTS=10000   MINUTES=10   AGENTS=200   PROMISES=1000000
OUT=var/bench/result.json   BENCH_DIR=var/bench
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import clock, letters, live, pages, start
from bench import desk as desks
from bench.desk import Desk
from bench.measuring import Watch, machine
from bench.table import table

METHOD = {
    "intake": "mails of the corpus kept as a backlog is, KEPT=50 of them durable and then acknowledged at once (KEPT=1: "
    "each by itself), taken in as the worker does, in batches; "
    "SQLite in one process, PostgreSQL in two; per second on the clock, CPU of all processes and the server for one",
    "pages": "real processes, after a minute at most for what a start brings; a signed-in agent, one kept connection, "
    f"{pages.TIMES} times after {pages.WARM} to warm up; then {pages.CLIENTS} browsers at once; milliseconds until the last byte",
    "memory": "PSS of the whole process tree, as installed, after the pages were measured, without the database server",
    "growth": "the same while more pages are asked for",
    "live": "agents on event streams, mails by SMTP, pages at a fixed rate; a page counts from when it was due",
    "clock": f"the command `amends clock` as a process of its own; a century with a calendar read anew, {clock.STARTS} times",
    "promises": "PROMISES open ones on an empty desk; the next 50 rows of a list, and the sweeps, 200 times each in one "
    "process, with the plan of each query",
    "letters": "the command `amends promises` as a process of its own; letters in English, German and French, over and over",
    "start": "a clone of this repository, `make run`, until the first page answers",
}
WORKERS = {"sqlite": 1, "postgresql": 2}


def main() -> None:
    """Measure, print, write."""
    wanted = _names("WHAT", "intake,pages,memory,growth,live,start,clock")
    sizes = [int(size) for size in _names("SIZES", "0,100000,1000000")]
    results: list[dict[str, Any]] = []
    for result in _results(wanted, sizes, _names("DATABASES", "sqlite,postgresql")):
        results.append(result)
        print(table([result]), flush=True)
    where = machine()
    told = {"machine": where, "versions": _versions(), "method": METHOD, "results": results}
    out = Path(os.environ.get("OUT") or desks.KEPT / f"result-{time.strftime('%Y%m%d-%H%M%S')}.json")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(told, indent=1))
    print(f"\n{table(results)}\n\n{_where(where)}\nWritten to {out}")


def _results(wanted: list[str], sizes: list[int], databases: list[str]) -> Iterator[dict[str, Any]]:
    for database in databases:
        for size in sizes:
            if not {"intake", "pages", "memory", "growth", "live"} & set(wanted):
                continue
            with desks.filled(database, size) as desk:
                for result in _of_desk(desk, wanted):
                    yield {"database": database, "cases": size, **result}
        if "promises" in wanted:
            with desks.filled(database, 0) as desk:
                for asked in json.loads(desk.python("bench.promises", os.environ.get("PROMISES", "1000000")).stdout):
                    yield {"database": database, "cases": 0, "what": "promises", **asked}
    if "start" in wanted:
        yield {"database": "sqlite", "cases": 0, **start.measure()}
    if "clock" in wanted:
        yield from clock.measure()
    if "letters" in wanted:
        yield from letters.measure()


def _of_desk(desk: Desk, wanted: list[str]) -> Iterator[dict[str, Any]]:
    if desk.size and {"pages", "memory", "growth"} & set(wanted):
        with desks.running(desk) as run:
            for page in pages.measure(run):
                yield {"what": "pages", **page}
            yield {"what": "memory", "page": "web and worker after the pages", "pss_mib": pages.memory(run)}
            if "growth" in wanted:
                for requests, mib in pages.growth(run, int(os.environ.get("REQUESTS", "10000"))):
                    yield {"what": "growth", "page": f"after {requests:,} more requests", "pss_mib": mib}
    if desk.size and "live" in wanted:
        with desks.running(desk) as run:
            agents, minutes = int(os.environ.get("AGENTS", "200")), float(os.environ.get("MINUTES", "10"))
            yield {"what": "live", **live.measure(run, agents, minutes)}
    if "intake" in wanted:
        yield {"what": "intake", **_intake(desk, int(os.environ.get("MAILS", "1500")))}


def _intake(desk: Desk, count: int) -> dict[str, Any]:
    workers = WORKERS[desk.database]
    run = f"r{time.time_ns()}"
    processes = [desk.start("bench.intake", count, run, share, workers) for share in range(workers)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready", "the intake did not begin; its error stands above"
    roots = [process.pid for process in processes] + ([desk.server] if desk.server else [])
    with Watch(roots) as watch:
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        lines = [process.stdout.readline() for process in processes if process.stdout]
    for process in processes:
        process.communicate()
    told = [json.loads(line) for line in lines]
    mails = sum(one["mails"] for one in told)
    seconds = max(one["seconds"] for one in told)
    return {
        "page": f"mail to case, {workers} process{'es' if workers > 1 else ''}",
        "mails": mails,
        "per_s": mails / seconds,
        "cpu_ms": watch.cpu / mails * 1000,
        "other": watch.other,
        "outcome": {name: told[0][name] for name in ("taken", "ignored", "unreadable", "waiting", "entries")},
    }


def _names(name: str, default: str) -> list[str]:
    return [part.strip() for part in (os.environ.get(name) or default).split(",") if part.strip()]


def _versions() -> dict[str, str]:
    git = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    packages = ("django", "uvicorn", "a2wsgi", "psycopg", "nh3")
    return {"commit": git.stdout.strip(), **{name: version(name) for name in packages}}


def _where(machine: dict[str, Any]) -> str:
    return f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, Python {machine['python']}"


if __name__ == "__main__":
    main()
