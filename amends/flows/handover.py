"""Hand a case over, warm: with a summary, to somebody who is there (CV8, C3.1)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import ownership, timeline
from amends.cases.models import Case, Naming
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.flows import looking, new_name
from amends.flows.decide import decide
from amends.people.models import Member


class HandoverError(Exception):
    """The case cannot go there; the message says why."""


def hand_over(case: Case, to: Member, summary: str, *, by: Member, now: datetime, tell: str = "") -> None:
    """Give the case, and what the house owes on it, to `to`. `tell` is what the customer reads; empty: nothing.

    Words that a colleague gave in person stay theirs. Raises HandoverError.
    """
    if not summary.strip():
        raise HandoverError(_("Write two lines for them: what happened, what comes next."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        _want_possible(case, to, now)
        before = case.owner
        hand_over_promises(case, before, to)
        entry = timeline.record(
            case,
            "contact.transferred",
            at=now,
            by=by,
            words=timeline.Words(new_text=summary.strip(), sender={"name": by.name}),
            warm=True,
            to=to.pk,
            to_name=to.name,
            before=before.pk if before else None,
            before_name=before.name if before else "",
        )
        ownership.give_to(case, to, at=now, by=by, why=[])
        if to != by:
            Naming.objects.create(entry=entry, member=to)
        decide(case, now, by=by)
        if tell.strip():
            new_name.tell(case, entry, tell, now)


def _want_possible(case: Case, to: Member, now: datetime) -> None:
    if why := ownership.why_ended(case):
        raise HandoverError(why)
    if case.owner_id == to.pk:
        raise HandoverError(_("%(name)s has this case already.") % {"name": to.name})
    if to not in looking.brand_members(case.brand):
        raise HandoverError(_("%(name)s does not serve %(brand)s.") % {"name": to.name, "brand": case.brand.name})
    if calendars.duties([to], now)[to.pk].absent:
        raise HandoverError(_("%(name)s is away. Choose somebody who is here.") % {"name": to.name})


def hand_over_promises(case: Case, before: Member | None, to: Member) -> None:
    """House rules and laws bind the owner; so does an inner step of the one who had the case.

    A rung's clock stays with whoever joined (C3.1). The caller holds the case, and gives it.
    """
    owed = promises.owed(case)
    bound = owed.filter(source__in=(Promise.Source.POLICY, Promise.Source.LAW))
    bound.exclude(kind=Promise.Kind.RUNG).update(promisor=to)
    if before is not None:
        owed.filter(source=Promise.Source.PERSON, visible=False, promisor=before).update(promisor=to)
