"""A server that speaks the range API of Pwned Passwords as its page tells: by the first five characters of a hash.

https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange: ``GET /range/{prefix}`` is answered by one line each
of ``SUFFIX:COUNT``, in capitals, apart by CRLF; with ``Add-Padding: true`` there are lines whose count is 0 among them.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.peers.web import serving


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


@dataclass
class Ranges:
    """What it knows, what it was asked (path and headers in lower case), and how it answers."""

    port: int = 0
    known: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    status: int = 200
    body: bytes = b""
    """Answered in place of the usual."""
    seconds: float = 0
    """Between two lines."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/range"

    def lines(self, prefix: str) -> list[str]:
        padding = [f"{sha1(f'{prefix} {at}')[5:]}:0" for at in range(800)]
        hashes = {sha1(password) for password in self.known}
        return sorted([*padding, *(f"{one[5:]}:{len(one)}" for one in hashes if one.startswith(prefix))])


class _Handler(BaseHTTPRequestHandler):
    ranges: Ranges

    def do_GET(self) -> None:
        self.ranges.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(self.ranges.status)
        self.end_headers()
        lines = self.ranges.lines(self.path.rpartition("/")[2])
        pieces = [self.ranges.body] if self.ranges.body else [f"{line}\r\n".encode() for line in lines]
        with suppress(OSError):  # who asked has lost patience
            for piece in pieces:
                self.wfile.write(piece)
                time.sleep(self.ranges.seconds)


@contextmanager
def running_ranges(*known: str) -> Iterator[Ranges]:
    """One that knows these passwords."""
    ranges = Ranges(known=set(known))
    with serving(type("Handler", (_Handler,), {"ranges": ranges})) as port:
        ranges.port = port
        yield ranges
