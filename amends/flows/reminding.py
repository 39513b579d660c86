"""Tell before it is missed, and never let a promise expire silently (C4.1, C4.2, SL8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from amends.cases import ownership
from amends.cases.models import Case
from amends.clock import promises, promising
from amends.clock.alarms import raise_alarm
from amends.clock.models import Promise
from amends.flows import guarded, on_duty, partnering, retiming
from amends.flows.decide import decide
from amends.flows.looking import Staff
from amends.people.models import Member


def remind(promise: Promise, now: datetime, staff: Staff) -> None:
    """Its promisor is told how much time is left; at the last reminder the step asks for a new time.

    At the hour of a parcel the step has its day's end instead: until then it is on time (C4.2).

    Whoever is gone, at work only after it is due, or may not see the case, cannot be told: the duty manager is.
    """
    with transaction.atomic():
        case = ownership.hold(promise.case_id)
        if not promises.reminded(promise, now):
            return
        which = promising.reminder(promise.made_at, promise.due, now, promise.grace_until)
        if which and now < promise.due:
            parcel = which == "last" and promise.grace_until is not None
            _alarm(promise, "promise.parcel" if parcel else f"promise.{which}", case, now, staff)
        if which == "last" or now >= promise.due:
            _go_on(case, now, staff)


def broke(promise: Promise, now: datetime, staff: Staff) -> bool:
    """Its time has passed: written down, told to whoever sees to it, and an apology waits in the composer.

    False when somebody settled it, or counted it anew, in this moment.
    """
    with transaction.atomic():
        case = ownership.hold(promise.case_id)
        promise.refresh_from_db(fields=["due", "grace_until"])
        if promises.ends_at(promise) > now or not promises.broke(promise):
            return False
        who = _alarm(promise, "promise.broken", case, now, staff)
        if promise.source == Promise.Source.PARTNER:
            partnering.repair(case, promise, now, staff)
        elif promises.is_given(promise):
            retiming.apologise(case, promise, by=who, now=now)
        _go_on(case, now, staff)
    return True


def _alarm(promise: Promise, code: str, case: Case, now: datetime, staff: Staff) -> Member:
    who = on_duty.sees_to(promise.promisor, case.brand, promise.due, now, staff) or promise.promisor
    if not guarded.may_see(who, case):
        who = on_duty.duty_manager(case.brand, now, staff) or who
    raise_alarm(who, code, now, case, promise=promise.pk, act=promise.act, due=promise.due.isoformat())
    return who


def _go_on(case: Case, now: datetime, staff: Staff) -> None:
    if ownership.is_open(case):
        decide(case, now, staff=staff)
