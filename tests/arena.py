"""A desk of its own in a process of its own, for mail that goes from one desk to another: own key, own database.

Started with `python -m tests.arena <name> <domain>`; speaks JSON, a line each: `{"now": …, "mail": base64 or null}` in,
`{"sent": [[to, base64], …], "warned": n}` out. Time is what the line says it is.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]


class Desk:
    """The other end of the pipe."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.address = address
        self._process = process
        self.warned = 0

    def hears(self, raw: bytes | None, now: datetime) -> list[tuple[str, bytes]]:
        """The desk takes a mail in (None: only time passes) and lets its worker work; what left, as (to, raw)."""
        line = {"now": now.isoformat(), "mail": base64.b64encode(raw).decode() if raw is not None else None}
        to_desk, from_desk = self._process.stdin, self._process.stdout
        assert to_desk is not None and from_desk is not None
        to_desk.write(json.dumps(line) + "\n")
        to_desk.flush()
        answer = json.loads(from_desk.readline() or "{}")
        assert "sent" in answer, "the desk has ended"
        self.warned = answer["warned"]
        return [(to, base64.b64decode(mail)) for to, mail in answer["sent"]]


@contextmanager
def running_arena_desk(folder: Path, name: str, domain: str) -> Iterator[Desk]:
    """A desk with one brand and one mailbox, ``help@domain``."""
    folder.mkdir()
    environ = {**os.environ, "AMENDS_DATA": str(folder), "AMENDS_DATABASE": "sqlite"}
    command = [sys.executable, "-m", "tests.arena", name, domain]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield Desk(process, f"help@{domain}")
    finally:
        process.terminate()
        process.communicate(timeout=30)


def main(name: str, domain: str, lines: IO[str]) -> None:
    """The desk's own end."""
    import django  # noqa: PLC0415 (nothing of Django may be read before the environment is the desk's own)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else is said goes to the log
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from tests import schema  # noqa: PLC0415
    from tests.arena_desk import Here  # noqa: PLC0415

    schema.lay(Path(os.environ["AMENDS_DATA"]) / "amends.sqlite3")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    here = Here(name, domain, Path(os.environ["AMENDS_DATA"]) / "letters")
    for line in lines:
        asked: dict[str, Any] = json.loads(line)
        raw = base64.b64decode(asked["mail"]) if asked["mail"] is not None else None
        sent = here.hears(raw, datetime.fromisoformat(asked["now"]))
        told = [[to, base64.b64encode(mail).decode()] for to, mail in sent]
        print(json.dumps({"sent": told, "warned": here.warned()}), file=out, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.stdin)
