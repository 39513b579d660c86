"""A real desk: `amends run` as a process tree with a folder, a port and a database of its own."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.peers.ports import HOST, free_ports

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 90.0
STOPS_WITHIN = 12.0


@dataclass(frozen=True)
class Desk:
    """A desk, running or not: where it is, what it keeps, and the environment it reads."""

    url: str
    data: Path
    environ: Mapping[str, str]

    @property
    def log_file(self) -> Path:
        return self.data / "desk.log"

    def log(self, lines: int = 60) -> str:
        """The last lines that the processes have written."""
        if not self.log_file.exists():
            return ""
        return "\n".join(self.log_file.read_text(errors="replace").splitlines()[-lines:])

    def amends(
        self, *words: str | Path, given: bytes = b"", settings: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `amends …` beside the desk, as an admin or a mail server does; `settings` are other AMENDS_… ones."""
        return self._python("amends.cli", *words, given=given, settings=settings)

    def furnish(self, furniture: bytes) -> None:
        """Fill the empty database before the start: JSON for `tests.stories.furnish`."""
        done = self._python("tests.stories.furnish", given=furniture)
        assert done.returncode == 0, done.stderr.decode(errors="replace")

    def signed_in(self, address: str) -> str:
        """The cookie of a new session of this member."""
        done = self._python("bench.sign_in", address, given=b"")
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        cookie: str = json.loads(done.stdout)[0]
        return cookie

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query of the desk's database finds."""
        database = self.environ["AMENDS_DATABASE"]
        if database == "sqlite":
            with contextlib.closing(sqlite3.connect(self.data / "amends.sqlite3")) as connection:
                return connection.execute(query).fetchall()
        with psycopg.connect(database) as connection:
            return connection.execute(query.encode()).fetchall()

    def _python(
        self, module: str, *words: str | Path, given: bytes, settings: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            input=given,
            capture_output=True,
            cwd=ROOT,
            env={**self.environ, **_named(settings or {})},
            timeout=STARTS_WITHIN,
            check=False,
        )


@contextlib.contextmanager
def running_desk(folder: Path, *, furniture: bytes = b"", trust: Path | None = None, **settings: str) -> Iterator[Desk]:
    """Starts web and worker in `folder`, waits until they answer, and ends the whole tree afterwards.

    `furniture`: what the desk holds before it starts. `trust`: the authority of the mail servers, in PEM.
    `settings`: AMENDS_… settings without the prefix. The database is SQLite, or one of its own in the PostgreSQL
    that the tests run on.
    """
    with desk_folder(folder, trust=trust, **settings) as desk:
        if furniture:
            desk.furnish(furniture)
        with _started(desk):
            yield desk


@contextlib.contextmanager
def desk_folder(folder: Path, *, trust: Path | None = None, **settings: str) -> Iterator[Desk]:
    """A desk that does not run: its folder, environment and database."""
    (port,) = free_ports(1)
    url = f"http://{HOST}:{port}"
    with _database() as database:
        own = {"DATA": str(folder), "PORT": str(port), "URL": url, "SMTP_PORT": "0", "DATABASE": database}
        own["SEMANTIC"] = "no"  # installed or not, the desks see the same
        environ = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
        if trust is not None:
            environ["SSL_CERT_FILE"] = str(trust)
        yield Desk(url, folder, {**environ, **_named({**own, **settings})})


@contextlib.contextmanager
def _started(desk: Desk) -> Iterator[None]:
    with desk.log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "amends.cli", "run"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=dict(desk.environ),
            start_new_session=True,
        )
        try:
            _await_health(desk, process)
            yield
        finally:
            _stop(process)


def _await_health(desk: Desk, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{desk.url}/healthz", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the desk did not start:\n{desk.log()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOPS_WITHIN)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def _database() -> Iterator[str]:
    server = os.environ.get("AMENDS_DATABASE", "")
    if not server.startswith(("postgresql:", "postgres:")):
        yield "sqlite"
        return
    name = f"amends_story_{secrets.token_hex(6)}"
    run = functools.partial(_on_server, server)
    run(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        run(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def _named(settings: Mapping[str, str]) -> dict[str, str]:
    return {f"AMENDS_{name}": value for name, value in settings.items()}
