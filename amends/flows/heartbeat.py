"""Still working on it (SL9, C4.5): whoever waits for us hears how it stands, at a set rhythm."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import next_step, ownership, timeline
from amends.cases.models import Case, Closure, NextStep
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.clock.promises import Word
from amends.flows import owing
from amends.flows.decide import decide
from amends.flows.looking import Staff

RHYTHM = 3
"""Working days without a word of ours while it is ours to do (`status.heartbeat`)."""
CODE = "STATUS_SILENCE"
"""Nobody has told them how it stands: we look, we tell (C3.4)."""


def beat(case_id: int, staff: Staff) -> bool:
    """Owe the customer a word on how it stands, when they have heard none for `RHYTHM` working days; whether we do now.

    Otherwise it is looked at again when that time has come.
    """
    now = staff.now
    with transaction.atomic():
        case = ownership.hold(case_id)
        if not NextStep.objects.filter(case=case, tell_by__lte=now).exists():
            return False
        if case.quiet_until is not None and case.quiet_until > now:
            next_step.look_again(case, case.quiet_until, now)  # nobody must say anything while it pauses (A077)
            return False
        if Closure.objects.filter(case=case).exists() or _hear_soon(case):
            next_step.look_again(case, now + next_step.LONGEST_QUIET, now)
            return False
        silent_at, due = _silence(case)
        if silent_at > now:
            next_step.look_again(case, silent_at, now)
            return False
        owner = case.owner
        assert owner is not None, "an open case has an owner"
        word = Word(
            _("tell you how it stands"),
            max(due, calendars.of_case(case).add_open(now, timedelta(hours=1))),
            kind=Promise.Kind.TELL,
            source=Promise.Source.POLICY,
            visible=False,
        )
        promise = promises.make(case, word, promisor=owner, at=now, by=None)
        timeline.record(case, "status.silent", at=now, flag=CODE, promise=promise.pk)
        decide(case, now, staff=staff)
        next_step.look_again(case, now + next_step.LONGEST_QUIET, now)
    return True


def _hear_soon(case: Case) -> bool:
    """An answer, or word on how it stands, is owed already."""
    owed = promises.owed(case)
    told = owed.filter(kind=Promise.Kind.TELL, source=Promise.Source.POLICY)
    return told.exists() or owed.filter(kind__in=promises.REPLIES).exists()


def _silence(case: Case) -> tuple[datetime, datetime]:
    """The opening of the third working day without a word of ours, and that day's end."""
    last = owing.last_word(timeline.talk_on([case.pk])[case.pk]) or case.opened_at
    hours = calendars.of_case(case)
    return hours.next_open(calendars.days_on(case, last, RHYTHM - 1)), calendars.days_on(case, last, RHYTHM)
