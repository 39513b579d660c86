"""Loaded before Django: tests write into a folder of their own, whatever the shell says."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from django.conf import settings

from tests.effort import LONG, examples

KEPT = {"AMENDS_DATABASE"}
ROOM = 2 * 1024**3
WITH_SERVERS = {"server", "process", "long", "imap", "pg", "redis", "browser", "desk", "data"}
LEFT_OUT = ("tests/stories/", "tests/faults/", "tests/security/")

servers: list[str] = []
"""Threads of this process that have begun to listen for others to come."""


for name in [name for name in os.environ if name.startswith("AMENDS_") and name not in KEPT]:
    del os.environ[name]


def _in_memory() -> str | None:
    """Where the tests' own rows and mails wait for no disk, if there is room for them. Desks of their own lie elsewhere."""
    memory = Path("/dev/shm")
    has_room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if has_room else None


_folder = tempfile.mkdtemp(prefix="amends-tests-", dir=_in_memory())
os.environ["AMENDS_DATA"] = _folder
os.environ["AMENDS_SEMANTIC"] = "no"  # installed or not, the tests see the same; those of the extra ask for it
atexit.register(shutil.rmtree, _folder, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Slow on purpose, and not what thousands of tests are about: password hashes, waiting for the disk,
    reading every file of the pages before the first one is asked for, tracebacks in colours with every variable.

    The stories run the desk's own processes, which wait for the disk as they should.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.dev.set_exc_info,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    hypothesis.settings.register_profile(
        "ours", max_examples=examples(100), suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("ours")
    _on_file(settings.DATABASES["default"])
    _note_servers()


def _note_servers() -> None:
    def listen(self: socket.socket, *most: int) -> None:
        servers.append(threading.current_thread().name)
        listens(self, *most)

    listens = socket.socket.listen
    setattr(socket.socket, "listen", listen)  # noqa: B010 - a method of C


def _on_file(database: dict[str, Any]) -> None:
    """SQLite in a file, as the desk has it: in memory, threads do not wait for each other but fail at once."""
    options = database.get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        database.setdefault("TEST", {})["NAME"] = str(Path(_folder) / "tests.sqlite3")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "_smtp_peer" in getattr(item, "fixturenames", ()):
            item.add_marker("server")
    first = {path: place for place, path in enumerate(LONG)}
    items.sort(key=lambda item: first.get(item.path.relative_to(config.rootpath).as_posix(), len(LONG)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported stays until the end: nothing of it needs to be looked through for waste again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """`make unit` leaves out what starts a server: whatever does so says so."""
    before = len(servers)
    found = yield
    marks = {mark.name for mark in item.iter_markers()}
    if len(servers) > before and not marks & WITH_SERVERS and not item.nodeid.startswith(LEFT_OUT):
        pytest.fail("It starts a server: mark it with @pytest.mark.server", pytrace=False)
    return found


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--strict-skips", action="store_true", help="a skipped test fails the run")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """`make test-all` promises that nothing was skipped."""
    if not session.config.getoption("--strict-skips"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
