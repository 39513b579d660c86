"""Asks a ClamAV daemon whether bytes are harmful: its INSTREAM command, and its signs of life (`man 8 clamd`)."""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO

KNOCKS = 3.0
"""Seconds until a daemon must have let us in."""
PIECE = 64 * 1024
LONGEST_ANSWER = 4096
SIZE = "size limit exceeded"


class ScannerError(Exception):
    """No verdict. The message says why, for the log and for whoever runs the desk.

    ScannerError
    ├─ Unanswered   nobody is there, or not in time: the same again may work
    └─ TooLarge     the daemon does not take so much (its StreamMaxLength): it never will
    """


class Unanswered(ScannerError):
    """Nobody is there, or they did not finish."""


class TooLarge(ScannerError):
    """More than the daemon looks at."""


@dataclass(frozen=True)
class Address:
    """Where a daemon listens: a socket's path, or a host and its port."""

    path: str = ""
    host: str = ""
    port: int = 0

    def __str__(self) -> str:
        return f"unix:{self.path}" if self.path else f"{self.host}:{self.port}"


def address(text: str) -> Address:
    """From ``unix:/run/clamav/clamd.ctl`` or ``host:3310``, IPv6 in brackets. Raises ValueError."""
    if text.startswith("unix:/"):
        return Address(path=text.removeprefix("unix:"))
    host, _colon, port = text.rpartition(":")
    if not host or "/" in host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(text)
    return Address(host=host.strip("[]"), port=int(port))


def found_in(content: IO[bytes] | bytes, at: Address, *, within: float = 150.0) -> str:
    """What the daemon found, as the name of its signature; empty when it found nothing.

    `within` in seconds, for all of it. Raises Unanswered or TooLarge.
    """
    end = time.monotonic() + within
    with _talk(at, end) as line:
        answer = _stream(line, BytesIO(content) if isinstance(content, bytes) else content, end)
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    if SIZE in said:
        raise TooLarge(said)
    raise Unanswered(said or "the connection ended without a word")


def version(at: Address) -> str:
    """What the daemon says it is: ``ClamAV 1.4.3/27797/Tue Oct 21 09:30:12 2025``. Raises Unanswered."""
    end = time.monotonic() + KNOCKS
    with _talk(at, end) as line:
        line.sendall(b"zVERSION\0")
        return _answer(line, end)


def answers(at: Address) -> bool:
    """Whether a daemon is there and at work."""
    end = time.monotonic() + KNOCKS
    try:
        with _talk(at, end) as line:
            line.sendall(b"zPING\0")
            return _answer(line, end) == "PONG"
    except Unanswered:
        return False


@contextmanager
def _talk(at: Address, end: float) -> Iterator[socket.socket]:
    try:
        with _open(at) as line:
            line.settimeout(_left(end))
            yield line
    except OSError as error:
        raise Unanswered(f"{at} does not answer: {error.strerror or error}") from error


def _open(at: Address) -> socket.socket:
    if not at.path:
        return socket.create_connection((at.host, at.port), timeout=KNOCKS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(KNOCKS)
        line.connect(at.path)
    except OSError:
        line.close()
        raise
    return line


def _stream(line: socket.socket, content: IO[bytes], end: float) -> str:
    """Send all of it, or until the daemon says something: of what is too large it does not hear the end."""
    try:
        line.sendall(b"zINSTREAM\0")
        while piece := content.read(PIECE):
            if select.select([line], [], [], 0)[0]:
                break
            line.settimeout(_left(end))
            line.sendall(struct.pack("!L", len(piece)) + piece)
        else:
            line.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError) as error:
        # It has hung up, and may have said why before.
        return _last_words(line, end) or _hung_up(error)
    return _answer(line, end)


def _last_words(line: socket.socket, end: float) -> str:
    try:
        return _answer(line, end)
    except OSError:
        return ""


def _hung_up(error: OSError) -> str:
    return f"it hung up in the middle of a file: {error.strerror}"


def _answer(line: socket.socket, end: float) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        line.settimeout(_left(end))
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left
