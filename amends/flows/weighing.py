"""Cases on which something happened are weighed: what came back, which rung they come to, who is silent (C3).

A sweep reads the timeline forward, a few seconds behind, so that no mail waits for it; and looks again at cases whose
time has come. What counted once never counts twice, so to weigh a case again changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from amends.cases import ownership
from amends.cases.family import homes
from amends.cases.models import Case, NextStep
from amends.cases.outcome import State, that_stand
from amends.clock import alarms, ladder, rungs
from amends.clock.ladder import Facts, Trigger
from amends.clock.models import Escalation, Promise, Weighing
from amends.flows import dossier as dossiers
from amends.flows import escalating, returning, silence, weights
from amends.flows.decide import decide
from amends.flows.dossier import NO_LETTER, Dossier, Told
from amends.flows.following import Following
from amends.flows.looking import Staff
from amends.flows.on_duty import duty_manager
from amends.kit import away
from amends.triage.returning import pressing_words

log = structlog.get_logger("amends.weighing")

NAME = "weighing"
BATCH = 20
EMPTY_AGAIN = timedelta(minutes=30)
"""So long after nobody stood on a rung we look again whether somebody does."""
RIGHT = (State.MADE_RIGHT, State.HAPPY, State.ADVOCATE, State.UNCONFIRMED)
PACK_SHARES = (50, 80)

_follows = Following(NAME, dossiers.KINDS)


@dataclass(frozen=True)
class Plan:
    """What weighing a case comes to."""

    returns: Sequence[returning.Found] = ()
    triggers: Sequence[Trigger] = ()
    """Those whose fact did not count yet, the highest first."""
    empty: Sequence[Escalation] = ()
    missed: Sequence[Escalation] = ()
    silent: bool = False
    turned: bool = False
    """It stands with the customer in another way than when the case was decided on."""
    last_chance: bool = False
    over: frozenset[str] = frozenset()
    """Marks of what is not so any more: when it is so again, it counts again."""
    look_at: datetime | None = None

    @property
    def changes(self) -> bool:
        return bool(self.returns or self.triggers or self.empty or self.missed or self.silent or self.turned)


def weigh_changed(now: datetime) -> int:
    """Weigh the next cases on which something happened since the last look; how many entries were read."""
    rows = _follows.unread(BATCH)
    weigh(list(dict.fromkeys(row.case_id for row in rows)), now)
    _follows.has_read(rows, now)
    return len(rows)


def weigh_due(now: datetime) -> int:
    """Weigh the cases whose time has come: an offer was met with silence, a deadline or an occasion is near."""
    due = Weighing.objects.filter(at__lte=now).order_by("at").values_list("case", flat=True)[:BATCH]
    cases = list(due)
    weigh(cases, now)
    return len(cases)


def weigh(case_ids: Collection[int], now: datetime) -> None:
    """Weigh these cases; one that cannot be weighed is written into the log and does not stop the others.

    While the database is away nothing is weighed: that error is raised, and all are weighed when it is back.
    """
    home = homes(case_ids)
    if taken := [pk for pk, into in home.items() if into != pk]:
        Weighing.objects.filter(case__in=taken).delete()  # what they are weighed by went along
    staff = Staff(now)
    for dossier in _gathered(set(home.values()), now):
        with _put_off_if_it_fails(dossier.case.pk, now):
            _weigh(dossier, staff)


def plan_for(dossier: Dossier, now: datetime) -> Plan:
    """What is to be done about a case at `now`; nothing is changed. A closed case is left in peace."""
    returns = returning.found_in(dossier)
    if dossier.closed:
        return Plan(returns, over=frozenset(filter(ladder.of_states, dossier.marks)))
    dossier = replace(
        dossier, entries=sorted([*dossier.entries, *map(_told, returns)], key=lambda one: (one.at, one.pk))
    )
    facts = facts_of(dossier, now)
    pulled = ladder.triggers(facts)
    triggers = [one for one in pulled if one.mark not in dossier.marks]
    return Plan(
        returns=returns,
        triggers=triggers,
        empty=[one for one in dossier.open_rungs if one.member_id is None and _is_due(dossier, now)],
        missed=[one for one in dossier.rungs if one.promise_id in facts.missed and _missed(one) not in dossier.marks],
        silent=silence.is_due(dossier, now),
        turned=_turned(dossier, now),
        last_chance=facts.turns >= 3 and not facts.made_right,
        over=frozenset(filter(ladder.of_states, dossier.marks)) - {one.mark for one in pulled},
        look_at=_look_at(dossier, now),
    )


def facts_of(dossier: Dossier, now: datetime) -> Facts:
    """The plain facts that the ladder asks for (C3.2)."""
    case, entries = dossier.case, dossier.entries
    stands = dossier.outcome(now)
    returned = [one for one in entries if one.kind == "complaint.returned"]
    broken = [one for one in that_stand(entries) if one.kind == "promise.broken"]
    rungs = {one.promise_id: one.rung for one in dossier.rungs}
    handed = [one for one in entries if one.kind == "contact.transferred" and one.member_id]
    hurt = case.kind == Case.Kind.COMPLAINT or bool(returned)
    return Facts(
        rung=dossier.rung,
        complaints=1 + sum(one.data.get("return") in returning.COUNTED for one in returned),
        turns=returning.turns(dossier) if hurt else 1,
        made_right=stands is not None and stands.state in RIGHT,
        failed=stands.failed if stands else 0,
        broken=[_number(one, "promise") for one in broken if _is_a_word(one)],
        missed={pk: rungs[pk] for one in broken if (pk := _number(one, "promise")) in rungs},
        transfers=len(handed) + sum(_number(one, "transfers") for one in entries),
        doors=returning.doors_without_an_answer(dossier),
        repeats=sum(_number(one, "repeats") for one in entries),
        to_rungs=_turned_to(dossier),
        asked_for_senior=[one.pk for one in entries if one.is_heard and one.data.get("trouble") == "senior"],
        public_reach=(case.reach or 0) if case.post else None,
        posts_on_the_cause=dossier.posts,
        severity=case.severity,
        guard=case.guard,
        occasion_in=case.occasion_at - now if case.occasion_at else None,
        occasion_at=case.occasion_at,
        customer_failures=dossier.failures if hurt else 0,
        words=frozenset[str]().union(*(pressing_words(_text(dossier, one)) for one in entries if one.is_heard)),
        value_at_risk=case.loss,
        value_limit=case.brand.value_limit,
        pack={one.pk: _used(one, now) for one in dossier.laws},
        silent_offer=silence.second_touch_is_due(stands, now),
        silenced=_silenced(dossier, now),
    )


def _gathered(case_ids: Collection[int], now: datetime) -> list[Dossier]:
    """All at once; where one of them stands in the way, each by itself."""
    try:
        return dossiers.gather(case_ids, now)
    except Exception as error:
        if away.passes(error):
            raise
        log.info("these cases are weighed one by one", why=f"{type(error).__name__}: {error}")
    found: list[Dossier] = []
    for case_id in sorted(case_ids):
        with _put_off_if_it_fails(case_id, now):
            found += dossiers.gather([case_id], now)
    return found


@contextmanager
def _put_off_if_it_fails(case_id: int, now: datetime) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if away.passes(error):
            raise
        log.exception("a case could not be weighed", case=case_id)
        Weighing.objects.update_or_create(case_id=case_id, defaults={"at": now + EMPTY_AGAIN})


def _weigh(dossier: Dossier, staff: Staff) -> None:
    now = staff.now
    earlier = returning.earlier_of(dossier, now)
    plan = plan_for(dossier, now)
    if earlier is None and not plan.changes and not _differs(dossier, plan):
        return
    with transaction.atomic():
        case = returning.bring_home(dossier.case, earlier[1], now) if earlier else dossier.case
        _carry_out(case, staff)


def _carry_out(case: Case, staff: Staff) -> None:
    """What is planned once more, with the case held, and then done."""
    now = staff.now
    case = ownership.hold_home(case.pk)
    dossier = dossiers.of_case(case, now)
    if returns := returning.found_in(dossier):
        new = returning.write_down(case, returns)
        dossier = replace(dossier, entries=sorted([*dossier.entries, *new], key=lambda one: (one.at, one.pk)))
    plan = plan_for(dossier, now)
    marks = set(dossier.marks - plan.over) | {one.mark for one in plan.triggers}
    for rung in plan.missed:
        rung.case = case
        escalating.missed(rung, staff)
        marks.add(_missed(rung))
    for rung in plan.empty:
        rung.case = case
        escalating.try_to_fill(rung, now)
    if plan.triggers:
        _bring(case, dossier, _with_the_others(plan.triggers), staff)
        _page_the_duty_manager(case, plan.triggers, staff)
    if plan.silent:
        marks.add(silence.call(dossier, now))
    if (plan.changes or returns) and not dossier.closed:
        decide(case, now, staff=staff)
    NextStep.objects.filter(case=case).exclude(last_chance=plan.last_chance).update(last_chance=plan.last_chance)
    _remember(case, marks, now)


def _page_the_duty_manager(case: Case, triggers: Sequence[Trigger], staff: Staff) -> None:
    """Of a customer who is sent around the duty manager hears while they are at it, whoever joins (C3.2, RUNAROUND)."""
    if any(one.code == "runaround" for one in triggers):
        duty = duty_manager(case.brand, staff.now, staff)
        joined = {one.member_id for one in rungs.open_on(case)}
        if duty is not None and duty.pk not in joined:
            alarms.raise_alarm(duty, "runaround", staff.now, case)


def _bring(case: Case, dossier: Dossier, trigger: Trigger, staff: Staff) -> None:
    """To the trigger's rung; where that or a higher one stands already and has decided, it is asked anew."""
    standing = [one for one in dossier.open_rungs if one.rung >= trigger.rung]
    if not standing:
        escalating.open_rung(case, trigger, staff)
    elif all(one.decided_at for one in standing):
        rung = min(standing, key=lambda one: one.rung)
        rung.case = case
        escalating.ask_anew(rung, trigger, staff)


def _with_the_others(triggers: Sequence[Trigger]) -> Trigger:
    """The highest, and what else speaks for it."""
    first, *others = triggers
    besides = [one.code for one in others]
    other_person = any(one.other_person for one in triggers)
    return replace(
        first, other_person=other_person, params={**first.params, **({"besides": besides} if besides else {})}
    )


def _remember(case: Case, marks: set[str], now: datetime) -> None:
    look_at = _look_at(dossiers.of_case(case, now), now)
    if marks or look_at:
        Weighing.objects.update_or_create(case=case, defaults={"at": look_at, "marks": sorted(marks)})
    else:
        Weighing.objects.filter(case=case).delete()


def _look_at(dossier: Dossier, now: datetime) -> datetime | None:
    """When time alone may change something next."""
    if dossier.closed:
        return None
    case = dossier.case
    times = [one.made_at + (one.due - one.made_at) * share / 100 for one in dossier.laws for share in PACK_SHARES]
    times += silence.times(dossier.outcome(now))
    if (silenced := silence.silenced_at(dossier)) is not None:
        times.append(silenced[1])
    if case.occasion_at is not None:
        times.append(case.occasion_at - timedelta(hours=72))
    if any(one.member_id is None for one in dossier.open_rungs):
        times.append(now + EMPTY_AGAIN)
    return min((at for at in times if at > now), default=None)


def _differs(dossier: Dossier, plan: Plan) -> bool:
    """Whether what is remembered of the case must be written anew."""
    step = getattr(dossier.case, "next_step", None)
    other = dossier.look_at != plan.look_at or bool(plan.over)
    return other or (step is not None and step.last_chance != plan.last_chance)


def _turned(dossier: Dossier, now: datetime) -> bool:
    step = getattr(dossier.case, "next_step", None)
    return step is not None and step.risk != weights.percent(weights.risk_of(dossier.case, dossier.outcome(now)))


def _is_due(dossier: Dossier, now: datetime) -> bool:
    return dossier.look_at is not None and dossier.look_at <= now


def _silenced(dossier: Dossier, now: datetime) -> int:
    found = silence.silenced_at(dossier)
    return found[0] if found is not None and found[1] <= now else 0


def _is_a_word(one: Told) -> bool:
    """A promise that the customer knows of; a rung's clock and a law's have rows of their own."""
    ours = one.data.get("promise_kind") != Promise.Kind.RUNG and one.data.get("source") != Promise.Source.LAW
    return ours and bool(one.data.get("visible"))


def _turned_to(dossier: Dossier) -> dict[int, int]:
    """Entry → the rung of somebody senior to whom it went, or for whom they asked, and who was not on the case."""
    mine = {dossier.case.owner_id} | {one.member_id for one in dossier.rungs}
    found: dict[int, int] = {}
    for one in dossier.entries:
        asked_for = _number(one, "for_rung")
        if one.is_heard:
            addresses = dossier.said.get(one.pk, NO_LETTER).addresses
            seniors = (dossier.seniors[address] for address in addresses if address in dossier.seniors)
            asked_for = max((member.rung for member in seniors if member.pk not in mine), default=asked_for)
        if asked_for:
            found[one.pk] = asked_for
    return found


def _text(dossier: Dossier, one: Told) -> str:
    return dossier.said.get(one.pk, NO_LETTER).text


def _used(promise: Promise, now: datetime) -> int:
    """Percent of a deadline's time that is used."""
    whole = promise.due - promise.made_at
    return int(100 * ((now - promise.made_at) / whole)) if whole else 100


def _missed(rung: Escalation) -> str:
    return f"told:{rung.pk}"


def _number(one: Told, key: str) -> int:
    value: Any = one.data.get(key)
    return value if isinstance(value, int) else 0


def _told(found: returning.Found) -> Told:
    data: dict[str, object] = {"return": found.kind, "entry": found.entry_id}
    return Told(found.entry_id, "complaint.returned", found.at, "system", "", None, 0, data)
