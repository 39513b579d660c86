"""A word is given, kept, moved, or let off, outside a letter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import ownership
from amends.cases.models import Case, Closure
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows.decide import decide
from amends.people.models import Member

TAKEN_AWAY = gettext_lazy("This case was taken into another one. Open that one.")


def give(case: Case, word: promises.Word, *, promisor: Member, by: Member, now: datetime) -> Promise:
    """Give a word on the phone or in person. Raises clock.promises.PromiseError."""
    if not word.act.strip():
        raise promises.PromiseError(_("Say what is promised."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        _want_open(case)
        promise = promises.make(case, word, promisor=promisor, at=now, by=by)
        decide(case, now, by=by)
    return promise


def keep(promise: Promise, *, by: Member, now: datetime, evidence: str) -> None:
    """It was done; say what shows it. Raises PromiseError for an answer: it is kept by giving it."""
    if not evidence.strip():
        raise promises.PromiseError(_("Say what shows that it was done."))
    with transaction.atomic():
        case = _hold(promise)
        _want_no_answer(promise)
        promises.keep(promise, at=now, by=by, evidence=evidence)
        decide(case, now, by=by)


def move(promise: Promise, due: datetime, reason: str, *, by: Member, now: datetime) -> Promise:
    """Another time and why."""
    if not reason.strip():
        raise promises.PromiseError(_("Say why it takes longer."))
    with transaction.atomic():
        case = _hold(promise)
        after = promises.move(promise, due=due, reason=reason, at=now, by=by)
        decide(case, now, by=by)
    return after


def let_off(promise: Promise, reason: str, *, by: Member, now: datetime) -> None:
    """The customer lets us off. Raises PromiseError for an answer: that they want none is written up, too."""
    if not reason.strip():
        raise promises.PromiseError(_("Say how the customer let us off."))
    with transaction.atomic():
        case = _hold(promise)
        _want_no_answer(promise)
        promises.release(promise, at=now, by=by, reason=reason)
        decide(case, now, by=by)


def _hold(promise: Promise) -> Case:
    """The promise's case; the promise is read anew, because a colleague may have settled or moved it."""
    case = ownership.hold(promise.case_id)
    promise.refresh_from_db()
    if promise.case_id != case.pk:
        raise promises.PromiseError(TAKEN_AWAY)
    return case


def _want_no_answer(promise: Promise) -> None:
    """What the customer said stays unanswered until a letter, a call or a done step says otherwise."""
    if promise.kind in promises.REPLIES:
        raise promises.PromiseError(_("This is owed until they are answered. Send a letter, or write up the call."))


def _want_open(case: Case) -> None:
    if case.merged_into_id is not None:
        raise promises.PromiseError(TAKEN_AWAY)
    if Closure.objects.filter(case=case).exists():
        raise promises.PromiseError(_("This case is closed. Reopen it first."))
