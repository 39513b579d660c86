"""Free ports and the moment when a server answers on them."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable

HOST = "127.0.0.1"


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on. All are held until the last is chosen, so that they differ."""
    with contextlib.ExitStack() as held:
        chosen = []
        for _ in range(count):
            listener = held.enter_context(socket.socket())
            listener.bind((HOST, 0))
            chosen.append(int(listener.getsockname()[1]))
        return chosen


def wait_for(port: int, alive: Callable[[], bool], *, seconds: float = 10) -> None:
    """Returns once something accepts connections on the port; `alive` says whether to go on waiting.

    Raises RuntimeError when the server has died or the time is over.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end and alive():
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"nothing answers on port {port}")
