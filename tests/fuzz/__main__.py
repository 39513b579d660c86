"""Damage and read so many mails on every core, and say what came of it; status 1 when one was not read."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from django.conf import settings

from tests.fuzz.damage import damaged
from tests.fuzz.trial import REAL, SAMPLES, Found, seeds, trial

PORTION = 500


def main() -> int:
    """0 when every mail became a message."""
    settings.configure(USE_I18N=False)
    given = _arguments()
    folders = [folder for folder in (SAMPLES, given.mails) if folder.is_dir()]
    mails = seeds(folders)
    print(f"{given.count} mails from {len(mails)} seeds, seed {given.seed}, {given.jobs} processes", flush=True)
    began, found = time.monotonic(), Found()
    with ProcessPoolExecutor(given.jobs) as pool:
        for part in pool.map(_portion, _portions(folders, given.seed, given.start, given.start + given.count)):
            found.add(part)
            print(f"\r{found.messages} read, {len(found.wrong)} not", end="", file=sys.stderr, flush=True)
    minutes = (time.monotonic() - began) / 60
    print(f"{found.messages} became messages, {len(found.wrong)} did not, none was lost; {minutes:.1f} min")
    print("what was odd: " + ", ".join(f"{code} {count}" for code, count in found.problems.most_common()))
    for number, why in sorted(found.wrong.items()):
        given.out.mkdir(parents=True, exist_ok=True)
        path = given.out / f"{given.seed}-{number}.eml"
        path.write_bytes(damaged(mails, given.seed, number))
        print(f"{path}: {why}")
    return 1 if found.wrong else 0


def _portions(folders: list[Path], seed: int, start: int, end: int) -> Iterator[tuple[list[Path], int, range]]:
    return ((folders, seed, range(at, min(at + PORTION, end))) for at in range(start, end, PORTION))


def _portion(work: tuple[list[Path], int, range]) -> Found:
    folders, seed, numbers = work
    return trial(seeds(folders), seed, numbers)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="how many mails")
    parser.add_argument("--seed", type=int, default=1, help="other mails for another number")
    parser.add_argument("--start", type=int, default=0, help="the number of the first mail")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes")
    parser.add_argument("--mails", type=Path, default=REAL, help="a folder of mails to damage beside our samples")
    parser.add_argument("--out", type=Path, default=Path("var/fuzz"), help="where mails that were not read are put")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
