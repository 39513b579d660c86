"""What happens next, in the customer's words. What only we see is never told, nor its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.models import Case, NextStep
from amends.clock import promising
from amends.clock.models import Promise
from amends.portal import promises_shown, times

INNER = {
    NextStep.Kind.HEAR: gettext_lazy("%(name)s asks you whether it is right now"),
    NextStep.Kind.REACH: gettext_lazy("%(name)s finds another way to reach you"),
    NextStep.Kind.READ: gettext_lazy("%(name)s reads your message"),
}
"""Steps without a promise that the customer was given."""


@dataclass(frozen=True)
class Next:
    """The darkest thing on the page: what, by when, and the clock."""

    words: str
    when: str = ""
    line: str = ""
    state: str = "open"
    left: int = 100
    due: datetime | None = None
    made: datetime | None = None
    promise_id: int | None = None


def closed() -> Next:
    """Nothing is to come."""
    return Next(_("This is settled"), line=_("If it is not, write to us here and it begins again."), state="kept")


def of(case: Case, step: NextStep | None, given: Sequence[Promise], now: datetime) -> Next:
    """The earliest promise that the customer was given; without one, who does something."""
    promise = next((promise for promise in given if promises_shown.owed(promise)), None)
    if promise is not None:
        return _promised(promise, now)
    if step is None:
        return Next(_("Somebody here reads it and answers you"))
    words = INNER.get(NextStep.Kind(step.kind), gettext_lazy("%(name)s is working on this for you"))
    line = _("You need do nothing. Write at any time.")
    return Next(str(words) % {"name": step.who.first_name}, line=line)


def _promised(promise: Promise, now: datetime) -> Next:
    state = promises_shown.state_of(promise, now)
    due = promise.due.astimezone(now.tzinfo)
    late = state == "late"
    return Next(
        words=promises_shown.words(promise),
        when=_("It was due %(time)s") % {"time": times.at(due, now, within=True)} if late else times.by_when(due, now),
        line=_("We are late, and we are sorry. It is still owed to you.") if late else "",
        state=state,
        left=promising.share_left(promise.made_at, promise.due, now),
        due=promise.due,
        made=promise.made_at,
        promise_id=promise.pk,
    )
