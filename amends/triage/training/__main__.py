"""`python -m amends.triage.training`: train the reader's models, or measure how good they are."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from amends.triage.reader.model import FILE
from amends.triage.training.data import DataError, every_set
from amends.triage.training.making import make
from amends.triage.training.measuring import measured


def main() -> int:
    """0 when done, 2 when a set is missing."""
    asked = argparse.ArgumentParser(prog="python -m amends.triage.training", description=__doc__)
    asked.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="the data sets")
    asked.add_argument("--out", type=Path, default=FILE, help="where to write the model")
    asked.add_argument("--measure", action="store_true", help="measure by folds instead of writing a model")
    given = asked.parse_args()
    try:
        sets = every_set(given.data)
        if given.measure:
            for line in measured(sets, given.data):
                print(line, flush=True)  # noqa: T201
        else:
            make(sets, given.out)
            print(f"{given.out}: {given.out.stat().st_size / 2**20:.1f} MiB")  # noqa: T201
    except DataError as error:
        print(f"amends: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
