"""A running clock is counted anew, because what it is counted by has changed (SL3).

From the same start, and never later than what the customer was told; what was put off with a reason stands as agreed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from amends.cases import ownership, timeline
from amends.cases.models import Case, NextStep
from amends.cases.timeline import Spoken
from amends.clock import promises
from amends.clock.calendars import HouseRules
from amends.clock.models import Promise
from amends.clock.targets import AIMS, Reckoned, counted_anew
from amends.flows import owing
from amends.flows.alone import alone
from amends.flows.decide import decide
from amends.flows.looking import Staff
from amends.people.models import Brand, Member

MOST = 200
"""Cases that one press of the button counts anew; whoever has more presses again, and it goes on from there."""
BATCH = 500
"""Cases whose clocks are read at once."""
FIRST_LOOK, LONGEST_LOOK = 2, 10
"""Batches that a page looks at where a clock would change, and that a page or a press looks at where none does."""


@dataclass(frozen=True)
class Change:
    """A clock that would stand elsewhere."""

    promise: Promise
    due: datetime


class Looked(NamedTuple):
    """Of how many cases it is so, and after which case id the others come that nobody has looked at; None: there are none."""

    cases: int
    upto: int | None


def recount(case: Case, *, why: str, by: Member | None, now: datetime) -> int:
    """Count the house's clocks of one case anew; how many changed. The caller holds the case, and decides."""
    return _count_anew(_running().filter(moved_from=None, case=case), case, why, by, now)


def recount_answers(case: Case, *, why: str, by: Member | None, now: datetime) -> int:
    """As `recount`, of the answers alone, those that were put off too: somebody wants them given again now (A077)."""
    return _count_anew(_running().filter(kind__in=promises.REPLIES, case=case), case, why, by, now)


def counted_for(promise: Promise, now: datetime) -> Reckoned | None:
    """What a clock is counted by as the rules are now; None for what no target counts.

    An occasion halves it if it was near when the clock began, or is near now: what leads to its time is given.
    """
    if promise.source != Promise.Source.POLICY or promise.kind not in AIMS or promise.rule:
        return None
    talk = timeline.talk_on([promise.case_id])[promise.case_id]
    rules = HouseRules([promise.case])
    begun, by_now = (_reckoned(promise, talk, rules, at) for at in (promise.made_at, now))
    return begun if begun is not None and begun.due == promise.due else by_now


def would_change(brand: Brand, now: datetime, after: int = 0) -> Looked:
    """On how many open cases of a brand, of those after a case id, a clock would stand elsewhere by today's rules.

    Some are counted and no more, so that a page is quick on any size of desk.
    """
    cases = 0
    for number, (case_ids, upto) in enumerate(_batches(brand, after, now), start=1):
        cases += len(case_ids)
        if number == LONGEST_LOOK or (cases and number >= FIRST_LOOK):
            return Looked(cases, upto)
    return Looked(cases, None)


def recount_brand(brand: Brand, *, why: str, by: Member, now: datetime, after: int = 0) -> Looked:
    """Count them anew, each case in a transaction of its own; on how many a clock stands elsewhere now.

    One that cannot be counted is written into the log and stops no other.
    """
    staff, cases = Staff(now), 0
    for number, (case_ids, upto) in enumerate(_batches(brand, after, now), start=1):
        for case_id in case_ids:
            with alone("the clocks of a case could not be counted anew", case=case_id):
                cases += _recount_held(case_id, why, by, staff)
            if cases == MOST:
                return Looked(cases, case_id)
        if number == LONGEST_LOOK:
            return Looked(cases, upto)
    return Looked(cases, None)


def _count_anew(running: QuerySet[Promise], case: Case, why: str, by: Member | None, now: datetime) -> int:
    changes = _changes(running, now)
    return sum(promises.count_anew(one.promise, one.due, why=why, at=now, by=by) for one in changes)


def _recount_held(case_id: int, why: str, by: Member, staff: Staff) -> bool:
    with transaction.atomic():
        case: Case = ownership.hold(case_id)
        changed = recount(case, why=why, by=by, now=staff.now) > 0
        if changed and ownership.is_open(case):
            decide(case, staff.now, by=by, staff=staff)
    return changed


def _batches(brand: Brand, after: int | None, now: datetime) -> Iterator[tuple[list[int], int | None]]:
    """The brand's open cases by their ids: those on which a clock would stand elsewhere, and `Looked.upto`.

    Read while they are counted anew, so that neither the memory nor a transaction grows with the desk.
    """
    upto = after
    while upto is not None:
        found = list(open_after(brand.pk, upto)[:BATCH])
        upto = found[-1] if len(found) == BATCH else None
        yield sorted({one.promise.case_id for one in _changes(clocks_of(found), now)}), upto


def open_after(brand_id: int, case_id: int) -> QuerySet[NextStep, int]:
    """A brand's open cases after one, by their ids: only open ones have a step."""
    steps = NextStep.objects.filter(brand=brand_id, case_id__gt=case_id)
    return steps.order_by("case_id").values_list("case_id", flat=True)


def clocks_of(case_ids: Collection[int]) -> QuerySet[Promise]:
    """The clocks of these cases that may be counted anew; in the order of the index by which they are found."""
    return _running().filter(moved_from=None, case__in=case_ids).order_by("case", "due")


def _running() -> QuerySet[Promise]:
    """Clocks by a target that nobody has broken or kept; those that were put off too."""
    running = Promise.objects.filter(source=Promise.Source.POLICY, kind__in=AIMS, rule="", broken_at=None)
    return running.filter(**promises.OWED).select_related("case__brand", "promisor").order_by("pk")


def _changes(running: Iterable[Promise], now: datetime) -> list[Change]:
    rows = list(running)
    rules = HouseRules([promise.case for promise in rows])
    talks = timeline.talk_on({promise.case_id for promise in rows})
    found = []
    for promise in rows:
        reckoned = _reckoned(promise, talks[promise.case_id], rules, now)
        if reckoned is None:
            continue
        due = counted_anew(promise.due, reckoned.due, now, told=promise.visible)
        if promise.kind in promises.REPLIES and promise.case.quiet_until is not None:
            due = max(due, min(promise.due, promise.case.quiet_until))  # nobody must answer while it pauses (A077)
        if due != promise.due:
            found.append(Change(promise, due))
    return found


def _reckoned(promise: Promise, talk: Sequence[Spoken], rules: HouseRules, now: datetime) -> Reckoned | None:
    case = promise.case
    asked = owing.first_unanswered(talk) if promise.kind in promises.REPLIES else None
    said = asked or next((one for one in talk if one.kind == "contact.in"), None)
    channel = said.channel if said is not None else "email"
    aim, matter = AIMS[promise.kind], owing.matter_of(case)
    return rules.reckon(case, channel, aim, promise.made_at, matter, now)
