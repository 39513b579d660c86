"""Requests of this process, counted by whose page it was, by outcome and by how long it took."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.http.response import HttpResponseBase

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds; upper bounds of the histogram."""
OURS = ("desk", "portal", "demo", "upkeep")


@dataclass
class Times:
    """How long the requests of one page class took."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0

    def cumulative(self) -> list[int]:
        """Requests within each bound, and at last all."""
        return [sum(self.buckets[: index + 1]) for index in range(len(self.buckets))]


@dataclass
class Counted:
    """Everything counted since the process began."""

    outcomes: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    times: dict[str, Times] = field(default_factory=lambda: defaultdict(Times))


class Counter:
    """Counts for all threads of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counted = Counted()

    def add(self, page: str, status: int, seconds: float) -> None:
        """One more request."""
        bucket = next((index for index, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        with self._lock:
            self._counted.outcomes[page, f"{status // 100}xx"] += 1
            self._counted.times[page].buckets[bucket] += 1
            self._counted.times[page].seconds += seconds

    def now(self) -> Counted:
        """A copy that no other thread changes."""
        with self._lock:
            times = {page: Times(list(one.buckets), one.seconds) for page, one in self._counted.times.items()}
            return Counted(dict(self._counted.outcomes), times)


COUNTER = Counter()


class CountingMiddleware:
    """Counts every request, also those that another middleware refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        COUNTER.add(page_class(request), response.status_code, time.perf_counter() - began)
        return response


def page_class(request: HttpRequest) -> str:
    """Whose page it was: `desk`, `portal`, `accounts`, `static` … Few words: each is a line of the metrics."""
    if request.path.startswith("/static/"):
        return "static"
    match = request.resolver_match
    if match is None:
        return "none"
    parts = getattr(match.func, "__module__", "").split(".")
    if parts[0] == "amends" and len(parts) > 1 and parts[1] in OURS:
        return parts[1]
    return "accounts" if request.path.startswith("/accounts/") else "other"
