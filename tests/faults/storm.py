"""Random kills: a child works, is killed at a random moment, and the next one goes on (reliability §4.3)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connections

from amends.cases.models import Unneeded
from amends.config.schedule import BESIDE, SCHEDULE
from tests.faults import invariants, probes
from tests.faults.deeds import Answer, Order
from tests.faults.feeder import Feeder
from tests.faults.forks import Child, fork
from tests.faults.ground import Ground
from tests.faults.ledger import Ledger

SOONEST, LATEST = 0.005, 0.045
"""Seconds between the moment at which a child has its orders and its end."""
PATIENCE = 0.5
"""Seconds more for a child that was hardly let run, on a machine that has much else to do."""
ORDERS = 14
WORKER = ("deliver", "take in", "release") * 4
"""What two of them do side by side."""
STOCK_EVERY = 6
REST = tuple(job.name for job in (*SCHEDULE, *BESIDE))
A_WHILE = timedelta(minutes=20)
"""Longer than any lease."""

Breaking = Callable[[], AbstractContextManager[object]]


@dataclass
class Storm:
    """A desk under fire. `breaking` plants a bug in every child."""

    ground: Ground
    seed: int
    breaking: Breaking = nullcontext
    side_by_side: float = 0.3
    """The share of rounds in which two workers look at the same rows."""
    kills: int = 0
    _rounds: int = 0
    last: Answer = field(default_factory=dict)
    """What the last child said at its end."""
    fell: Counter[str] = field(default_factory=Counter)
    """Where the kills fell."""
    flows: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.ground.lay()
        self.ledger = Ledger.at(self.ground.folder / "feeder")
        self.feeder = Feeder(self.ledger, self.seed)
        self._begin()

    def rage(self, kills: int) -> None:
        """Kill so many children."""
        until = self.kills + kills
        while self.kills < until:
            if self._rounds % STOCK_EVERY == 0:
                self.stock()
            self._rounds += 1
            self.round()

    def stock(self) -> None:
        """Letters that wait for the mail server: what leaves is what a kill may double."""
        self.peace(self.feeder.all("take in", *["reply"] * 3))
        self.feeder.now += timedelta(seconds=20)
        self.peace(self.feeder.all("release"))

    def round(self) -> None:
        """One child, or two at once, and their end."""
        chance = self.feeder.random.random()
        crowd = [self._child(), *([self._child()] if chance < self.side_by_side * 1.5 else [])]
        for n, child in enumerate(crowd):
            working = n or chance < self.side_by_side
            child.send(self.feeder.all(*WORKER) if working else self.feeder.orders(ORDERS))
        wait = self.feeder.random.uniform(SOONEST, LATEST)
        end = time.monotonic() + wait
        self.heard(crowd[0].hear(until=end))
        while crowd[0].cpu_seconds() < wait and time.monotonic() < end + PATIENCE:
            self.heard(crowd[0].hear(until=time.monotonic() + 0.001))
        for child in crowd:
            place = probes.seen(child.memory)
            self.heard(child.kill())
            self.kills += 1
            self.fell[kind_of(probes.seen(child.memory) or place)] += 1
            self.flows[place[2:].partition("/")[0] or "starting"] += 1

    def rest(self) -> list[str]:
        """Start again and let it work until nothing is due; then what is wrong."""
        before = invariants.without_files()  # what is offered again would mend it
        connections.close_all()
        self.peace(self.feeder.again())
        for _ in range(3):
            self.peace([order for _ in range(3) for order in self._look()])
            if not self._waiting():
                break
        self._sweep()
        found = before + invariants.broken(self.ledger, self.ground.sink.arrived())
        connections.close_all()
        return found

    def heard(self, answers: list[Answer]) -> None:
        """Believe what a child said of its orders."""
        self.ledger.told([answer for answer in answers if "done" in answer or "acked" in answer])

    def plant(self) -> None:
        """In a child: break what is to be broken."""
        planted = self.breaking()
        planted.__enter__()
        self.last = {"planted": planted}  # kept, or the bug would be taken out at once

    def _begin(self) -> None:
        """A little post, so that there is something to answer."""
        self.peace(self.feeder.all(*["fetch"] * 6, "take in"))

    def _child(self) -> Child:
        child = fork(first=self.plant)
        child.hear_ready()
        return child

    def _look(self) -> list[Order]:
        """One look at everything that may be due, later than any lease made so far."""
        self.feeder.now += A_WHILE
        return self.feeder.all(*REST)

    def peace(self, orders: list[Order]) -> None:
        """Orders that are carried out undisturbed."""
        child = fork(first=self.plant)
        child.send(orders)
        child.done_sending()
        answers, status = child.end()
        self.heard(answers)
        if status:
            raise RuntimeError(f"a child that was left in peace ended with {status}: {answers[-3:]}")

    def _sweep(self) -> None:
        """Tidy up as long as that settles anything: a storm notes far more than one look takes."""
        before, left = -1, self._notes()
        while left and left != before:
            self.peace(self.feeder.all(*["tidy"] * 20))
            before, left = left, self._notes()

    @staticmethod
    def _notes() -> int:
        count = Unneeded.objects.count()
        connections.close_all()
        return count

    def _waiting(self) -> bool:
        waiting = invariants.waiting()
        connections.close_all()
        return waiting


def kind_of(place: str) -> str:
    """A place as the report tells it."""
    inside, _, rest = place.partition(" ")
    flow, _, what = rest.partition("/")
    if not flow:
        return "before the first order"
    hearing = flow in ("fetch", "pipe")
    if what == "begun":
        return "while an order begins"
    if hearing and (what.startswith("acknowledge") or (what.startswith(("commit", "write")) and "after" in what)):
        return "between commit and acknowledgement"
    if what.startswith("commit") and what.endswith("before"):
        return "in the commit"
    if inside == "T":
        return "inside a transaction"
    if what.startswith("smtp"):
        return "in the talk with the mail server"
    if what.startswith(("fsync", "replace", "rename", "link")):
        return "while a file is made durable"
    if what.startswith("write") and what.endswith("before"):
        return "in a change outside a transaction"
    if what.startswith("answer") or "after" in what:
        return "between a commit and the next word"
    return "while reading"
