"""A real PostgreSQL in a temporary folder, for the second run of the suite."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


class NoPostgres(Exception):
    """PostgreSQL is not installed."""


@contextmanager
def running_postgres() -> Iterator[str]:
    """The URL of an empty cluster's database, gone afterwards. Raises NoPostgres."""
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
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100"
        _as(user, programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        yield f"postgresql://amends@127.0.0.1:{port}/postgres"
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
