"""The list of a call: what was said and done on it, by its notes and by hand (C7.5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from amends.cases.models import Case
from amends.coach.call import Tick
from amends.coach.check import check
from amends.flows import briefing
from amends.people.models import Member


def listed(case: Case, text: str, by_hand: Collection[str], *, by: Member, now: datetime) -> tuple[Tick, ...]:
    """Every line; what somebody ticked is done, whatever the notes show of it."""
    brief = replace(briefing.brief(case, by, now, text), call=True)
    return tuple(replace(one, done=True) if one.code in by_hand else one for one in check(text, brief).ticks)


def done(case: Case, text: str, by_hand: Collection[str], *, by: Member, now: datetime) -> list[str]:
    """The codes of what was done, in the order of the list; codes that are none of its lines are left out."""
    return [one.code for one in listed(case, text, by_hand, by=by, now=now) if one.done]
