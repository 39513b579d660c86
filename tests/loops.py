"""Run what is asynchronous in a test."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(story: Coroutine[Any, Any, T]) -> T:
    """What `story` returns. In a thread of its own: a browser test before may have left its loop in this one."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(lambda: asyncio.run(story)).result()
