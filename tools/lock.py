"""Lock the newest versions that pyproject.toml allows, with their hashes, into `requirements/`."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")
OPTIONS = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11"]
LOCKS = {
    "run.lock": ["--extra", "postgres", "--extra", "redis", "pyproject.toml"],
    "dev.lock": ["--extra", "postgres", "--extra", "redis", "--group", "dev", "pyproject.toml"],
    "uv.lock": ["requirements/uv.in"],
    # Without what they say they need: the one fetches files, the other is torch.
    "semantic.lock": ["--no-deps", "requirements/semantic.in"],
}


def main() -> int:
    """0 when every lock was written; a lock that fails is left as it was."""
    for name, sources in LOCKS.items():
        target = f"requirements/{name}"
        command = [str(UV), "pip", "compile", "--quiet", "--upgrade", *OPTIONS, *sources, "-o", target]
        print(f"locking {target} …", flush=True)
        if subprocess.call(command, cwd=ROOT):
            print(f"{target} was not locked; the message above says why.")
            return 1
    print("Done. `make test-all` shows whether everything still works; commit the locks with pyproject.toml.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
