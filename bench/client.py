"""A browser that costs little: one kept connection, a cookie, and the time until the last byte of an answer."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Thread

HOST = "127.0.0.1"


class Refused(Exception):
    """The desk did not answer 200."""


class _ClosedWhileIdle(Refused):
    """Not one byte of an answer came."""


class Browser:
    """One signed-in browser."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self._line = self._connect()

    def get(self, path: str) -> bytes:
        """The body of a page. Raises Refused.

        A kept connection that the server closed while nobody asked is opened again, as browsers do (RFC 9112, 9.3.1).
        """
        try:
            return self._ask(path)
        except _ClosedWhileIdle:
            self._line.close()
            self._line = self._connect()
            return self._ask(path)

    def timed(self, path: str) -> float:
        """Milliseconds until the whole page is here."""
        began = time.perf_counter()
        self.get(path)
        return (time.perf_counter() - began) * 1000

    def close(self) -> None:
        self._line.close()

    def _connect(self) -> socket.socket:
        line = socket.create_connection((HOST, self._port), timeout=60)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def _ask(self, path: str) -> bytes:
        head = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{self._port}\r\nCookie: {self._cookie}\r\n"
        try:
            self._line.sendall(f"{head}Accept: text/html\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            first = self._line.recv(1 << 18)
        except (ConnectionResetError, BrokenPipeError) as error:
            raise _ClosedWhileIdle(path) from error
        if not first:
            raise _ClosedWhileIdle(path)
        return self._answer(path, first)

    def _answer(self, path: str, data: bytes) -> bytes:
        while b"\r\n\r\n" not in data:
            data += self._more(path)
        head, _, body = data.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        size = int(fields[b"content-length"])
        while len(body) < size:
            body += self._more(path)
        if b" 200 " not in head[:16]:
            raise Refused(f"{path}: {head.splitlines()[0].decode()}")
        if fields.get(b"connection") == b"close":
            self._line.close()
            self._line = self._connect()
        return body

    def _more(self, path: str) -> bytes:
        data = self._line.recv(1 << 18)
        if not data:
            raise Refused(f"{path}: the connection was closed")
        return data


@dataclass
class Crowd:
    """Several browsers at once, each asking as soon as it has its answer; all on the same pages in turn."""

    port: int
    cookie: str
    clients: int
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def ask(self, paths: Sequence[str], each: int) -> list[float]:
        """Every browser asks `each` times; the times of all."""
        threads = [Thread(target=self._one, args=(paths, each, number)) for number in range(self.clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.wrong:
            raise Refused(self.wrong[0])
        return self.times

    def _one(self, paths: Sequence[str], each: int, number: int) -> None:
        try:
            browser = Browser(self.port, self.cookie)
            self.times += [browser.timed(paths[(number + turn) % len(paths)]) for turn in range(each)]
            browser.close()
        except (OSError, Refused) as error:
            self.wrong.append(str(error))
