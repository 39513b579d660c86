"""A case ends with a reason, and begins again when the customer says so (ES4-ES6, C3.3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import next_step, ownership, timeline
from amends.cases.models import Case, Closure, Draft, Entry, Naming
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import escalating, lawful, offering
from amends.flows.decide import decide
from amends.people.models import Member

AS_IF_CONTENT = (Closure.Reason.HAPPY, Closure.Reason.ANSWERED, Closure.Reason.THANKED)
"""Reasons that only the customer's own yes to an offer allows (C3.4)."""
NO_COMPLAINT = (Closure.Reason.NOT_OURS, Closure.Reason.SPAM, Closure.Reason.ERASED)
"""Reasons after which no law asks for a letter: there is nobody to write to, or nothing of ours to write about."""


class ClosingError(Exception):
    """The case cannot be closed so; the message says what is missing."""


def newest_heard(case: Case) -> int:
    """The id of the newest entry in which the customer spoke; 0 when they did not."""
    heard = Entry.objects.filter(case=case, kind="contact.in").order_by("-pk")
    return heard.values_list("pk", flat=True).first() or 0


def close(case: Case, reason: str, *, by: Member, now: datetime, words: str = "", seen: int | None = None) -> Closure:
    """End the case. `seen` is what `newest_heard` said when its closer looked; None closes anyway.

    Raises ClosingError while a word given to the customer is still owed, or when they wrote meanwhile.
    """
    with transaction.atomic():
        case = ownership.hold(case.pk)
        if case.merged_into_id is not None:
            raise ClosingError(str(ownership.TAKEN_AWAY))
        if Closure.objects.filter(case=case).exists():
            raise ClosingError(_("This case is closed already."))
        if reason not in Closure.Reason.values:
            raise ClosingError(_("Choose why the case ends."))
        if seen is not None and newest_heard(case) > seen:
            raise ClosingError(_("The customer wrote a moment ago. Read it first."))
        owed = list(promises.owed(case))
        given = [promise for promise in owed if promises.is_given(promise)]
        if given:
            raise ClosingError(
                _("“%(what)s” is still promised. Keep it, or agree another time first.") % {"what": given[0].act}
            )
        _want_confirmed(case, reason)
        if reason in AS_IF_CONTENT and offering.waits_for_a_yes(case, now):
            raise ClosingError(offering.SILENCE_IS_NO_YES)
        letter = lawful.letter_owed(owed) if reason not in NO_COMPLAINT else None
        if letter is not None:
            raise ClosingError(
                _(
                    "The policy pack %(pack)s wants you to: %(what)s. Send that letter. If it went by post, or none is due, "
                    "give under Kept the number of what shows it."
                )
                % {"pack": letter.rule.partition("/")[0], "what": letter.act}
            )
        if Draft.objects.filter(case=case, hold_until__isnull=False).exists():
            raise ClosingError(_("A letter is about to leave. Wait until it has gone, or undo it."))
        closure = _end(case, reason, words, by=by, now=now)
        next_step.clear_step(case)
        timeline.record(case, "case.closed", at=now, by=by, reason=reason, said=words[:500])
    return closure


def _end(case: Case, reason: str, words: str, *, by: Member, now: datetime) -> Closure:
    label = str(Closure.Reason(reason).label)
    escalating.end_all(case, label, by=by, now=now)
    owed = list(promises.owed(case))
    if reason == Closure.Reason.HAPPY:
        right = [promise for promise in owed if promise.kind == Promise.Kind.MADE_RIGHT]
        promises.keep_all(right, at=now, by=by, evidence=label)
        owed = [promise for promise in owed if promise not in right]
    for promise in owed:
        promises.release(promise, at=now, by=by, reason=label)
    channel = timeline.began_by(case)
    return Closure.objects.create(case=case, reason=reason, words=words[:500], by=by, at=now, channel=channel)


def _want_confirmed(case: Case, reason: str) -> None:
    """What a partner did for us is not the end: the customer says whether it is right (C4.3)."""
    if reason in (Closure.Reason.HAPPY, Closure.Reason.SILENT):
        return
    done = Promise.objects.filter(case=case, source=Promise.Source.PARTNER, kept_at__isnull=False)
    last = done.select_related("partner").order_by("-kept_at").first()
    if last is not None and not Entry.objects.filter(case=case, kind="contact.in", at__gt=last.kept_at).exists():
        raise ClosingError(
            _("%(partner)s did their part. Hear from the customer first whether it is right now.")
            % {"partner": last.partner}
        )


def reopen(case: Case, *, by: Member, now: datetime, why: str) -> None:
    """Begin again by hand."""
    with transaction.atomic():
        case = ownership.hold(case.pk)
        _reopen(case, by, now, why)
        decide(case, now, by=by)


def reopen_if_closed(case: Case, entry: Entry, now: datetime) -> None:
    """The customer wrote on a closed case: it begins again. The caller holds the case, and decides."""
    if Closure.objects.filter(case=case).exists():
        _reopen(case, entry.customer, now, _("the customer wrote"))


def thanked(case: Case, entry: Entry) -> None:
    """A closed case gets a thank-you: it stays closed, and whoever had it reads the thanks (SL3)."""
    closure = Closure.objects.select_related("by").get(case=case)
    Naming.objects.create(entry=entry, member=case.owner or closure.by)


def _reopen(case: Case, by: object, now: datetime, why: str) -> None:
    if case.erased_at is not None:
        raise ClosingError(_("What was said here was erased, and nobody is left to answer. Begin a new case."))
    deleted = Closure.objects.filter(case=case).delete()[0]
    if not deleted:
        raise ClosingError(_("This case is open."))
    Case.objects.filter(pk=case.pk).update(reopened_at=now)
    case.reopened_at = now
    actor = by if isinstance(by, Member) else None
    timeline.record(case, "case.reopened", at=now, by=actor, why=why[:300])
