"""The screen Promises: what is owed by day or by person, a page at a time (SL6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from amends.clock import agenda, promises, promising
from amends.clock.agenda import Asked, By, Key, View
from amends.clock.models import Promise
from amends.desk import heading
from amends.desk.access import DeskRequest, brands_of
from amends.desk.emptiness import Empty, Link
from amends.desk.promises_shown import FACE, name_of, state_of
from amends.desk.whole import whole
from amends.desk.zones import theirs
from amends.people.permissions import can
from amends.ui.moments import by_when, day_name, distance

SIZE = 50
MOST_COUNTED = 300
LATE = "late"


@dataclass(frozen=True)
class Row:
    """One promise, for `desk/promises/rows.html`."""

    id: int
    case_url: str
    what: str
    customer: str
    matter: str
    who_name: str
    who_id: int
    who_is_me: bool
    partner: str
    note: str
    due: datetime
    made: datetime
    state: str
    left: int
    when: str
    theirs: str
    """Its time where the customer is; empty where their clock is the reader's (A067)."""
    counts_to: datetime
    """What `distance` is told to: its time, or the end of the day until which a parcel may still come."""
    distance: str
    kept_url: str
    moved_url: str
    tried_url: str
    asks: bool
    """A partner is to answer before it is kept."""
    decides: bool
    """It is kept by what is decided on its rung, and by whoever stands there only."""


@dataclass(frozen=True)
class Group:
    """Promises of one day, or of one person; `continues` when its heading stands on the page before."""

    key: str
    title: str
    rows: list[Row]
    is_late: bool = False
    continues: bool = False


@dataclass(frozen=True)
class Agenda:
    """One page, and the way to the next."""

    heading: str
    groups: list[Group]
    more_url: str
    segments: list[dict[str, object]]
    ways: list[dict[str, object]]
    empty: Empty | None
    begins_later: bool


def asked_for(request: DeskRequest) -> Asked:
    """What the address asks for; what makes no sense is one's own, by day."""
    offered = _views(request)
    view = request.GET.get("view", "")
    chosen = next((one for one in offered if one == view), offered[0])
    by: By = "person" if request.GET.get("by") == "person" and chosen != "mine" else "day"
    return Asked(chosen, by, request.user.pk, brands_of(request), request.actor.hidden)


def page(request: DeskRequest, now: datetime) -> Agenda:
    """The page of the agenda that begins where the address says."""
    asked, after = asked_for(request), _key(request.GET.dict())
    found = agenda.page(asked, after, SIZE + 1)
    shown = found[:SIZE]
    acting = can(request.actor, "case.promise")
    last_group = request.GET.get("group", "") if after else ""
    groups = [
        Group(key, _title(key, some[0], asked, now), rows, key == LATE, continues=key == last_group)
        for key, some, rows in _grouped(shown, asked, now, request, acting)
    ]
    return Agenda(
        heading="" if after else _heading(asked, now),
        groups=groups,
        more_url=_more_url(asked, shown[-1], groups[-1].key) if len(found) > SIZE else "",
        segments=_segments(request, asked),
        ways=_ways(asked),
        empty=None if shown or after else _empty(asked, _views(request)),
        begins_later=after is not None,
    )


def _views(request: DeskRequest) -> list[View]:
    return ["mine", "all", "partners"] if can(request.actor, "case.promise") else ["all", "partners"]


def _grouped(
    shown: list[Promise], asked: Asked, now: datetime, request: DeskRequest, acting: bool
) -> list[tuple[str, list[Promise], list[Row]]]:
    found = []
    if asked.by == "day":  # a parcel that may still come stands below what is late, though it is due before
        shown = sorted(shown, key=lambda promise: _group(promise, asked, now) != LATE)
    for key, some in groupby(shown, lambda promise: _group(promise, asked, now)):
        group = list(some)
        found.append((key, group, [_row(promise, now, request.user.pk, acting) for promise in group]))
    return found


def _group(promise: Promise, asked: Asked, now: datetime) -> str:
    if asked.by == "person":
        return str(getattr(promise, asked.person))
    return LATE if promises.ends_at(promise) < now else timezone.localtime(promise.due).date().isoformat()


def _title(key: str, first: Promise, asked: Asked, now: datetime) -> str:
    if asked.by == "person":
        return first.partner.name if asked.view == "partners" and first.partner else first.promisor.name
    return _("Late") if key == LATE else day_name(timezone.localtime(first.due).date(), timezone.localtime(now).date())


def _row(promise: Promise, now: datetime, me: int, acting: bool) -> Row:
    state = state_of(promise, now)
    due, here = timezone.localtime(promise.due), timezone.localtime(now)
    counts_to = promises.counts_to(promise, now)
    call = promise.kind == Promise.Kind.CALLBACK
    decides = promise.kind == Promise.Kind.RUNG
    acting = acting and promise.kind not in promises.REPLIES  # an answer is kept by giving it
    acting = acting and (not decides or promise.promisor_id == me)
    ours = not promise.rule and not decides  # no member moves a law's time, or a rung's
    answer = promise.depends_on_id is not None or (promise.partner_id is not None and not promise.acknowledged_at)
    kept = "promise_answered" if answer else "promise_kept"
    return Row(
        id=promise.pk,
        case_url=reverse("case", args=[promise.case_id]),
        what=name_of(promise, promise.case.customer.first_name),
        customer=promise.beneficiary or promise.case.customer.name,
        matter=promise.case.title,
        who_name=promise.promisor.name,
        who_id=promise.promisor_id,
        who_is_me=promise.promisor_id == me,
        partner=promise.partner.name if promise.partner is not None else "",
        note=_note(promise),
        due=promise.due,
        made=promise.made_at,
        state=FACE.get(state, state),
        left=promising.share_left(promise.made_at, promise.due, now),
        when=by_when(due, here, beside_distance=True),
        theirs=theirs(promise.due, promise.case),
        counts_to=counts_to,
        distance=distance(timezone.localtime(counts_to), here),
        kept_url=reverse(kept, args=[promise.depends_on_id or promise.pk]) if acting else "",
        moved_url=reverse("promise_moved", args=[promise.pk]) if acting and ours else "",
        tried_url=reverse("promise_tried", args=[promise.pk]) if acting and call else "",
        asks=answer,
        decides=decides,
    )


def _note(promise: Promise) -> str:
    if promise.partner_id is not None:
        return _("they said yes") if promise.acknowledged_at else _("they have not said yes yet")
    if promise.source == Promise.Source.POLICY:
        return _("house rule")
    if promise.source == Promise.Source.LAW:
        return _("law")
    if promise.grace_until is not None:
        return _("a parcel: on time until the day ends")
    return "" if promise.visible else _("only we see it")


def _heading(asked: Asked, now: datetime) -> str:
    found = agenda.dues(asked, MOST_COUNTED + 1)
    today = timezone.localtime(now).date()
    count: Mapping[str, int] = Counter(
        LATE if ends < now else "today" if timezone.localtime(due).date() == today else "" for due, ends in found
    )
    return heading.owed(count[LATE], count["today"], MOST_COUNTED - 1)


def _segments(request: DeskRequest, asked: Asked) -> list[dict[str, object]]:
    labels: dict[View, str] = {"mine": _("Mine"), "all": _("Everyone"), "partners": _("Partners")}
    return [
        {"url": f"?view={view}", "label": labels[view], "current": view == asked.view, "count": ""}
        for view in _views(request)
    ]


def _ways(asked: Asked) -> list[dict[str, object]]:
    if asked.view == "mine":
        return []
    person = _("By partner") if asked.view == "partners" else _("By person")
    return [
        {"url": f"?view={asked.view}&by={by}", "label": label, "current": by == asked.by, "count": ""}
        for by, label in (("day", _("By day")), ("person", person))
    ]


def _empty(asked: Asked, views: list[View]) -> Empty:
    everyone = Link("?view=all", _("See everyone’s")) if "mine" in views and asked.view == "mine" else None
    if asked.view == "mine":
        return Empty(
            _("You owe nobody anything"), _("Every word you gave is kept. That is worth a cup of tea."), second=everyone
        )
    if asked.view == "partners":
        line = _("When a shop, a courier or a repairer shall do something for a customer, their word stands here.")
        return Empty(_("No partner owes us anything"), line)
    return Empty(_("Every promise is kept"), _("Nobody owes anybody anything. Enjoy it."))


def _key(query: dict[str, str]) -> Key | None:
    """Read `?after=<time>,<promise>,<person>`; what makes no sense is the beginning."""
    time, _comma, rest = query.get("after", "").partition(",")
    ids = [whole(one) for one in rest.split(",")]
    try:
        due = parse_datetime(time)
    except ValueError:
        due = None
    if due is None or timezone.is_naive(due) or len(ids) != len(("promise", "person")) or None in ids:
        return None
    return Key(due, ids[0] or 0, ids[1] or 0)


def _more_url(asked: Asked, last: Promise, group: str) -> str:
    key = agenda.key_of(asked, last)
    after = f"{key.due.isoformat()},{key.id},{key.person}"
    query = {"view": asked.view, "by": asked.by, "after": after, "group": group}
    return f"{reverse('promises')}?{urlencode(query)}"
