"""A real Redis in a temporary folder."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.peers import require
from tests.peers.ports import free_ports, wait_for


@contextmanager
def running_redis() -> Iterator[str]:
    """The URL of an empty Redis, gone afterwards."""
    program = require("redis-server")
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory(prefix="amends-redis-") as folder:
        command = [
            program,
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder,
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port, lambda: server.poll() is None)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(timeout=10)
