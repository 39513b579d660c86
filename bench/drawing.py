"""Draws pages in this process and tells what they took; `bench.profile` starts it in a desk's environment."""

from __future__ import annotations

import cProfile
import io
import json
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.desk import HOST, ROOT
from bench.sign_in import cookie_of

WARM = 40
TIMES, TOP = int(os.environ.get("TIMES", "100")), int(os.environ.get("TOP", "40"))
Ask = Callable[[], int]


def main() -> None:
    """Draw the pages that are told on stdin: milliseconds, queries and calls of each."""
    for name, paths, who in json.load(sys.stdin):
        ask = _asking(paths, cookie_of(who))
        for _turn in range(WARM):
            ask()
        size, spent = ask(), statistics.median(_spent(ask) for _turn in range(TIMES))
        print(f"\n{name}: {spent:.2f} ms of CPU, {size:,} bytes, {_queries(ask)} queries", flush=True)
        if TOP:
            _profile(ask)


def _asking(paths: list[str], cookie: str) -> Ask:
    """Ask for the next of these pages; its size."""
    pages, handler = cycle(paths), WSGIHandler()

    def begin(status: str, *_headers: Any) -> Callable[[bytes], object]:
        if not status.startswith("200"):
            raise SystemExit(f"bench: the page answered {status}")
        return lambda _data: None

    def ask() -> int:
        path, _mark, query = next(pages).partition("?")
        answer = handler(_environ(path, query, cookie), begin)
        size = sum(map(len, answer))
        answer.close()
        return size

    return ask


def _spent(ask: Ask) -> float:
    began = time.process_time()
    ask()
    return (time.process_time() - began) * 1000


def _queries(ask: Ask) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask()
    if os.environ.get("SQL"):
        print(*(query["sql"][:500] for query in seen.captured_queries), sep="\n")
    return len(seen)


def _profile(ask: Ask) -> None:
    profile, out = cProfile.Profile(), io.StringIO()
    profile.enable()
    for _turn in range(TIMES):
        ask()
    profile.disable()
    stats = pstats.Stats(profile, stream=out)
    stats.sort_stats("tottime").print_stats(TOP)
    stats.sort_stats("cumtime").print_stats(2 * TOP)
    print(out.getvalue().replace(f"{ROOT}/", ""))


def _environ(path: str, query: str, cookie: str) -> dict[str, Any]:
    port = os.environ["AMENDS_PORT"]
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": port,
        "HTTP_HOST": f"{HOST}:{port}",
        "HTTP_COOKIE": cookie,
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }


if __name__ == "__main__":
    main()
