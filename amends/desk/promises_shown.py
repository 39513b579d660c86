"""Promises as `ui/components/promise.html` shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.clock import promises, promising
from amends.clock.models import Promise
from amends.clock.packs import shelf
from amends.coach import thing
from amends.desk.letters_shown import Look
from amends.desk.zones import in_both
from amends.ui.addresses import address
from amends.ui.moments import by_when

_YOU = re.compile(r"\byour?\b", re.IGNORECASE)
HOUSE = {
    Promise.Kind.FIRST_REPLY: gettext_lazy("A first answer"),
    Promise.Kind.NEXT_REPLY: gettext_lazy("An answer"),
    Promise.Kind.HEAR: gettext_lazy("Hear whether it is right now"),
    Promise.Kind.REACH: gettext_lazy("Find another way to reach them"),
    Promise.Kind.READ: gettext_lazy("Read what could not be read"),
    Promise.Kind.RUNG: gettext_lazy("A decision, from higher up"),
}


FACE: dict[str, str] = {
    "acknowledged": "open",
    "kept_late": "broken",
    "repaired": "broken",
    "released": "moved",
    "attempted": "moved",
}
"""The clock's face where a state has none of its own."""


@dataclass(frozen=True)
class PromiseShown:
    """The inputs of the component; see there."""

    id: int
    what: str
    note: str
    due: datetime
    made: datetime
    state: str
    left: int
    when: str
    url: str
    why_url: str = ""
    given: bool = False
    """A person told the customer so: the case does not close before it is kept."""


def promises_of(look: Look) -> tuple[list[PromiseShown], list[PromiseShown]]:
    """What is owed, earliest first; and what was settled, newest first. A broken house rule stays visible."""
    owed = [row for row in look.promises if is_owed(row)]
    settled = [row for row in look.promises if not is_owed(row) and _tells(row)]
    settled.sort(key=lambda row: row.due, reverse=True)
    return _shown(owed, look), _shown(settled, look)


def is_owed(promise: Promise) -> bool:
    return not (promise.kept_at or promise.released_at or promise.moved_at)


def name_of(promise: Promise, first_name: str) -> str:
    """What is owed, in words; a house rule is named by what it asks for."""
    if promise.source == Promise.Source.POLICY and promise.kind in HOUSE:
        return str(HOUSE[Promise.Kind(promise.kind)])
    words = act_words(promise.act, first_name)
    return words[:1].upper() + words[1:]


def act_words(act: str, first_name: str) -> str:
    """An act in the words of a letter, told to a colleague: "ring you" is to ring Marta."""
    return thing.sentence("promise", first_name, act) if _YOU.search(act) else act


def _tells(promise: Promise) -> bool:
    return promise.source != Promise.Source.POLICY or promise.broken_at is not None


def _shown(found: Iterable[Promise], look: Look) -> list[PromiseShown]:
    return [_one(promise, look) for promise in found]


def _one(promise: Promise, look: Look) -> PromiseShown:
    state = state_of(promise, look.now)
    link = is_owed(promise) and look.may_write
    return PromiseShown(
        id=promise.pk,
        what=name_of(promise, look.case.customer.first_name),
        note=_note(promise, look, state),
        due=promise.due,
        made=promise.made_at,
        state=FACE.get(state, state),
        left=promising.share_left(promise.made_at, promise.due, look.now),
        when=_when(promise, state, look),
        url=address("promise_kept", promise.pk) if link and _leads_somewhere(promise, look) else "",
        why_url=address("promise_why", promise.pk),
        given=promise.source == Promise.Source.PERSON and promise.visible,
    )


def _leads_somewhere(promise: Promise, look: Look) -> bool:
    """An answer is kept by giving it alone, a rung's clock by what is decided by whoever stands there."""
    return promise.kind not in promises.REPLIES and (
        promise.kind != Promise.Kind.RUNG or promise.promisor_id == look.me.pk
    )


def state_of(promise: Promise, now: datetime) -> promising.State:
    """As `clock.promises.state_of`; what is broken and still owed is late."""
    state = promises.state_of(promise, now)
    return "late" if state == "broken" and is_owed(promise) else state


def _note(promise: Promise, look: Look, state: str) -> str:
    if state == "kept_late":
        return _("kept late, %(time)s") % {"time": _moment(promise.kept_at, look.now, within=True)}
    who = _("you") if promise.promisor_id == look.me.pk else promise.promisor.name
    if promise.kind == Promise.Kind.RUNG:
        return who
    if promise.rule:
        found = shelf.shelf().stage(promise.rule)
        return found[0].title if found else promise.rule
    if promise.source == Promise.Source.POLICY:
        return _("house rule")
    if promise.partner_id and promise.partner is not None:
        return _partners_note(promise)
    note = who if promise.visible else _("%(who)s, only we see it") % {"who": who}
    if promise.beneficiary:
        note = _("%(note)s, for %(name)s") % {"note": note, "name": promise.beneficiary}
    if promise.grace_until is not None and state in ("open", "soon"):
        note = _("%(note)s; on time until its day ends") % {"note": note}
    return _("%(note)s, said in public") % {"note": note} if promise.public else note


def _partners_note(promise: Promise) -> str:
    names = {"partner": promise.partner, "who": promise.promisor.name}
    if promise.acknowledged_at:
        return _("%(partner)s said yes; %(who)s sees to it") % names
    return _("%(partner)s has not said yes yet; %(who)s sees to it") % names


def _when(promise: Promise, state: str, look: Look) -> str:
    """The words beside a promise: by when, and how it was settled."""
    words = {
        "kept": _("%(time)s, kept"),
        "kept_late": _("%(time)s, broken"),
        "broken": _("%(time)s, broken"),
        "repaired": _("%(time)s, broken; they know"),
        "attempted": _("%(time)s, called twice"),
        "released": _("%(time)s, let off"),
        "moved": _("%(time)s, moved"),
    }.get(state)
    settled = promise.kept_at if state == "kept" else promise.due
    time = _moment(settled, look.now)
    return words % {"time": time} if words else in_both(time, promise.due, look.case)


def _moment(at: datetime | None, now: datetime, *, within: bool = False) -> str:
    return by_when(timezone.localtime(at), timezone.localtime(now), within=within) if at else ""
