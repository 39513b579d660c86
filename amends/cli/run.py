"""`amends run`, `web`, `worker`, `migrate`: the processes of a desk."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

from amends.config import logs


def add_to(commands: Any) -> None:
    """Add the commands that start processes."""
    for name, do, words in (
        ("run", _run, "web and worker as one process tree"),
        ("web", _web, "only the web process"),
        ("worker", _worker, "only the worker"),
        ("migrate", _migrate, "bring the database up to date"),
    ):
        commands.add_parser(name, help=words).set_defaults(do=do)
    manage = commands.add_parser("django", help="Django's own commands", add_help=False)
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    manage.set_defaults(do=_django)


def _run(given: argparse.Namespace) -> int:
    _want_free_port()
    _set_up()
    _bring_up_to_date()
    children = [subprocess.Popen([*_self(), name]) for name in ("web", "worker")]
    threading.Thread(target=_tell_where, args=(children[0],), daemon=True).start()
    return _watch(children)


def _self() -> list[str]:
    """How this very program is started again."""
    return [sys.executable, "-m", "amends.cli"]


def _tell_where(web: subprocess.Popen[bytes]) -> None:
    """Once the desk answers, say where to look; a machine that waits longer than a minute has its reasons."""
    for _ in range(600):
        if web.poll() is not None:
            return
        with socket.socket() as probe:
            if probe.connect_ex((settings.HOST.replace("0.0.0.0", "127.0.0.1"), settings.PORT)) == 0:  # noqa: S104
                break
        time.sleep(0.1)
    print(f"\n  The desk is open: {settings.BASE_URL}", flush=True)
    if settings.DEMO:
        print(f"  Sign in with one click, or be the customer: {settings.BASE_URL}/demo/")
        print(f"  Mail by SMTP to 127.0.0.1:{settings.SMTP_PORT}, for example to care@thimble.example")
    print("  Ctrl C ends it; everything is kept.\n", flush=True)


def _web(given: argparse.Namespace) -> int:
    _want_free_port()
    _set_up()
    import uvicorn

    uvicorn.run(
        "amends.config.asgi:application",
        host=settings.HOST,
        port=settings.PORT,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.TRUSTED_PROXIES),
        forwarded_allow_ips=settings.TRUSTED_PROXIES or None,
        timeout_graceful_shutdown=2,
        lifespan="on",
    )
    return 0


def _worker(given: argparse.Namespace) -> int:
    _set_up()
    from amends.config.worker import Worker

    worker = Worker()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.stop.set())
    worker.run()
    return 0


def _migrate(given: argparse.Namespace) -> int:
    _set_up()
    _bring_up_to_date()
    return 0


def _django(given: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["amends django", *given.rest])
    return 0


def _set_up() -> None:
    django.setup()
    logs.set_up(settings.LOG_LEVEL)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)


def _bring_up_to_date() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if settings.DEMO:
        from amends.demo.fill import fill

        fill()


def _want_free_port() -> None:
    """Say in one line that the port is taken, instead of a traceback from the server."""
    host, port = settings.HOST, settings.PORT
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            sys.exit(
                f"amends: port {port} is taken by another program. Stop it, or choose another port: "
                f"AMENDS_PORT={port + 1} make run"
            )


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Until told to stop, or until one of them ends: then all end."""
    stop = threading.Event()

    def told(number: int, frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, told)
    while not stop.is_set() and all(child.poll() is None for child in children):
        time.sleep(0.2)
    failed = [child for child in children if child.poll() not in (None, 0)]
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=8)
        except subprocess.TimeoutExpired:
            child.kill()
    return 1 if failed and not stop.is_set() else 0
