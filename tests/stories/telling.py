"""One case of the service model, told minute by minute through the public doors, with the clock moved by the story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.test import Client
from django.urls import reverse

from amends.cases.models import Case, Entry, NextStep
from amends.clock.models import Escalation
from amends.config.schedule import SCHEDULE
from amends.flows import offering
from amends.people.models import Member
from tests.cast import Cast

SignIn = Callable[[Member], Client]
SWEEPS = ("promises", "weigh", "weigh again", "release")


def at(text: str, place: str = "Europe/London") -> datetime:
    """ "03-05 16:20": in 2026, as the clock shows it at that place."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZoneInfo(place))


@dataclass
class Story:
    """One case; the worker's `sweeps` run after each deed, as they do within seconds. Its times are those of `place`."""

    cast: Cast
    signed_in: SignIn
    case: Case
    place: str = "Europe/London"
    sweeps: tuple[str, ...] = SWEEPS

    def at(self, moment: str) -> datetime:
        return at(moment, self.place)

    def deed(self, who: Member, name: str, moment: str, **fields: Any) -> Any:
        """A form of the case's page is sent."""
        return self.deed_on(self.case.pk, who, name, moment, **fields)

    def deed_on(self, row: int, who: Member, name: str, moment: str, **fields: Any) -> Any:
        """A form of one of its promises or rungs is sent."""
        with time_machine.travel(self.at(moment), tick=False):
            answer = self.signed_in(who).post(reverse(name, args=[row]), fields)
        self.sweep(moment)
        return answer

    def sweep(self, moment: str) -> None:
        now = self.at(moment)
        with time_machine.travel(now, tick=False):
            for job in SCHEDULE:
                if job.name in self.sweeps:
                    while job.run(now) >= job.batch:
                        pass

    @property
    def rungs(self) -> list[tuple[int, str, str | None]]:
        found = Escalation.objects.filter(case=self.case, ended_at=None).order_by("rung")
        return [(one.rung, one.trigger, one.member.name if one.member else None) for one in found]

    def entries(self, kind: str) -> list[tuple[datetime, dict[str, Any]]]:
        rows = Entry.objects.filter(case=self.case, kind=kind).order_by("pk")
        return [(row.at, row.data) for row in rows]

    def outcome(self, moment: str) -> tuple[str, int]:
        found = offering.outcome_of(self.case, self.at(moment))
        assert found is not None
        return found.state, found.failed

    @property
    def step(self) -> NextStep:
        return NextStep.objects.get(case=self.case)
