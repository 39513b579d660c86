"""The process that reads mail apart from the desk: a mail that takes too much ends this process and nothing else.

It is started by `reader.Reader` as a bare interpreter, knows no Django and no database, and may open nothing for
writing. It reads `LENGTH` and a raw mail from its input, over and over, and writes a frame for each to its output
(see `frames`); where it was given the name of a function, that one sees each message before. It ends when its input
ends, so it never outlives the desk; after so many mails; and after some seconds without one, so that a quiet desk
keeps no memory for it (see `Limits`).
"""

from __future__ import annotations

import os
import resource
import select
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from struct import Struct

from amends.channels.email import frames
from amends.channels.email.read import read_or_raise
from amends.channels.message import IncomingMessage
from amends.kit.html import sanitise

LENGTH = Struct(">Q")
OUT_OF_MEMORY = 77
"""The exit status that says so."""

_IN, _OUT = 0, 1
_CHUNK = 1024 * 1024
_STATM = Path("/proc/self/statm")

Look = Callable[[IncomingMessage], dict[str, str]]
"""Pure, fast, and free of Django: it goes into `IncomingMessage.seen`."""


@dataclass(frozen=True)
class Limits:
    """What one mail may take: seconds of a processor, bytes of memory. What one process may do: mails, quiet seconds."""

    cpu_seconds: float = 2.0
    growth: int = 150 * 1024 * 1024
    mails: int = 2_000
    idle: float = 60.0


def main(limits: Limits, look: str = "") -> None:
    """Read mails until there are no more; `look` names a `Look`. Never returns: the exit status is part of the talk."""
    looking = named(look) if look else _nothing
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to every process of a terminal; the desk decides
    _limit_memory(limits.growth)
    try:
        _write(frames.Frame(frames.READY).pieces())
        for _ in range(limits.mails):
            if not select.select([_IN], [], [], limits.idle)[0] or not _answer(limits.cpu_seconds, looking):
                break
    except BrokenPipeError:
        pass
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)


def named(look: str) -> Look:
    """The function of this name, such as ``amends.flows.first_look.look``."""
    module, _, name = look.rpartition(".")
    found: Look = getattr(import_module(module), name)
    return found


def message_of(raw: bytes, look: Look) -> IncomingMessage:
    """The message, its HTML made safe already, looked at. Raises whatever defeats the reader."""
    message = read_or_raise(raw)
    seen: dict[str, str] = {}
    with suppress(ValueError, LookupError, ArithmeticError, AttributeError, TypeError):  # the desk looks again
        seen = look(message)
    return replace(message, html=sanitise(message.html, hold=True), html_is_safe=True, seen=seen)


def _nothing(message: IncomingMessage) -> dict[str, str]:
    return {}


def _limit_memory(growth: int) -> None:
    """No file can be written to from here on, and no more than `growth` bytes be added to what is in use now."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if _STATM.exists():
        most = int(_STATM.read_text().split()[0]) * resource.getpagesize() + growth
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(cpu_seconds: float, look: Look) -> bool:
    """Read one mail and say what it is. False when there are no more."""
    raw = _next()
    if raw is None:
        return False
    # The default action of its signal ends the process, in the middle of whatever library is at work.
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        frame = frames.pack(message_of(raw, look))
    except MemoryError:
        raise
    except Exception as error:
        frame = frames.failed(f"{type(error).__name__}: {error}"[:500])
    signal.setitimer(signal.ITIMER_PROF, 0)
    _write(frame.pieces())
    return True


def _next() -> bytes | None:
    head = _exactly(LENGTH.size)
    return _exactly(LENGTH.unpack(head)[0]) if head is not None else None


def _exactly(count: int) -> bytes | None:
    # BytesIO hands its buffer out without a copy, which a list of pieces cannot.
    found = BytesIO()
    while (left := count - found.tell()) > 0:
        piece = os.read(_IN, min(left, _CHUNK))
        if not piece:
            return None
        found.write(piece)
    return found.getvalue()


def _write(pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        left = memoryview(piece)
        while left:
            left = left[os.write(_OUT, left) :]
