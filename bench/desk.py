"""The desks that are measured: a folder each, filled once and kept; run by the real processes."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import installed

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(os.environ.get("BENCH_DIR", ROOT / "var" / "bench"))
"""Filled desks are kept here: some gigabytes for a million cases."""
HOST = "127.0.0.1"
POSTGRES = {
    "shared_buffers": "1GB",
    "work_mem": "32MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_wal_size": "8GB",
    "max_connections": "100",
    "listen_addresses": HOST,
}
"""fsync and synchronous_commit stay on, as PostgreSQL has them."""


@dataclass(frozen=True)
class Desk:
    """One desk of one size on one database."""

    database: str
    size: int
    data: Path
    environ: dict[str, str] = field(default_factory=dict)
    server: int = 0
    """The database server's process, where there is one."""

    @property
    def facts(self) -> dict[str, Any]:
        """What `bench.load` told of its content."""
        told: dict[str, Any] = json.loads((self.data / "filled.json").read_text())
        return told

    def python(self, module: str, *words: object) -> subprocess.CompletedProcess[str]:
        """Run a module of the bench in this desk's environment."""
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            env=self.environ,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, module: str, *words: object) -> subprocess.Popen[str]:
        """Start a module that one talks to."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *map(str, words)],
            env=self.environ,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


@dataclass(frozen=True)
class Running:
    """A desk whose web process answers."""

    desk: Desk
    port: int
    smtp_port: int
    process: int


@contextlib.contextmanager
def filled(database: str, size: int) -> Iterator[Desk]:
    """The desk of this size, filled when it is not there yet. An empty one is made anew each time."""
    data = KEPT / f"{database}-{size}"
    if size == 0:
        shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, exist_ok=True)
    port, smtp_port = free_port(), free_port()
    own = {
        "AMENDS_DATA": str(data),
        "AMENDS_PORT": str(port),
        "AMENDS_URL": f"http://{HOST}:{port}",
        "AMENDS_SMTP_PORT": str(smtp_port),
        "AMENDS_LOG_LEVEL": "ERROR",
        "AMENDS_SEMANTIC": "no",
    }
    environ = {key: value for key, value in os.environ.items() if not key.startswith("AMENDS_")} | own
    with _server(database, data) as (url, server):
        desk = Desk(database, size, data, environ | {"AMENDS_DATABASE": url}, server)
        began = time.monotonic()
        desk.python("bench.load", size)
        if (took := time.monotonic() - began) > 5:
            print(f"  filled {database} with {size:,} cases in {took:.0f} s", flush=True)
        yield desk


@contextlib.contextmanager
def running(desk: Desk) -> Iterator[Running]:
    """`amends run`, until the end of the block."""
    port = int(desk.environ["AMENDS_PORT"])
    with (desk.data / "desk.log").open("wb") as log:
        process = subprocess.Popen(
            installed.amends("run"),
            env=desk.environ,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _await(port, process)
            yield Running(desk, port, int(desk.environ["AMENDS_SMTP_PORT"]), process.pid)
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("bench: the desk did not start; see desk.log in its folder")


@contextlib.contextmanager
def _server(database: str, data: Path) -> Iterator[tuple[str, int]]:
    """The database's address and its server's process; a PostgreSQL of its own beside the desk's folder."""
    if database == "sqlite":
        yield "sqlite", 0
        return
    programs, cluster, port = _programs(), data / "postgres", free_port()
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    if not (cluster / "PG_VERSION").exists():
        cluster.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(cluster, user)
            for folder in (data, *data.parents[:2]):
                folder.chmod(folder.stat().st_mode | 0o011)
        words = ["-U", "amends", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _as(user, [str(programs / "initdb"), "-D", str(cluster), *words])
    options = " ".join(f"-c {key}={value}" for key, value in {**POSTGRES, "port": port}.items())
    control = [str(programs / "pg_ctl"), "-D", str(cluster), "-w", "-t", "120"]
    _as(user, [*control, "-o", f"{options} -k {cluster}", "-l", str(cluster / "log"), "start"])
    try:
        pid = int((cluster / "postmaster.pid").read_text().splitlines()[0])
        yield f"postgresql://amends@{HOST}:{port}/postgres", pid
    finally:
        _as(user, [*control, "-m", "fast", "stop"])


def _programs() -> Path:
    found = shutil.which("initdb")
    installed = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not installed:
        raise SystemExit("bench: PostgreSQL is not installed; measure with DATABASES=sqlite")
    return installed[-1]


def _as(user: str, command: list[str]) -> None:
    own = user if os.geteuid() == 0 else None
    done = subprocess.run(command, user=own, cwd="/", capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"bench: {command[0]} failed: {done.stdout}{done.stderr}")
