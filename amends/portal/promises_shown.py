"""What we promised, as the customer reads it: kept, late and broken too, with our own confession."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from amends.cases.models import Case
from amends.clock import promises, promising
from amends.clock.models import Promise
from amends.portal import times

FACE = {"kept_late": "kept", "acknowledged": "open", "repaired": "broken", "attempted": "moved"}
"""The clock's face where a state has none of its own."""


@dataclass(frozen=True)
class Line:
    """One promise for `ui/components/promise.html`."""

    id: int
    what: str
    note: str
    due: datetime
    made: datetime
    state: str
    left: int
    when: str
    url: str = ""


def given_to_customer(case: Case, family: Sequence[int], *, whole: bool) -> list[Promise]:
    """The visible promises to the customer: what is owed by its time, then what was, the newest first.

    House rules that were kept go without saying.

    Without a whole link only house rules: given words may say what stands in letters.
    """
    found = Promise.objects.filter(case__in=family, promisee=case.customer_id, visible=True)
    kept_rule = Q(source=Promise.Source.POLICY, kept_at__isnull=False, broken_at=None)
    if not whole:
        found = found.filter(source=Promise.Source.POLICY)
    by_time = (
        found.exclude(kept_rule).select_related("promisor", "moved_to", "depends_on__partner").order_by("due", "pk")
    )
    to_do = [promise for promise in by_time if owed(promise)]
    return to_do + [promise for promise in reversed(by_time) if not owed(promise)]


def owed(promise: Promise) -> bool:
    """Does it still want doing?"""
    return not (promise.kept_at or promise.released_at or promise.moved_at)


def line(promise: Promise, now: datetime) -> Line | None:
    """How it stands at `now`; None for one that the customer let us off."""
    state = state_of(promise, now)
    if state == "released":
        return None
    return Line(
        id=promise.pk,
        what=words(promise),
        note=_note(promise, state, now),
        due=promise.due,
        made=promise.made_at,
        state=FACE.get(state, state),
        left=promising.share_left(promise.made_at, promise.due, now),
        when=_when(promise, state, now),
    )


def state_of(promise: Promise, now: datetime) -> str:
    """As `clock.promising.state`; what is broken and still owed is late."""
    state: str = promises.state_of(promise, now)
    return "late" if state == "broken" and owed(promise) else state


def words(promise: Promise) -> str:
    """The act as a sentence; an answer, and what a partner is asked, have the name of who does it."""
    if promise.kind in promises.REPLIES:
        return _("%(name)s answers you") % {"name": promise.promisor.first_name}
    theirs = promise.depends_on
    if theirs is not None:
        told = {"name": promise.promisor.first_name, "partner": theirs.partner or "", "act": theirs.act}
        return _("%(name)s asks %(partner)s: %(act)s") % told
    return promise.act[:1].upper() + promise.act[1:]


def _note(promise: Promise, state: str, now: datetime) -> str:
    if state == "late":
        return _("We did not keep this in time, and we are sorry. It is still owed to you.")
    if state == "kept_late":
        return _("Done, but later than we said. We are sorry.")
    after = promise.moved_to
    if after is not None:
        until = {"time": times.by_when(_in_zone(after.due, now), now, within=True)}
        if state in ("broken", "repaired"):
            return _("We did not keep this, and we are sorry. Now: %(time)s.") % until
        if state == "attempted":
            return _("We called you twice and left a message. We try again: %(time)s.") % until
        return _("We told you that it takes longer. Now: %(time)s.") % until
    return _("We did not keep this, and we are sorry.") if state == "broken" else ""


def _when(promise: Promise, state: str, now: datetime) -> str:
    due = _in_zone(promise.due, now)
    if promise.kept_at:
        return _("%(day)s, done") % {"day": times.day(_in_zone(promise.kept_at, now), now)}
    if state == "late":
        return _("%(time)s, late") % {"time": times.at(due, now)}
    if state in ("broken", "repaired"):
        return _("%(day)s, missed") % {"day": times.day(due, now)}
    if state in ("moved", "attempted"):
        return _("%(day)s, moved") % {"day": times.day(due, now)}
    return times.by_when(due, now)


def _in_zone(moment: datetime, now: datetime) -> datetime:
    zone = now.tzinfo
    return moment.astimezone(zone if isinstance(zone, ZoneInfo) else None)
