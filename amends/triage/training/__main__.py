"""`python -m amends.triage.training`: train the reader's models, or measure how good they are."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from amends.triage.reader.extra import ExtraError
from amends.triage.reader.model import FILE
from amends.triage.training.data import DataError, every_set
from amends.triage.training.making import make
from amends.triage.training.making_meaning import make_meaning, vectors
from amends.triage.training.measuring import measured

KEPT = Path(tempfile.gettempdir()) / "amends-training"


def main() -> int:
    """0 when done, 2 when a set is missing."""
    asked = argparse.ArgumentParser(prog="python -m amends.triage.training", description=__doc__)
    asked.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="the data sets")
    asked.add_argument("--out", type=Path, default=FILE, help="where to write the model")
    asked.add_argument("--words", action="store_true", help="by words alone, even where amends[semantic] is installed")
    asked.add_argument("--kept", type=Path, default=KEPT, metavar="FOLDER", help="where to keep what texts mean")
    asked.add_argument("--measure", action="store_true", help="measure by folds instead of writing a model")
    given = asked.parse_args()
    try:
        sets = every_set(given.data)
        meant = None if given.words else vectors(given.kept)
        if given.measure:
            for line in measured(sets, given.data, meant):
                print(line, flush=True)  # noqa: T201
            return 0
        _made(make(sets, given.out))
        if meant is not None:
            _made(make_meaning(sets, given.out, meant))
    except (DataError, ExtraError) as error:
        print(f"amends: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return 0


def _made(path: Path) -> None:
    print(f"{path}: {path.stat().st_size / 2**20:.1f} MiB", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
