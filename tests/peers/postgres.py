"""A real PostgreSQL in a temporary folder, for the second run of the suite."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


class NoPostgres(Exception):
    """PostgreSQL is not installed."""


@dataclass(frozen=True)
class Cluster:
    """A server that can be stopped and started again. `stop` takes ``fast`` or ``immediate``, as pg_ctl does."""

    url: str
    start: Callable[[], None]
    stop: Callable[[str], None]


@contextmanager
def running_postgres() -> Iterator[str]:
    """The URL of an empty cluster's database, gone afterwards. Raises NoPostgres."""
    with running_cluster() as cluster:
        yield cluster.url


@contextmanager
def running_cluster(**settings: str) -> Iterator[Cluster]:
    """An empty cluster, gone afterwards; `settings` are its own. Raises NoPostgres."""
    found = shutil.which("initdb") or next(
        (str(folder / "initdb") for folder in BIN if (folder / "initdb").exists()), None
    )
    if found is None:
        raise NoPostgres("PostgreSQL is not installed on this machine")
    programs = Path(found).resolve().parent
    folder = Path(tempfile.mkdtemp(prefix="amends-pg-"))
    data, port = folder / "data", free_port()
    user = _owner(folder)
    try:
        _as(
            user,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "amends",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        known = {"listen_addresses": "127.0.0.1", "fsync": "off", "max_connections": "100", **settings}
        options = f"-p {port} -k {folder} " + " ".join(f"-c {name}={value}" for name, value in known.items())

        def start() -> None:
            _as(user, programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")

        def stop(mode: str) -> None:
            _as(user, programs / "pg_ctl", "-D", data, "-m", mode, "-w", "stop")

        start()
        yield Cluster(f"postgresql://amends@127.0.0.1:{port}/postgres", start, stop)
    finally:
        if (data / "postmaster.pid").exists():
            _as(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then the folder goes to its own user."""
    if os.geteuid() != 0:
        return None
    user = next((name for name in ("postgres", "nobody") if _exists(name)), "nobody")
    shutil.chown(folder, user)
    return user


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _as(user: str | None, *command: object) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(words, user=user, cwd="/", capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed: {done.stdout}{done.stderr}")
