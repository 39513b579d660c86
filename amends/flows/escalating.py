"""A case comes to a higher rung: somebody senior joins, decides in time, and leaves again (C3.1, ES1-ES3).

The owner stays the owner: nobody takes a customer away from whom they know.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import ownership, timeline
from amends.cases.models import Case, Entry, Naming
from amends.cases.outcome import REMEDIES
from amends.clock import alarms, calendars, ladder, promises, rungs
from amends.clock.ladder import RUNGS, TOP, Code, Trigger
from amends.clock.models import Escalation, Promise
from amends.clock.rungs import RungError
from amends.flows import summing_up
from amends.flows.decide import decide
from amends.flows.holders import holder_of
from amends.flows.looking import Staff
from amends.flows.on_duty import duty_manager
from amends.people.models import Member

REMEDY = ("offer.made", "promise.made", "offer.accepted")
TOLD = ("escalated", "rung.joined")
"""Kinds of entries that tell somebody that they joined."""
CALLED, WROTE = "call", "letter"


def ask_for_backup(case: Case, why: str, *, by: Member, now: datetime) -> Escalation:
    """A colleague wants somebody who may decide more: the next rung. Raises RungError."""
    if not why.strip():
        raise RungError(_("Say in one line what you need somebody senior for."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        _want_open(case)
        rung = max((one.rung for one in rungs.open_on(case)), default=0) + 1
        if rung > TOP:
            raise RungError(_("This case stands on the highest rung already."))
        trigger = Trigger("by_hand", rung, "", params={"why": why.strip()[:300]})
        opened = open_rung(case, trigger, Staff(now), by=by)
        decide(case, now, by=by)
    return opened


def open_rung(
    case: Case, trigger: Trigger, staff: Staff, *, by: Member | None = None, knows: Member | None = None
) -> Escalation:
    """Bring the case to the trigger's rung, in the caller's transaction; whoever holds it joins, or it is an alarm.

    Rather whoever `knows` the case there already. The caller holds the case, and decides.
    """
    now = staff.now
    member = holder_of(case, trigger.rung, now, not_who_answered=trigger.other_person, knows=knows)
    promise = _clock(case, trigger.rung, member, now, by) if member else None
    rung = rungs.open_rung(case, trigger, member, promise, at=now, by=by)
    rung.summary = summing_up.summary(case, now)
    rung.save(update_fields=["summary"])
    if member is None:
        _tell_that_nobody_stands(case, trigger.rung, staff)
    else:
        _tell(rung, member, now)
    return rung


def try_to_fill(rung: Escalation, now: datetime) -> bool:
    """Look again for somebody who stands on an empty rung; False when there is still nobody. Holds no case."""
    case = rung.case
    member = holder_of(case, rung.rung, now, not_who_answered=True)
    if member is None:
        return False
    rungs.join(rung, member, _clock(case, rung.rung, member, now, None), at=now, by=None)
    _tell(rung, member, now)
    return True


def ask_anew(rung: Escalation, trigger: Trigger, staff: Staff) -> Escalation:
    """Something new on a rung that has decided: it decides on that, too, by a clock of its own (C3.2).

    In the caller's transaction, who holds the case, and decides.
    """
    rungs.leave(rung, _("it has decided, and something new has come"), at=staff.now, by=None)
    return open_rung(rung.case, replace(trigger, rung=rung.rung), staff, knows=rung.member)


def refill(rung: Escalation, staff: Staff) -> Escalation:
    """Whoever joined cannot decide any more: somebody else joins, or it is an alarm that nobody stands there."""
    now = staff.now
    with transaction.atomic():
        case = _hold(rung)
        rung.case = case
        if rung.decided_at is not None or rung.member is None:
            return rung
        rungs.leave(rung, _("%(name)s is away or gone") % {"name": rung.member.name}, at=now, by=None)
        after = open_rung(case, Trigger(cast("Code", rung.trigger), rung.rung, "", True, rung.params), staff)
        rungs.look_at(case, now)
        decide(case, now, staff=staff)
    return after


def join(rung: Escalation, *, by: Member, now: datetime) -> None:
    """A member joins a rung on which nobody stands. Raises RungError."""
    with transaction.atomic():
        case = _hold(rung)
        if by.rung < rung.rung:
            raise RungError(
                _("You stand on rung %(own)d. Rung %(rung)d needs somebody who may decide more.")
                % {"own": by.rung, "rung": rung.rung}
            )
        rungs.join(rung, by, _clock(case, rung.rung, by, now, by), at=now, by=by)
        decide(case, now, by=by)


def opened_by(case: Case, member: Member, now: datetime) -> None:
    """The member has the case before their eyes; of a rung that they joined it is the receipt."""
    for rung in rungs.open_on(case):
        if rung.member_id == member.pk and rung.read_at is None:
            with transaction.atomic():
                rungs.read(rung, at=now)
                told = Naming.objects.filter(entry__case=case, entry__kind__in=TOLD, member=member, seen_at=None)
                told.update(seen_at=now)


def decide_on(rung: Escalation, words: str, how: str, *, by: Member, now: datetime) -> None:
    """Say what was decided, and whether the customer was called or written to. Raises RungError."""
    if not words.strip():
        raise RungError(_("Say what you decided."))
    if RUNGS[rung.rung].calls and how != CALLED:
        raise RungError(
            _("From this rung the customer is called, not written to. Call first, then say what came of it.")
        )
    with transaction.atomic():
        case = _hold(rung)
        if rung.member_id != by.pk:
            raise RungError(_("Only whoever joined decides here."))
        rungs.decide(rung, words.strip(), how, at=now, by=by)
        if rung.promise is not None:
            promises.keep_all([rung.promise], at=now, by=by, evidence=words.strip())
        decide(case, now, by=by)


def end(rung: Escalation, reason: str, *, by: Member, now: datetime) -> None:
    """The case goes down a rung, with a reason. Raises RungError."""
    if not reason.strip():
        raise RungError(_("Say in one line why the case needs this rung no more."))
    with transaction.atomic():
        case = _hold(rung)
        rungs.leave(rung, reason.strip(), at=now, by=by)
        decide(case, now, by=by)


def end_all(case: Case, reason: str, *, by: Member | None, now: datetime) -> None:
    """The case ended, and with it every rung; what it is then counts anew if it begins again. In the caller's transaction."""
    for rung in rungs.open_on(case):
        rungs.leave(rung, reason, at=now, by=by)
    rungs.forget(case, ladder.of_states)


def missed(rung: Escalation, staff: Staff) -> None:
    """A rung's clock ran out (C3.1): without any remedy since, it had no power to decide, and that is told."""
    now = staff.now
    since = Entry.objects.filter(case=rung.case_id, kind__in=REMEDY, at__gte=rung.at)
    acted = any(one.kind != "promise.made" or one.data.get("promise_kind") in REMEDIES for one in since)
    flag = "" if acted else "ESCALATION_WITHOUT_POWER"
    name = rung.member.name if rung.member else ""
    timeline.record(rung.case, "rung.missed", at=now, rung=rung.rung, member_name=name, flag=flag)
    if flag and (duty := duty_manager(rung.case.brand, now, staff)) is not None:
        alarms.raise_alarm(duty, "without_power", now, case=rung.case, rung=rung.rung, name=name)


def _clock(case: Case, rung: int, member: Member, now: datetime, by: Member | None) -> Promise:
    """The rung's own answer clock: a promise like any other, so that it stands in the same queue."""
    soon = case.occasion_at is not None and ladder.is_soon(case.occasion_at - now)
    due = ladder.answer_by(rung, calendars.of_case(case), now, halved=soon)
    word = promises.Word(act=case.title, due=due, kind=Promise.Kind.RUNG, source=Promise.Source.POLICY, visible=False)
    return promises.make(case, word, promisor=member, at=now, by=by)


def _tell(rung: Escalation, member: Member, now: datetime) -> None:
    alarms.raise_alarm(member, "rung", now, case=rung.case, rung=rung.rung, trigger=rung.trigger)
    entry = Entry.objects.filter(case=rung.case_id, kind__in=TOLD).order_by("-pk").first()
    if entry is not None:
        Naming.objects.get_or_create(entry=entry, member=member)


def _tell_that_nobody_stands(case: Case, rung: int, staff: Staff) -> None:
    duty = duty_manager(case.brand, staff.now, staff)
    if duty is not None:
        alarms.raise_alarm(duty, "rung_empty", staff.now, case=case, rung=rung)


def _hold(rung: Escalation) -> Case:
    """The rung's case; the rung is read anew, because a colleague may have decided or left it."""
    case = ownership.hold(rung.case_id)
    rung.refresh_from_db()
    if rung.ended_at is not None:
        raise RungError(rungs.ENDED)
    return case


def _want_open(case: Case) -> None:
    if why := ownership.why_ended(case):
        raise RungError(why)
