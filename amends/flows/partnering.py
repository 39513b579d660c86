"""A partner's word (C4.3): two promises that hang together, ours to ask and theirs to do.

Ours is kept when they say yes, and the customer hears of it within the hour. What they then do not do we do ourselves:
nobody is ever told to sort it out with a partner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import ownership
from amends.cases.models import Case
from amends.clock import calendars, promises
from amends.clock.alarms import raise_alarm
from amends.clock.models import Promise
from amends.clock.promises import PromiseError, Word
from amends.flows import on_duty, promising, retiming
from amends.flows.decide import decide
from amends.flows.looking import Staff
from amends.people import partners
from amends.people.models import Member

TELL_WITHIN = timedelta(hours=1)
"""From a partner's yes to the customer's knowing of it."""
REPAIR_DAYS = 1
"""Working days in which we do ourselves what a partner did not."""


@dataclass(frozen=True)
class Asked:
    """What a partner shall do by when, and by when we have asked them; `beneficiary` when it is for somebody else."""

    partner: str
    act: str
    due: datetime
    ask_by: datetime
    beneficiary: str = ""


def ask(case: Case, asked: Asked, *, by: Member, now: datetime) -> tuple[Promise, Promise]:
    """Promise to ask a partner, and write down what they shall do: our promise, and theirs. Raises PromiseError."""
    if not asked.partner.strip():
        raise PromiseError(_("Say which partner: the shop, the courier, the repairer."))
    if not asked.act.strip():
        raise PromiseError(_("Say what they shall do."))
    if asked.ask_by > asked.due:
        raise PromiseError(_("Ask them before it is due."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        promising.want_open(case)
        partner = partners.named(asked.partner, case.brand.time_zone)
        if partner.retired_at is not None:
            raise PromiseError(
                _("%(partner)s is retired and asked for nothing new. Choose another, or have a lead bring them back.")
                % {"partner": partner}
            )
        word = Word(
            asked.act.strip(),
            asked.due,
            kind=Promise.Kind.PARTNER,
            source=Promise.Source.PARTNER,
            beneficiary=asked.beneficiary.strip(),
            partner=partner,
        )
        theirs = promises.make(case, word, promisor=by, at=now, by=by)
        act = _("ask %(partner)s: %(act)s") % {"partner": partner.name, "act": asked.act.strip()}
        ours = promises.make(case, Word(act, asked.ask_by, depends_on=theirs), promisor=by, at=now, by=by)
        decide(case, now, by=by)
    return ours, theirs


def said_yes(theirs: Promise, words: str, *, by: Member, now: datetime) -> None:
    """The partner acknowledged: ours is kept, and the customer is to be told within the hour. Raises PromiseError."""
    _want_partners(theirs)
    if not words.strip():
        raise PromiseError(_("Write down who said yes, and to what."))
    with transaction.atomic():
        case = promising.hold(theirs)
        promises.acknowledge(theirs, at=now, by=by, words=words.strip())
        asking = list(promises.owed(case).filter(depends_on=theirs))
        promises.keep_all(asking, at=now, by=by, evidence=words.strip())
        told = {"partner": _name(theirs), "act": theirs.act}
        word = Word(
            _("tell you that %(partner)s said yes: %(act)s") % told,
            now + TELL_WITHIN,
            kind=Promise.Kind.TELL,
            source=Promise.Source.POLICY,
            visible=False,
        )
        promises.make(case, word, promisor=case.owner or by, at=now, by=by)
        decide(case, now, by=by)


def said_no(theirs: Promise, why: str, *, by: Member, now: datetime) -> Promise:
    """The partner will not do it: we do, within a working day. Gives our new promise. Raises PromiseError."""
    _want_partners(theirs)
    if not why.strip():
        raise PromiseError(_("Write down what they said."))
    with transaction.atomic():
        case = promising.hold(theirs)
        promises.broke_early(theirs, at=now, by=by, why=why.strip())
        after = repair(case, theirs, now, Staff(now))
        decide(case, now, by=by)
    return after


def repair(case: Case, theirs: Promise, now: datetime, staff: Staff) -> Promise:
    """A partner broke their word: we promise to put it right ourselves, and an apology waits in the composer.

    In the caller's transaction, who holds the case and decides.
    """
    told = {"partner": _name(theirs), "act": theirs.act}
    who = on_duty.sees_to(case.owner or theirs.promisor, case.brand, theirs.due, now, staff) or theirs.promisor
    word = Word(
        _("put it right ourselves: %(act)s") % told,
        calendars.days_on(case, now, REPAIR_DAYS),
        kind=Promise.Kind.FIX,
        beneficiary=theirs.beneficiary,
    )
    after = promises.make(case, word, promisor=case.owner or who, at=now, by=None)
    promises.replace(theirs, after, at=now)
    for asking in promises.owed(case).filter(depends_on=theirs):
        promises.release(asking, at=now, by=None, reason=_("%(partner)s did not do it; we do") % told)
    raise_alarm(who, "promise.partner", now, case, promise=theirs.pk, due=after.due.isoformat(), **told)
    retiming.apologise(case, theirs, by=case.owner or who, now=now, due=after.due)
    return after


def _want_partners(theirs: Promise) -> None:
    if theirs.source != Promise.Source.PARTNER:
        raise PromiseError(_("This is our own promise, not a partner's."))


def _name(theirs: Promise) -> str:
    return theirs.partner.name if theirs.partner is not None else ""
