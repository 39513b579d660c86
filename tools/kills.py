"""`make kills COUNT=1000 SEED=7`: tests.faults.kills in earnest, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.peers.postgres import running_postgres

EVERYTHING = ["--points", "5", "--nth", "1", "--crowd", "20", "--bugs", "all"]


def main(count: str, seed: str) -> int:
    """0 when nothing was lost or doubled on either, and every planted bug was found."""
    failed = _on("sqlite", count, seed)
    with running_postgres() as url:
        return _on(url, count, seed) or failed


def _on(database: str, count: str, seed: str) -> int:
    print("== SQLite" if database == "sqlite" else "== PostgreSQL", f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="amends-kills-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
        environment |= {"AMENDS_DATA": folder, "AMENDS_DATABASE": database}
        words = [sys.executable, "-m", "tests.faults.kills", "--count", count, "--seed", seed, *EVERYTHING]
        return subprocess.call(words, env=environment)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
