"""Many at once: workers on the same rows, colleagues at the same button. Exactly one has its way."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import connections

from amends.cases.models import Case, Draft, Entry
from amends.channels.models import Delivery, Kept
from amends.people.models import Member
from tests.faults.deeds import Order
from tests.faults.forks import fork
from tests.faults.ground import Ground
from tests.faults.storm import Storm

BUTTONS = {
    "close one": "close",
    "send one": "send",
    "hand over one": "hand over",
    "merge one": "merge",
    "undo one": "undo",
}
BEFORE = {"merge one": ("split",), "undo one": ("reply",)}
"""What there must be before so many press the button."""
LETTERS = 5
PEOPLE = ("delphine@desk.example", "bo@desk.example")
WORKERS = 3


def crowds(ground: Ground, size: int, seed: int) -> dict[str, Any]:
    """Let `size` colleagues press one button at once, and three workers look at the same rows."""
    storm = Storm(ground, seed)
    feeder = storm.feeder
    told: dict[str, Any] = {"won": {}}
    for kind, name in BUTTONS.items():
        feeder.now += timedelta(minutes=1)
        storm.peace(feeder.all(*BEFORE.get(kind, ())))
        about = _about(kind)
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
    heard = Entry.objects.filter(kind="contact.in")
    told["entries"] = heard.exclude(data__has_key="split_from_entry").count()
    told["letters"] = Delivery.objects.count()
    told["arrived"] = len(ground.sink.arrived())
    connections.close_all()
    return told


def _about(kind: str) -> dict[str, int]:
    """An open case, and whatever else the button is about."""
    case = Case.objects.filter(merged_into=None, closure=None).order_by("pk").first()
    assert case is not None
    about = {"case": case.pk}
    if kind == "hand over one":
        to = Member.objects.filter(email__in=PEOPLE).exclude(owned_cases=case).order_by("pk").first()
        assert to is not None
        about["to"] = to.pk
    elif kind == "merge one":
        part = Case.objects.filter(merged_into=None, closure=None).exclude(split_from=None).latest("pk")
        assert part.split_from_id is not None
        about |= {"case": part.split_from_id, "other": part.pk}
    elif kind == "undo one":
        about["draft"] = Draft.objects.exclude(hold_until=None).latest("pk").pk
    connections.close_all()
    return about


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
