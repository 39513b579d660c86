"""Many at once: workers on the same rows, colleagues at the same button. Exactly one has its way."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import connections

from amends.cases.models import Case, Entry
from amends.channels.models import Delivery, Kept
from amends.people.models import Member
from tests.faults.deeds import Order
from tests.faults.forks import fork
from tests.faults.ground import Ground
from tests.faults.storm import Storm

LETTERS = 5
PEOPLE = ("delphine@desk.example", "bo@desk.example")
WORKERS = 3


def crowds(ground: Ground, size: int, seed: int) -> dict[str, Any]:
    """Let `size` colleagues press one button at once, and three workers look at the same rows."""
    storm = Storm(ground, seed)
    feeder = storm.feeder
    told: dict[str, Any] = {"won": {}}
    for kind, name in (("close one", "close"), ("send one", "send"), ("hand over one", "hand over")):
        feeder.now += timedelta(minutes=1)
        about = _about()
        answers = _at_once(storm, [[{**order, **about} for order in feeder.all(kind)] for _ in range(size)])
        well = [answer for answer in answers if "done" in answer and "refused" not in answer]
        # The same letter sent again is the same letter: what counts is how many there are.
        told["won"][name] = len({answer["draft"] for answer in well}) if kind == "send one" else len(well)
        told.setdefault("refused", {})[name] = Counter(answer.get("refused", "") for answer in answers)
    storm.peace(feeder.all(*["fetch"] * 6))
    storm.peace(feeder.all(*["reply"] * LETTERS))
    feeder.now += timedelta(minutes=1)
    _at_once(storm, [feeder.all("take in", "release", "deliver") for _ in range(WORKERS)])
    told["found"] = storm.rest()
    told["mails"] = Kept.objects.exclude(entry=None).count()
    told["entries"] = Entry.objects.filter(kind="contact.in").count()
    told["letters"] = Delivery.objects.count()
    told["arrived"] = len(ground.sink.arrived())
    connections.close_all()
    return told


def _about() -> dict[str, int]:
    """An open case, and a colleague who does not have it."""
    case = Case.objects.filter(merged_into=None, closure=None).order_by("pk").first()
    assert case is not None
    to = Member.objects.filter(email__in=PEOPLE).exclude(owned_cases=case).order_by("pk").first()
    assert to is not None
    connections.close_all()
    return {"case": case.pk, "to": to.pk}


def _at_once(storm: Storm, crowd: list[list[Order]]) -> list[dict[str, Any]]:
    """Everybody has their database open before anybody may begin."""
    gate, opener = os.pipe()
    children = [fork(first=lambda: _wait_at(gate, opener)) for _ in crowd]
    for child, orders in zip(children, crowd, strict=True):
        child.send(orders)
        child.done_sending()
    os.close(opener)
    answers = []
    for child in children:
        said, status = child.end()
        assert status == 0, said
        storm.heard(said)
        answers += [answer for answer in said if "done" in answer or "failed" in answer]
    os.close(gate)
    return answers


def _wait_at(gate: int, opener: int) -> None:
    os.close(opener)
    os.read(gate, 1)
