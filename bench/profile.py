"""Where a page's time goes: `python -m bench.profile [PAGE …]` draws pages in one process, on a filled desk.

PAGE begins a name of `bench.pages` ("home", "case", "search, rare").
SIZE=5000   DATABASE=sqlite   TIMES=100   TOP=40: functions that are listed   SQL=yes: the queries, too
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from bench import desk as desks
from bench import pages


def main(wanted: Sequence[str]) -> None:
    """Fill the desk where it is not yet, then draw its pages in a process that has its settings."""
    with desks.filled(os.environ.get("DATABASE", "sqlite"), int(os.environ.get("SIZE", "5000"))) as desk:
        found = [page for page in pages.pages_of(desk) if not wanted or page.name.startswith(tuple(wanted))]
        told = json.dumps([[page.name, list(page.paths), page.who] for page in found])
        subprocess.run([sys.executable, "-m", "bench.drawing"], input=told, env=desk.environ, check=True, text=True)


if __name__ == "__main__":
    main(sys.argv[1:])
