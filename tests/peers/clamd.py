"""A real clamd with a signature of its own, and listeners that behave as a broken one does."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.peers import require
from tests.peers.ports import HOST, free_ports, wait_for

# In two halves, here and where Python keeps it, so that no scanner takes this file for the test file of all scanners.
HALVES = (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD", b"-ANTIVIRUS-TEST-FILE!$H+H*")
EICAR = b"".join(HALVES)
FOUND = "Eicar-Test-Signature"
MOST_BYTES = 1024 * 1024
"""What the daemon of the tests takes at most."""


@dataclass(frozen=True)
class Clamd:
    """A running daemon, as `AMENDS_CLAMD` names it: by its socket, and by its port."""

    unix: str
    tcp: str


@contextlib.contextmanager
def running_clamd() -> Iterator[Clamd]:
    """A clamd that knows the standard test file and nothing else, wherever it stands in another file."""
    binary = require("clamd")
    folder = Path(tempfile.mkdtemp(prefix="amends-clamd-"))
    try:
        (port,) = free_ports(1)
        config = _configure(folder, port)
        log = (folder / "stdout").open("wb")
        process = subprocess.Popen(
            [binary, "--foreground", "--config-file", str(config)], stdout=log, stderr=subprocess.STDOUT
        )
        log.close()
        try:
            wait_for(port, lambda: process.poll() is None, seconds=60)
            yield Clamd(f"unix:{folder}/clamd.ctl", f"{HOST}:{port}")
        finally:
            process.terminate()
            process.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def hanging_clamd() -> Iterator[str]:
    """Lets everybody in and says nothing; gives its address."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen(64)
        yield f"{HOST}:{listener.getsockname()[1]}"


@contextlib.contextmanager
def stuck_clamd() -> Iterator[str]:
    """Is there and says so, but finishes with no file; gives its address."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen(64)
        thread = threading.Thread(target=_say_only_pong, args=(listener,), daemon=True)
        thread.start()
        yield f"{HOST}:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def _say_only_pong(listener: socket.socket) -> None:
    kept = []
    with contextlib.suppress(OSError):
        while True:
            line, _whose = listener.accept()
            kept.append(line)
            if line.recv(6) == b"zPING\0":
                line.sendall(b"PONG\0")


def nobody() -> str:
    """An address at which nobody listens."""
    (port,) = free_ports(1)
    return f"{HOST}:{port}"


def _configure(folder: Path, port: int) -> Path:
    signatures = folder / "signatures"
    signatures.mkdir()
    # By its bytes (anywhere in a file), and by its hash.
    (signatures / "test.ndb").write_text(f"{FOUND}:0:*:{EICAR.hex()}\n")
    digest = hashlib.sha256(EICAR).hexdigest()
    (signatures / "test.hsb").write_text(f"{digest}:{len(EICAR)}:{FOUND}\n")
    config = folder / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {folder}/clamd.ctl\nTCPSocket {port}\nTCPAddr {HOST}\n"
        f"StreamMaxLength {MOST_BYTES}\nTemporaryDirectory {folder}\nForeground yes\n"
    )
    return config
