"""`make check`: each check by name, all of them even when one fails."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "templates": ["djlint", "--lint", "--quiet", "amends"],
    "layers": ["lint-imports", "--no-cache"],
    "sizes": ["python", "-m", "pytest", "-q", "tests/test_architecture.py"],
    "migrations": ["amends", "django", "makemigrations", "--check", "--dry-run"],
    "deploy": ["amends", "django", "check", "--deploy", "--fail-level", "WARNING"],
    "types": ["mypy"],
}


def main() -> int:
    """0 when all pass."""
    failed = []
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "AMENDS_DATA": data, "AMENDS_URL": "https://desk.example.org"}
        for name, command in CHECKS.items():
            began = time.monotonic()
            program = [str(BIN / command[0]), *command[1:]]
            done = subprocess.run(program, env=environment, capture_output=True, text=True)
            seconds = time.monotonic() - began
            print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({seconds:.1f} s)", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout + done.stderr, flush=True)
    if failed:
        print(f"Not right yet: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
