"""From nothing to the first page: clone this repository, one command, wait."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench.desk import HOST, ROOT, free_port
from bench.measuring import Watch

LONGEST = 600.0


def measure() -> dict[str, Any]:
    """Seconds from `git clone` and from `make run` until the first page answers."""
    with tempfile.TemporaryDirectory(prefix="amends-start-") as folder, Watch() as watch:
        began = time.monotonic()
        clone = Path(folder) / "amends"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        cloned = time.monotonic()
        _first_page(clone)
        done = time.monotonic()
    return {
        "what": "start",
        "page": "clone, make run, first page",
        "seconds": done - began,
        "make_run_s": done - cloned,
        "other": watch.other,
    }


def _first_page(clone: Path) -> None:
    port = free_port()
    own = {"AMENDS_PORT": str(port), "AMENDS_SMTP_PORT": "0"}
    left_out = ("AMENDS_", "PYTHON", "VIRTUAL_ENV")
    environ = {key: value for key, value in os.environ.items() if not key.startswith(left_out)} | own
    process = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + LONGEST
        while time.monotonic() < end and process.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=30) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.05)
        raise SystemExit("bench: the clone did not come to its first page")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(15)
