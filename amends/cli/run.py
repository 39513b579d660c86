"""`amends run`, `web`, `worker`, `migrate`: the processes of a desk."""

from __future__ import annotations

import argparse
import contextlib
import errno
import logging
import os
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from django.conf import settings

from amends.cli import sparing, together
from amends.config import logs
from amends.config.environment import reachable

SHARED = (
    "amends.config.asgi",
    "amends.config.heads",
    "amends.config.urls",
    "amends.config.worker",
    "amends.ui.engine",
)
"""What web and worker need, imported before they part."""


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


def cannot_listen(host: str, port: int) -> str:
    """Why the web process cannot listen there, in one line; "" when it can."""
    try:
        for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            socket.create_server(address, family=family).close()
    except (socket.gaierror, UnicodeError):
        return f"AMENDS_HOST: {host} is no address of this machine."
    except OSError as error:
        return _why_not(error, host, port)
    return ""


def _run(given: argparse.Namespace) -> int:
    """Everything is imported once; then the web process is forked from the worker, which halves the start and the memory.

    The database is brought up to date meanwhile, on another core.
    """
    _want_free_port()
    _set_up()
    update = _fork(_bring_up_to_date)
    for name in SHARED:
        import_module(name)
    if os.waitpid(update, 0)[1] != 0:
        return 1
    sparing.share_what_is_imported()
    together.hold_signals()
    first = os.getpid()
    web = together.Child(_fork(lambda: _serve_beside(first)))
    try:
        _work(web.stop_with)
    finally:
        status = web.end()
    return status


def _fork(do: Callable[[], None]) -> int:
    """The id of a child process that does `do` and ends."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        do()
        status = 0
    except KeyboardInterrupt:
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except Exception:
        traceback.print_exc()
    finally:
        logging.shutdown()
        os._exit(status)


def _serve_beside(worker: int) -> None:
    together.end_with(worker)
    threading.Thread(target=_tell_where, daemon=True).start()
    _serve()


def _tell_where() -> None:
    """Once the desk answers, say where to look."""
    host = reachable(settings.HOST)
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection((host, settings.PORT), timeout=1):
            break
        time.sleep(0.05)
    print(f"\n  The desk is open: {settings.BASE_URL}")
    if settings.DEMO:
        print(f"  Sign in with one click, or be the customer: {settings.BASE_URL}/demo/")
        print(f"  Mail by SMTP to 127.0.0.1:{settings.SMTP_PORT}, for example to care@thimble.example")
    print("  Ctrl C ends it; everything is kept.\n", flush=True)


def _web(given: argparse.Namespace) -> int:
    _want_free_port()
    _set_up()
    _want_keys()
    _serve()
    return 0


def _serve() -> None:
    import uvicorn

    uvicorn.run(
        "amends.config.asgi:application",
        host=settings.HOST,
        port=settings.PORT,
        http="amends.config.heads:Connection",
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.TRUSTED_PROXIES),
        forwarded_allow_ips=settings.TRUSTED_PROXIES or None,
        timeout_graceful_shutdown=2,
        lifespan="on",
    )


def _worker(given: argparse.Namespace) -> int:
    _set_up()
    _want_keys()
    _work(_stop_when_told)
    return 0


def _work(heed: Callable[[Callable[[], object]], None]) -> None:
    from amends.config.worker import Worker

    sparing.look_for_garbage_less_often()
    worker = Worker()
    heed(worker.stop.set)
    worker.run()


def _stop_when_told(stop: Callable[[], object]) -> None:
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop())


def _migrate(given: argparse.Namespace) -> int:
    _set_up()
    _bring_up_to_date()
    return 0


def _django(given: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["amends django", *given.rest])
    return 0


def _set_up() -> None:
    sparing.keep_one_heap()
    django.setup()
    logs.set_up(settings.LOG_LEVEL)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)


def _want_keys() -> None:
    """One sentence instead of mailboxes that fail one by one; a database that is away stops no start."""
    from django.db import DatabaseError, connections

    from amends.kit.secrets import SecretError
    from amends.upkeep import keys

    try:
        trouble = keys.trouble()
    except SecretError as error:
        trouble = str(error)
    except DatabaseError:
        trouble = ""
    connections.close_all()
    if trouble:
        sys.exit(f"amends: {trouble}")


def _bring_up_to_date() -> None:
    from amends.upkeep import keys, upgrading

    upgrading.upgrade()
    _want_keys()
    keys.seal_what_lies_open()
    if settings.DEMO:
        from amends.demo.fill import fill

        fill()


def _want_free_port() -> None:
    """One line instead of a traceback from the server."""
    if why := cannot_listen(settings.HOST, settings.PORT):
        sys.exit(f"amends: {why}")


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is taken by another program. Stop it, or choose another port: AMENDS_PORT={port + 1} make run"
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return f"AMENDS_HOST: {host} is no address of this machine."
    if error.errno == errno.EACCES:
        return f"this user may not listen on port {port}. Choose a port from 1024 upwards."
    return f"nothing can listen on port {port} of {host}: {error.strerror}."
