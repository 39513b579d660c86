"""`make kills COUNT=1000`: kill the desk so often, and say what was lost. Random kills, named points, planted bugs.

Runs in a process of its own, because it forks; AMENDS_DATA and AMENDS_DATABASE say where. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog

from tests.faults.ground import Ground  # first: it sets Django up
from tests.faults.sink import running_sink

from django.conf import settings  # isort: skip
from amends.channels import reading  # isort: skip
from tests.faults import probes  # isort: skip
from tests.faults.bugs import BUGS, ON_THE_WAY_OUT  # isort: skip
from tests.faults.crowd import crowds  # isort: skip
from tests.faults.deeds import do  # isort: skip
from tests.faults.feeder import HEARING, SENDING, WEIGHTS, Feeder  # isort: skip
from tests.faults.ledger import Ledger  # isort: skip
from tests.faults.nth import nth_fails  # isort: skip
from tests.faults.points import kill_at, points_of  # isort: skip
from tests.faults.storm import Storm  # isort: skip

EVERY = 100
"""Kills between two rests."""
BUG_EVERY = 20
FOUND_WITHIN = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="kills", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--points", type=float, default=5, help="kills at each named point; 0.3: at a share of them")
    parser.add_argument("--bugs", nargs="*", default=[], help="planted bugs that must be found; all: every one")
    parser.add_argument("--nth", type=int, default=0, help="fail every N-th operation, in steps of so many")
    parser.add_argument("--crowd", type=int, default=0, help="so many colleagues press one button at once")
    given = parser.parse_args(arguments)
    # A desk that is killed a thousand times has much to say, and saying it in full costs more than dying.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.CRITICAL)
    folder = Path(settings.DATA_DIR)
    # Mails are read by a process of their own. To start one in each child takes longer than the child lives.
    vars(reading)["_is_mail"] = lambda kind: False
    probes.install()
    with running_sink(folder / "sink") as sink:
        ground = Ground(folder, sink)
        try:
            warm_up(ground)
            told, well = _told(ground, given)
        finally:
            ground.clear_away()
    print(json.dumps(told, indent=1))
    return 0 if well else 1


def _told(ground: Ground, given: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    told = {}
    if given.count:
        told["random"] = random_kills(ground, given.count, given.seed)
    if given.points:
        told["points"] = kills_at_points(ground, given.points, given.seed)
    if given.nth:
        told["nth"] = nth_fails(ground, given.nth, given.seed)
    if given.crowd:
        told["crowd"] = crowds(ground, given.crowd, given.seed)
    well = not any(part["found"] for part in told.values())
    if given.bugs:
        told["bugs"] = planted(ground, given.bugs, given.seed)
        well = well and all(part["found"] for part in told["bugs"].values())
    return told, well


def warm_up(ground: Ground) -> None:
    """Do everything once here, so that no child has to load what all need."""
    ground.lay()
    feeder = Feeder(Ledger.at(ground.folder / "feeder"), 1)
    for kind in (*["fetch"] * 4, *WEIGHTS, "merge", "reopen", "reply", *["rehome"] * 3, "release", "deliver"):
        do(feeder.order(kind), lambda answer: None)
    probes.probe.fresh()


def random_kills(ground: Ground, count: int, seed: int) -> dict[str, Any]:
    """What a number of random kills found, and where they fell."""
    began = time.monotonic()
    storm = Storm(ground, seed)
    found: list[str] = []
    while storm.kills < count and not found:
        storm.rage(min(EVERY, count - storm.kills))
        found = storm.rest()
    return {
        "seed": seed,
        "kills": storm.kills,
        "seconds": round(time.monotonic() - began, 1),
        "fell": dict(storm.fell.most_common()),
        "flows": dict(storm.flows.most_common()),
        "mails": len(storm.ledger.mails),
        "replies": len(storm.ledger.said),
        "letters arrived": len(ground.sink.arrived()),
        "deeds": len(storm.ledger.deeds),
        "found": found,
    }


def kills_at_points(ground: Ground, times: float, seed: int) -> dict[str, Any]:
    """What kills at every named point found; of a share of the points when `times` is below 1."""
    storm = Storm(ground, seed)
    names = points_of(storm)
    wanted = names * int(times) if times >= 1 else storm.feeder.random.sample(names, round(len(names) * times))
    missed = kill_at(storm, wanted)
    return {"points": names, "kills": storm.kills, "missed": missed, "found": storm.rest()}


def planted(ground: Ground, names: Sequence[str], seed: int) -> dict[str, Any]:
    """After how many kills each planted bug was found, and by which sentence."""
    told = {}
    for name in list(BUGS) if "all" in names else names:
        storm = Storm(ground, seed, BUGS[name])
        storm.feeder.weights = SENDING if name in ON_THE_WAY_OUT else HEARING
        storm.side_by_side = 0.6 if name in ON_THE_WAY_OUT else 0.1
        found: list[str] = []
        while storm.kills <= FOUND_WITHIN - 2 * BUG_EVERY and not found:
            storm.rage(BUG_EVERY)
            found = storm.rest()
        told[name] = {"kills": storm.kills, "found": found[:3]}
        print(name, told[name], file=sys.stderr)
    return told


if __name__ == "__main__":
    sys.exit(main())
