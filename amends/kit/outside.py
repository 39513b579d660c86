"""Pictures that lie on other people's servers, fetched by the guarded client and never by a browser (S33).

Whoever keeps the picture learns that the desk asked, when, and nothing else: no cookie, no referrer, no address of
whoever reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

import structlog

from amends.kit import inspected, uploads
from amends.kit.html import may_be_fetched

MOST = 40
"""Pictures of one letter."""
LARGEST = 4 * 1024 * 1024
TOGETHER = 20 * 1024 * 1024
SECONDS = 10.0
"""For all of them; a single answer has half as long."""
HANDS = 4
PORTS = {None, 80, 443}

log = structlog.get_logger("amends.outside")
_turns = BoundedSemaphore(2)
"""Whoever waits for a slow server holds up a thread of the desk: two at a time leave the others for work."""


class BusyError(Exception):
    """Pictures of other letters are being fetched. Nothing was asked for."""


class _NotTheWebError(ValueError):
    """An address that led on to something which is no web server."""


@dataclass(frozen=True)
class Fetched:
    """The bytes of a picture, or a code that says why there are none: private, away, kind, large, late, many, harm."""

    content: bytes = b""
    why: str = ""
    clean: bool = False
    """A scanner has looked at it."""


@dataclass
class _Purse:
    """Bytes that may still come, for all pictures together."""

    left: int


def fetch_all(urls: Sequence[str]) -> dict[str, Fetched]:
    """Each address once, some at the same time. Raises BusyError; whatever goes wrong with one is its `why`."""
    if not _turns.acquire(timeout=1):
        raise BusyError
    try:
        return _fetch_all(list(dict.fromkeys(urls)))
    finally:
        _turns.release()


def _fetch_all(urls: list[str]) -> dict[str, Fetched]:
    pool = ThreadPoolExecutor(HANDS, thread_name_prefix="outside")
    purse = _Purse(TOGETHER)
    asked = {url: pool.submit(_fetch, url, purse) for url in urls[:MOST]}
    wait(asked.values(), timeout=SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    done = {url: one.result() for url, one in asked.items() if one.done() and not one.cancelled()}
    return {url: done.get(url, Fetched(why="late" if url in asked else "many")) for url in urls}


def _fetch(url: str, purse: _Purse) -> Fetched:
    if purse.left <= 0:
        return Fetched(why="large")
    # Slow to load, and only whoever asks for pictures needs it.
    from amends.kit import http  # noqa: PLC0415

    try:
        with http.client(seconds=SECONDS / 2, max_bytes=LARGEST) as web:
            web.event_hooks = {"request": [_only_the_web]}
            answer = web.get(url, headers={"Accept": "image/png,image/jpeg,image/gif,image/webp,image/avif"})
    except http.AddressRefused:
        return Fetched(why="private")
    except http.BodyRefused:
        return Fetched(why="large")
    except (http.HTTPError, http.InvalidURL, ValueError) as error:
        log.info("a picture elsewhere could not be fetched", why=type(error).__name__)
        return Fetched(why="away")
    if answer.status_code != 200:
        return Fetched(why="away")
    purse.left -= len(answer.content)
    return _looked_at(answer.content) if uploads.raster_type(answer.content[:16]) else Fetched(why="kind")


def _looked_at(content: bytes) -> Fetched:
    verdict = inspected.ask_now(content)
    if verdict.state in inspected.HELD:
        log.warning("a picture elsewhere was not kept", found=verdict.said)
        return Fetched(why="harm")
    return Fetched(content, clean=verdict.state == inspected.State.CLEAN)


def _only_the_web(request: Any) -> None:
    """Also where an answer leads on to."""
    if request.url.port not in PORTS or not may_be_fetched(str(request.url)):
        raise _NotTheWebError("this is no address of a picture on the web")
