"""Fill a desk with cases: `python -m bench.load 100000`, in the environment of the desk.

Half as many customers; one or two letters each of 60 words on average, 30 % open with owner, next step and promise,
spread over 30 agents, 4 teams and 2 brands; at the end some cases with ten letters. A desk that is full stays as it is,
but for CAUGHT_UP=yes: then the worker has read the timeline to its end, which takes it hours with a million cases.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
django.setup()

from django.conf import settings  # noqa: E402

from amends.cases.models import Case, Entry  # noqa: E402
from amends.clock.models import Follower  # noqa: E402
from amends.flows import reading, weighing  # noqa: E402
from amends.upkeep.upgrading import upgrade  # noqa: E402
from bench import furniture  # noqa: E402
from bench.bulk import in_bulk  # noqa: E402
from bench.filling import Filling  # noqa: E402
from bench.words import SEED  # noqa: E402

CHUNK = 10_000
LONG = 200
"""Cases with ten letters, which are measured as pages."""


def load(size: int) -> None:
    """Bring the database up to date, furnish it, and fill it once."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    upgrade()
    mark = Path(settings.DATA_DIR) / "filled.json"
    if not mark.exists():
        _fill(size, mark)
    if os.environ.get("CAUGHT_UP"):
        _catch_up()


def _fill(size: int, mark: Path) -> None:
    desk = furniture.furnish()
    facts = {"size": size, "long": [], "rare": [], "common": ""}
    if size:
        assert not Case.objects.exists(), "a desk that was half filled: delete its folder"
        filling = Filling(desk, random.Random(SEED), size)
        with in_bulk():
            for first in range(1, size + 1, CHUNK):
                filling.cases(range(first, min(first + CHUNK, size + 1)))
            filling.long_cases(range(size + 1, size + 1 + LONG))
        facts |= {"long": [size + 1, size + LONG], "rare": filling.rare, "common": filling.common}
    mark.write_text(json.dumps(facts))


def _catch_up() -> None:
    newest = Entry.objects.latest("pk").pk if Entry.objects.exists() else 0
    for name in (reading.NAME, weighing.NAME):
        Follower.objects.update_or_create(name=name, defaults={"upto": newest})


if __name__ == "__main__":
    load(int(sys.argv[1]))
