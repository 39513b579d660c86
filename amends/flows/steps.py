"""A step is done, or not now: either way the case has exactly one next step afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import next_step, ownership, timeline
from amends.cases.models import Case, Closure, NextStep
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import promising
from amends.flows.decide import decide
from amends.people.models import Member

EVIDENT = (Promise.Evidence.REFERENCE, Promise.Evidence.SCAN, Promise.Evidence.CALL, Promise.Evidence.PARTNER)
"""What must be shown before a step counts as done; for the rest a word is enough (C4.2)."""


class StepError(Exception):
    """The step cannot be changed so; the message says what is missing."""


@dataclass(frozen=True)
class Next:
    """What comes after: an act, by when, by whom."""

    what: str
    due: datetime
    who: Member


def done(
    case: Case, after: Next | None, *, by: Member, now: datetime, how: str = "", seconds: int | None = None
) -> NextStep | None:
    """The step is done. `after` is what comes next; without it the case decides by itself.

    A promise of a refund, a parcel or a call wants `how`, or the `seconds` of the call: what proves it (C4.2).
    Raises StepError with what is missing, or with who keeps it: a partner's yes, or a decision on a rung.
    """
    with transaction.atomic():
        case = ownership.hold(case.pk)
        step = _step(case)
        promise = _kept_by(step)
        kept: list[Promise] = []
        if promise is not None and promises.is_owed(promise):
            _want_proof(promise, how, seconds, by)
            kept = _keep(case, promise, how or f"said by {by.name}", seconds, by=by, now=now)
        timeline.record(case, "step.done", at=now, by=by, step=step.kind, what=step.what, how=how[:300])
        if Closure.objects.filter(case=case).exists():
            next_step.clear_step(case)
            return None
        promising.tell_in_public(case, kept, by=by, now=now)
        if after is not None:
            owe_step(case, after, by=by, now=now)
        return decide(case, now, by=by)


def promise_of(case: Case) -> Promise | None:
    """The promise that the present step keeps, if it keeps one."""
    step = NextStep.objects.filter(case=case).first()
    return _kept_by(step) if step is not None else None


def evidence_for(case: Case) -> str:
    """What proves that the present step is done (`Promise.Evidence`); empty when a word is enough."""
    promise = promise_of(case)
    return promising.evidence_for(promise) if promise is not None and _wants_proof(promise) else ""


def not_now(case: Case, until: datetime, reason: str, *, by: Member, now: datetime) -> NextStep:
    """The step waits for a later time, with a reason (UX §6 `s`)."""
    if not reason.strip():
        raise StepError(_("Say in one line why it waits."))
    if until <= now:
        raise StepError(_("That time has passed. Name a later one."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        step = _step(case)
        promise = _kept_by(step)
        if promise is None:
            raise StepError(_("This step cannot wait. Do it, or reopen the case."))
        if promises.is_given(promise):
            raise StepError(_("They were promised this. Give the promise another time, and tell them."))
        _want_ours(promise)
        promises.move(promise, due=until, reason=reason, at=now, by=by)
        timeline.record(case, "step.moved", at=now, by=by, what=step.what, reason=reason[:300], until=until.isoformat())
        return decide(case, now, by=by)


def owe_step(case: Case, after: Next, *, by: Member, now: datetime) -> Promise:
    """An inner step: a promise that only we see."""
    if not after.what.strip():
        raise StepError(_("Say what comes next."))
    if after.due <= now:
        raise StepError(_("That time has passed. Name a later one."))
    word = promises.Word(act=after.what.strip(), due=after.due, kind=Promise.Kind.STEP, visible=False)
    return promises.make(case, word, promisor=after.who, at=now, by=by)


def _wants_proof(promise: Promise) -> bool:
    """Of what a law wants, too, somebody may ask later."""
    return bool(promise.rule) or promising.evidence_for(promise) in EVIDENT


def _want_proof(promise: Promise, how: str, seconds: int | None, by: Member) -> None:
    if not _wants_proof(promise):
        return
    try:
        promising.want_another(promise, by)
        promising.want_proof(promise, how, seconds)
    except promises.PromiseError as error:
        raise StepError(str(error)) from error


def _keep(case: Case, promise: Promise, how: str, seconds: int | None, *, by: Member, now: datetime) -> list[Promise]:
    try:
        return promising.keep_held(case, promise, by=by, now=now, evidence=how, seconds=seconds)
    except promises.PromiseError as error:
        raise StepError(str(error)) from error


def _want_ours(promise: Promise) -> None:
    try:
        promising.want_ours(promise)
    except promises.PromiseError as error:
        raise StepError(str(error)) from error


def _kept_by(step: NextStep) -> Promise | None:
    return Promise.objects.filter(pk=step.promise_id).first() if step.promise_id else None


def _step(case: Case) -> NextStep:
    step = NextStep.objects.filter(case=case).first()
    if step is None:
        raise StepError(_("This case has no step: it is closed."))
    return step
