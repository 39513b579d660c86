"""`make test-all`: the whole suite on SQLite and on PostgreSQL, nothing skipped."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.peers.postgres import NoPostgres, running_postgres

PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "-n",
    "2",
    "--dist",
    "loadfile",
    "--no-loadscope-reorder",
    "-rfEs",
    "--strict-skips",
]


def main() -> int:
    """0 when both runs pass."""
    environment = {**os.environ, "NOTHING_SKIPPED": "1"}
    print("== SQLite", flush=True)
    if subprocess.call(PYTEST, env=environment):
        return 1
    print("== PostgreSQL", flush=True)
    try:
        with running_postgres() as url:
            # Every test again, but a quarter of the random examples: most of them ask no database.
            return subprocess.call(PYTEST, env={**environment, "AMENDS_DATABASE": url, "QUICK": "yes"})
    except NoPostgres as error:
        print(f"{error}; nothing may be skipped here.")
        return 1


if __name__ == "__main__":
    sys.exit(main())
