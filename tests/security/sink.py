"""A server of pictures somewhere outside: it notes who asked for what, and with which headers."""

from __future__ import annotations

import contextlib
import socket
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import pytest

from amends.kit import http, outside
from tests.peers.web import serving

HOST = "pictures.elsewhere.example"


def drawn(width: int = 160, height: int = 80, colour: tuple[int, int, int] = (200, 60, 40)) -> bytes:
    """A PNG of one colour that a browser really shows."""
    rows = b"".join(b"\0" + bytes(colour) * width for _row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


PNG = drawn()


@dataclass
class Sink:
    """What is there, by path, and what was asked for."""

    port: int = 0
    there: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]


@contextmanager
def running() -> Iterator[Sink]:
    """A picture for every path, unless `there` says otherwise."""
    sink = Sink()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sink.asked.append((self.path, dict(self.headers)))
            status, headers, body = sink.there.get(self.path, (200, {"Content-Type": "image/png"}, PNG))
            self.send_response(status)
            for name, value in {**headers, "Set-Cookie": "x7=1; Path=/", "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # who finds it too large hangs up
                self.wfile.write(body)

    with serving(Pages) as port:
        sink.port = port
        yield sink


@contextmanager
def reached(sink: Sink, *, as_if_public: bool) -> Iterator[None]:
    """Names under `elsewhere.example` lead to the sink's machine, and its port is one of the web.

    The guard takes the address for what it is, a private one, unless `as_if_public`.
    """
    look_up = socket.getaddrinfo

    def resolver(host: str, port: int, *rest: int, **more: int) -> object:
        return look_up("127.0.0.1" if host.endswith("elsewhere.example") else host, port, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", resolver)
        patch.setattr(outside, "PORTS", {*outside.PORTS, sink.port})
        if as_if_public:
            public = http.is_public
            patch.setattr(http, "is_public", lambda address: address == "127.0.0.1" or public(address))
        yield
