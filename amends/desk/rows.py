"""Next steps as rows of the queue: who, what, by when, and the customer's own words (UX principle 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amends.cases.models import Case, Draft, NextStep, Presence
from amends.cases.next_step import Matter, Shown
from amends.cases.presence import GONE_AFTER
from amends.clock import promising
from amends.coach import thing
from amends.desk import saying, zones
from amends.kit.prepared import prepared
from amends.people.models import Member
from amends.people.models.customers import called
from amends.ui.addresses import address
from amends.ui.moments import by_when, clock_time, distance


class Tag(NamedTuple):
    """A fact that changes what to do."""

    word: str
    icon: str = ""
    state: str = ""


class Key(NamedTuple):
    """One letter that acts on the row."""

    key: str
    url: str
    label: str


class Face(NamedTuple):
    """A colleague."""

    name: str
    id: int


class Still(NamedTuple):
    """What of a row stays the same while its time goes on, as `ui/components/step_row.html` wants it."""

    id: int
    url: str
    who_name: str
    who_id: int
    who_is_me: bool
    for_you: bool
    before: str
    name: str
    after: str
    tags: tuple[Tag, ...]
    said: str
    said_is_quote: bool
    said_icon: str
    said_label: str
    leaving: bool
    taken_by: Face | None
    keys: tuple[Key, ...]
    sheets: str
    """Keys whose address opens over the list."""


class Row(NamedTuple):
    """One row of the list, for the tag `step_rows`: its time and what follows from it are said anew each time."""

    still: Still
    due: datetime
    made: datetime
    state: str
    left: int
    when: str
    distance: str
    clock: str
    theirs: str
    """Its time where the customer is; empty where their clock is the reader's (A067)."""
    score: int

    @property
    def id(self) -> int:
        return self.still.id

    @property
    def sentence(self) -> str:
        return f"{self.still.before}{self.still.name}{self.still.after}"


@dataclass(frozen=True)
class Around:
    """What else is known of the cases on the page, by case id, and of whoever reads it."""

    me: int
    acting: bool
    leaving: frozenset[int]
    writing: dict[int, Face]
    now: datetime
    """In the reader's own time zone."""
    language: str | None


def rows_of(steps: Sequence[Shown], me: Member, now: datetime, *, acting: bool) -> list[Row]:
    """The rows of `steps`, in two queries whatever their number. `acting` gives them keys."""
    around = Around(
        me=me.pk,
        acting=acting,
        leaving=frozenset(_leaving(me.pk)),
        writing={case_id: Face(name, id) for case_id, name, id in _writing(me.pk, now - GONE_AFTER)},
        now=timezone.localtime(now),
        language=get_language(),
    )
    return [_row(step, now, around) for step in steps]


def sentence(kind: str, customer_name: str, what: str) -> thing.Parts:
    """The step in words, around the customer's name. A step of another kind is told as an act."""
    known: thing.Kind = "promise"
    if kind in thing.SENTENCES:
        known = kind
    return thing.parts(known, called(customer_name), what)


def state(made: datetime, due: datetime, now: datetime) -> str:
    """open, soon or late: the clock's three faces."""
    return promising.state(made_at=made, due=due, now=now)


@prepared
def _leaving(author: int) -> QuerySet[Draft, int]:
    return Draft.objects.filter(author=author, hold_until__isnull=False).values_list("case_id", flat=True)


@prepared
def _writing(member: int, since: datetime) -> QuerySet[Presence, tuple[int, str, int]]:
    writing = Presence.objects.filter(seen_at__gte=since, writing=True).exclude(member=member)
    return writing.values_list("case_id", "member__name", "member_id")


def _row(step: Shown, now: datetime, around: Around) -> Row:
    case_id, language = step.matter.case_id, around.language
    due = step.by.astimezone(around.now.tzinfo)
    leaving, writing = case_id in around.leaving, around.writing.get(case_id)
    return Row(
        still=_still(step.matter, leaving, writing, around.me, around.acting, language),
        due=step.by,
        made=step.made_at,
        state=state(step.made_at, step.by, now),
        left=promising.share_left(step.made_at, step.by, now),
        when=by_when(due, around.now, beside_distance=True, language=language),
        distance=distance(due, around.now, language=language),
        clock=clock_time(due, language=language),
        theirs=zones.clock_there(step.matter.customer_zone, step.by) if step.matter.customer_zone else "",
        score=step.score,
    )


@lru_cache(500)
def _still(matter: Matter, leaving: bool, taken_by: Face | None, me: int, acting: bool, language: str | None) -> Still:
    """Kept, because nearly every row of a list stood on it a minute ago."""
    words = sentence(matter.kind, matter.customer_name, matter.what)
    icon, label = saying.channel_in(matter.said_channel, language)
    return Still(
        id=matter.case_id,
        url=case_address(matter.case_id),
        who_name=matter.who_name,
        who_id=matter.who_id,
        who_is_me=matter.who_id == me,
        for_you=matter.who_id != me and matter.owner_id == me,
        before=words.before,
        name=words.name,
        after=words.after,
        tags=tuple(_tags(matter)),
        said=matter.said,
        said_is_quote=matter.kind != NextStep.Kind.READ,
        said_icon=icon,
        said_label=label,
        leaving=leaving,
        taken_by=taken_by,
        keys=_keys(matter.case_id, language) if acting else (),
        sheets="p h e s w" if acting else "",
    )


def _tags(matter: Matter) -> list[Tag]:
    """At most two, what changes most first."""
    tags = []
    if matter.kind == NextStep.Kind.REACH:
        tags.append(Tag(_("Did not arrive"), "circle-alert", "late"))
    if matter.closure is not None:
        tags.append(Tag(_("Closed case"), "lock"))
    if matter.reopened_at is not None:
        tags.append(Tag(_("Open again"), "repeat", "late"))
    if matter.case_kind == Case.Kind.COMPLAINT:
        tags.append(Tag(_("Complaint")))
    if matter.case_kind == Case.Kind.PRAISE:
        tags.append(Tag(_("Praise"), "heart", "kept"))
    return tags[:2]


@lru_cache(2_000)
def case_address(case_id: int) -> str:
    """Kept, because a list asks for the same again and again, and an address is put together slowly."""
    return address("case", case_id)


@lru_cache(2_000)
def _keys(case_id: int, language: str | None) -> tuple[Key, ...]:
    return (
        Key("r", address("case", case_id) + "#composer", _("Reply")),
        Key("p", address("case_promise_new", case_id), _("Promise")),
        Key("h", address("case_handover", case_id), _("Hand over")),
        Key("e", address("case_done", case_id), _("Done")),
        Key("s", address("case_later", case_id), _("Not now")),
        Key("w", address("case_standing", case_id), _("Why here")),
    )
