"""A word is given, kept, or let off, outside a letter; `retiming` gives it another time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import ownership, timeline
from amends.cases.models import Case
from amends.clock import calendars, promises
from amends.clock.evidence import missing, wanted
from amends.clock.models import Promise
from amends.flows import lawful
from amends.flows.decide import decide
from amends.people.models import Member

CALLED = gettext_lazy("a call")
TELL_DAYS = 1
"""Working days from a public promise's being kept to its being told in public."""
LAWS_TIME = gettext_lazy(
    "A policy pack sets this time, and nobody here puts it off or lets it go. Open “What the policy packs want” on the "
    "case: where the pack allows a longer time, it is taken there."
)
RUNGS_CLOCK = gettext_lazy("This is the clock of a rung. Whoever joined says what they decided: that keeps it.")


def give(
    case: Case, word: promises.Word, *, promisor: Member, by: Member, now: datetime, check_at: datetime | None = None
) -> Promise:
    """Give a word on the phone or in person. Raises clock.promises.PromiseError.

    `check_at`: of a promise that something will not happen again, when its promisor looks whether it holds. That is a
    promise of its own (C4.1), known to the customer as far as the first one is.
    """
    if not word.act.strip():
        raise promises.PromiseError(_("Say what is promised."))
    if check_at is not None and check_at <= word.due:
        raise promises.PromiseError(_("Look whether it holds after it is done: name a later day."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        want_open(case)
        promise = promises.make(case, word, promisor=promisor, at=now, by=by)
        if check_at is not None:
            promises.make(case, check_of(word, check_at), promisor=promisor, at=now, by=by)
        decide(case, now, by=by)
    return promise


def check_of(word: promises.Word, at: datetime) -> promises.Word:
    """That somebody looks by `at` whether what will not happen again has held: known to whoever knows of the word."""
    act = _("look whether it holds: %(act)s") % {"act": word.act.strip()}
    return replace(word, act=act, due=at, kind=Promise.Kind.PREVENT)


def keep(promise: Promise, *, by: Member, now: datetime, evidence: str, seconds: int | None = None) -> None:
    """It was done; say what shows it. `seconds`: of a call, how long they were spoken to.

    Raises PromiseError, with what is missing, when that proves nothing (C4.2); for an answer, because it is kept by
    giving it; and where a partner was asked, because their own yes keeps it (C4.3).
    """
    with transaction.atomic():
        case = hold(promise)
        _want_no_answer(promise)
        want_another(promise, by)
        want_proof(promise, evidence, seconds)
        kept = keep_held(case, promise, by=by, now=now, evidence=evidence, seconds=seconds)
        tell_in_public(case, kept, by=by, now=now)
        decide(case, now, by=by)


def keep_held(
    case: Case, promise: Promise, *, by: Member, now: datetime, evidence: str, seconds: int | None = None
) -> list[Promise]:
    """As `keep`, for whoever holds the case, asked for proof, and decides; an answer, too. What was kept with it.

    Raises PromiseError where a partner was asked, and of a rung's clock: what was decided keeps it (C3.1).
    """
    if promise.depends_on_id is not None:
        raise promises.PromiseError(_("This is kept when the partner says yes. Write down what they said."))
    if promise.kind == Promise.Kind.RUNG:
        raise promises.PromiseError(str(RUNGS_CLOCK))
    if promise.kind == Promise.Kind.CALLBACK:
        timeline.record(
            case,
            "contact.call",
            at=now,
            by=by,
            channel="phone",
            words=timeline.Words(new_text=evidence.strip() or str(CALLED), sender={"name": by.name}),
            human=True,
            seconds=seconds,
        )
    promises.keep(promise, at=now, by=by, evidence=evidence.strip() or str(CALLED))
    asking = list(promises.owed(case).filter(depends_on=promise))
    promises.keep_all(asking, at=now, by=by, evidence=evidence.strip())
    return [promise, *asking]


def tell_in_public(case: Case, kept: Iterable[Promise], *, by: Member, now: datetime) -> None:
    """What was promised before others and kept is told before others, by the end of the next working day (C4.1).

    In the caller's transaction, who decides; the case is open.
    """
    for promise in kept:
        if promise.public:
            act = _("say where it was promised that it is done: %(act)s") % {"act": promise.act}
            word = promises.Word(act, calendars.days_on(case, now, TELL_DAYS), visible=False)
            promises.make(case, word, promisor=by, at=now, by=by)


def want_proof(promise: Promise, words: str, seconds: int | None = None) -> None:
    """Raises PromiseError with what is still missing until the promise is proven (C4.2, and what a law wants: ES7)."""
    said = lawful.missing(promise, words) or missing(evidence_for(promise), words, seconds)
    if said:
        raise promises.PromiseError(str(said))


def want_another(promise: Promise, by: Member) -> None:
    """Raises PromiseError where a policy pack wants somebody who had no part before (ES7)."""
    try:
        lawful.want_another(promise, by)
    except lawful.LawError as error:
        raise promises.PromiseError(str(error)) from error


def evidence_for(promise: Promise) -> Promise.Evidence:
    """What will prove this promise."""
    return wanted(promise.kind, asks_partner=promise.depends_on_id is not None)


def let_off(promise: Promise, reason: str, *, by: Member, now: datetime) -> None:
    """The customer lets us off; who need not do it need not be asked either (C4.3).

    Raises PromiseError for an answer: that they want none is written up, too.
    And for what is nobody's to let off (`want_ours`).
    """
    if not reason.strip():
        raise promises.PromiseError(_("Say how the customer let us off."))
    with transaction.atomic():
        case = hold(promise)
        _want_no_answer(promise)
        want_ours(promise)
        promises.release(promise, at=now, by=by, reason=reason)
        for asking in promises.owed(case).filter(depends_on=promise):
            promises.release(asking, at=now, by=by, reason=reason)
        decide(case, now, by=by)


def want_ours(promise: Promise) -> None:
    """Raises PromiseError for what no member gives another time, or lets off: a policy pack's, and a rung's clock."""
    if promise.rule:
        raise promises.PromiseError(str(LAWS_TIME))
    if promise.kind == Promise.Kind.RUNG:
        raise promises.PromiseError(str(RUNGS_CLOCK))


def hold(promise: Promise) -> Case:
    """The promise's case, locked; the promise is read anew, because a colleague may have settled or moved it."""
    case = ownership.hold(promise.case_id)
    promise.refresh_from_db()
    if promise.case_id != case.pk:
        raise promises.PromiseError(str(ownership.TAKEN_AWAY))
    return case


def _want_no_answer(promise: Promise) -> None:
    """What the customer said stays unanswered until a letter, a call or a done step says otherwise."""
    if promise.kind in promises.REPLIES:
        raise promises.PromiseError(_("This is owed until they are answered. Send a letter, or write up the call."))


def want_open(case: Case) -> None:
    """Raises PromiseError on a case that is closed or was taken away."""
    if why := ownership.why_ended(case):
        raise promises.PromiseError(why)
