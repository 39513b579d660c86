"""Kills at points with names: before and after every commit, acknowledgement, word to a mail server, rename, fsync."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from tests.faults.deeds import Order
from tests.faults.forks import fork
from tests.faults.storm import Storm

SCENES: dict[str, tuple[str, ...]] = {
    "fetch": ("fetch",),
    "pipe": ("pipe",),
    "take in": ("fetch", "take in"),
    "reply": ("reply",),
    "undo": ("reply", "undo"),
    "release": ("reply", "later", "release"),
    "deliver": ("reply", "later", "release", "deliver"),
    "hand over": ("hand over",),
    "merge": ("merge",),
    "split": ("split",),
    "close": ("close",),
    "reopen": ("close", "reopen"),
    "note": ("note",),
    "tidy": ("fetch", "stray", "lose", "tidy"),
}
"""For each flow what must come before it."""


def points_of(storm: Storm) -> list[str]:
    """Every point that the flows pass, each named after its flow: ``take in/commit 1 before``."""
    found: list[str] = []
    for flow in SCENES:
        storm.rest()  # so that a job finds only what this flow is about
        child = fork()
        child.send(scene(storm, flow))
        child.done_sending()
        answers, _ = child.end()
        storm.heard(answers)
        found += [name for name in answers[-1]["points"] if name.startswith(f"{flow}/")]
    storm.rest()
    return found


def kill_at(storm: Storm, points: Iterable[str]) -> list[str]:
    """Kill one child at each point; the points that it did not come to."""
    missed = []
    for name in points:
        child = fork(armed=name, first=storm.plant)
        child.send(scene(storm, name.partition("/")[0]))
        child.done_sending()
        answers, status = child.end()
        storm.heard(answers)
        storm.kills += status == -9
        if status != -9:
            missed.append(name)
    return missed


def scene(storm: Storm, flow: str) -> list[Order]:
    """The orders that lead to a flow, and its own."""
    feeder = storm.feeder
    orders: list[Order] = []
    for kind in SCENES[flow]:
        if kind == "later":
            feeder.now += timedelta(seconds=30)
        else:
            orders.append(feeder.order(kind, [feeder.new_mail(file=True)] if kind in ("fetch", "pipe") else None))
    return feeder.handed(orders)
