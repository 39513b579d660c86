"""Next steps as rows of the queue: who, what, by when, and the customer's own words (UX principle 4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amends.cases.models import Case, Draft, Entry, NextStep, Presence
from amends.cases.next_step import Shown
from amends.cases.presence import GONE_AFTER
from amends.clock import promising
from amends.coach import thing
from amends.desk import saying
from amends.kit.prepared import prepared
from amends.people.models import Member
from amends.people.models.customers import called
from amends.ui.moments import by_when, clock_time, distance


@dataclass(frozen=True)
class Tag:
    """A fact that changes what to do."""

    word: str
    icon: str = ""
    state: str = ""


@dataclass(frozen=True)
class Key:
    """One letter that acts on the row."""

    key: str
    url: str
    label: str


@dataclass(frozen=True)
class Face:
    """A colleague."""

    name: str
    id: int


@dataclass(frozen=True)
class Row:
    """One row, as `ui/components/step_row.html` wants it."""

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
    said_icon: str
    said_label: str
    due: datetime = field(compare=False)
    """Its time and what follows from it go on while the row stays the same: the tag `step_rows` says them anew."""
    made: datetime = field(compare=False)
    state: str = field(compare=False)
    left: int = field(compare=False)
    when: str = field(compare=False)
    distance: str = field(compare=False)
    clock: str = field(compare=False)
    leaving: bool
    taken_by: Face | None
    keys: tuple[Key, ...]
    sheets: str = ""
    """Keys whose address opens over the list."""
    said_is_quote: bool = True

    @property
    def sentence(self) -> str:
        return f"{self.before}{self.name}{self.after}"


@dataclass(frozen=True)
class Around:
    """What else is known of the cases on the page, by case id."""

    reopened: frozenset[int]
    leaving: frozenset[int]
    writing: dict[int, Face]
    now: datetime
    """In the reader's own time zone."""
    language: str | None


def rows_of(steps: Sequence[Shown], me: Member, now: datetime, *, acting: bool) -> list[Row]:
    """The rows of `steps`, in three queries whatever their number. `acting` gives them keys."""
    around = _around([step.case_id for step in steps], me, now)
    return [_row(step, me, now, around, acting) for step in steps]


def sentence(step: Shown) -> thing.Parts:
    """The step in words, around the customer's name. A step of another kind is told as an act."""
    kind: thing.Kind = "promise"
    if step.kind in thing.SENTENCES:
        kind = step.kind
    return thing.parts(kind, called(step.customer_name), step.what)


def state(made: datetime, due: datetime, now: datetime) -> str:
    """open, soon or late: the clock's three faces."""
    return promising.state(made_at=made, due=due, now=now)


def _around(case_ids: list[int], me: Member, now: datetime) -> Around:
    return Around(
        reopened=frozenset(_reopened(case_ids)),
        leaving=frozenset(_leaving(case_ids, me.pk)),
        writing={case_id: Face(name, id) for case_id, name, id in _writing(case_ids, me.pk, now - GONE_AFTER)},
        now=timezone.localtime(now),
        language=get_language(),
    )


@prepared
def _reopened(case_ids: Collection[int]) -> QuerySet[Entry, int]:
    return Entry.objects.filter(case__in=case_ids, kind="case.reopened").order_by().values_list("case_id", flat=True)


@prepared
def _leaving(case_ids: Collection[int], author: int) -> QuerySet[Draft, int]:
    held = Draft.objects.filter(case__in=case_ids, author=author, hold_until__isnull=False)
    return held.order_by().values_list("case_id", flat=True)


@prepared
def _writing(case_ids: Collection[int], member: int, since: datetime) -> QuerySet[Presence, tuple[int, str, int]]:
    writing = Presence.objects.filter(case__in=case_ids, writing=True, seen_at__gte=since)
    return writing.exclude(member=member).order_by().values_list("case_id", "member__name", "member_id")


def _row(step: Shown, me: Member, now: datetime, around: Around, acting: bool) -> Row:
    words = sentence(step)
    due = step.by.astimezone(around.now.tzinfo)
    icon, label = saying.channel_in(step.said_channel, around.language)
    return Row(
        id=step.case_id,
        url=case_address(step.case_id),
        who_name=step.who_name,
        who_id=step.who_id,
        who_is_me=step.who_id == me.pk,
        for_you=step.who_id != me.pk and step.owner_id == me.pk,
        before=words.before,
        name=words.name,
        after=words.after,
        tags=tuple(_tags(step, around)),
        said=step.said,
        said_is_quote=step.kind != NextStep.Kind.READ,
        said_icon=icon,
        said_label=label,
        due=step.by,
        made=step.made_at,
        state=state(step.made_at, step.by, now),
        left=promising.share_left(step.made_at, step.by, now),
        when=by_when(due, around.now, beside_distance=True, language=around.language),
        distance=distance(due, around.now, language=around.language),
        clock=clock_time(due, language=around.language),
        leaving=step.case_id in around.leaving,
        taken_by=around.writing.get(step.case_id),
        keys=_keys(step.case_id, around.language) if acting else (),
        sheets="p h e s" if acting else "",
    )


def _tags(step: Shown, around: Around) -> list[Tag]:
    """At most two, what changes most first."""
    tags = []
    if step.kind == NextStep.Kind.REACH:
        tags.append(Tag(_("Did not arrive"), "circle-alert", "late"))
    if step.closure is not None:
        tags.append(Tag(_("Closed case"), "lock"))
    if step.case_id in around.reopened:
        tags.append(Tag(_("Open again"), "repeat", "late"))
    if step.case_kind == Case.Kind.COMPLAINT:
        tags.append(Tag(_("Complaint")))
    if step.case_kind == Case.Kind.PRAISE:
        tags.append(Tag(_("Praise"), "heart", "kept"))
    return tags[:2]


@lru_cache(2_000)
def case_address(case_id: int) -> str:
    """Kept, because a list asks for the same again and again, and an address is put together slowly."""
    return reverse("case", args=[case_id])


@lru_cache(2_000)
def _keys(case_id: int, language: str | None) -> tuple[Key, ...]:
    return (
        Key("r", reverse("case", args=[case_id]) + "#composer", _("Reply")),
        Key("p", reverse("case_promise_new", args=[case_id]), _("Promise")),
        Key("h", reverse("case_handover", args=[case_id]), _("Hand over")),
        Key("e", reverse("case_done", args=[case_id]), _("Done")),
        Key("s", reverse("case_later", args=[case_id]), _("Not now")),
    )
