"""Save the one next step, and read the list of them by key (never by offset)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case as Choice
from django.db.models import Count, F, QuerySet, Value, When

from amends.cases import timeline
from amends.cases.models import Case, NextStep
from amends.kit.prepared import prepared
from amends.kit.rows import upsert
from amends.people.models import Member

Key = tuple[datetime, int]
"""By when, and the case: no two steps have the same."""

MOST_COUNTED = 300
"""Steps that are counted one by one; of more it says "300+", so that a count costs the same on any desk."""


@dataclass(frozen=True)
class Whose:
    """Which steps: of one member, of some brands; None is all of them."""

    member: int | None = None
    brands: frozenset[int] | None = None
    hidden: frozenset[int] = frozenset()
    """Cases that the reader may not see."""


class Matter(NamedTuple):
    """What a row of a list shows, but for its time."""

    case_id: int
    kind: str
    what: str
    said: str
    said_channel: str
    who_id: int
    who_name: str
    case_kind: str
    reopened_at: datetime | None
    owner_id: int | None
    customer_name: str
    closure: int | None


class Shown(NamedTuple):
    """A step as a list shows it; the rest of it, of its case, its person stays where it is."""

    made_at: datetime
    by: datetime
    matter: Matter


SHOWN = (
    *("made_at", "by", "case_id", "kind", "what", "said", "said_channel", "who_id", "who__name"),
    *("case__kind", "case__reopened_at", "case__owner_id", "case__customer__name", "case__closure__pk"),
)

STANDING = {"score", "risk", "rung", "last_chance"}
"""What a list is ordered by besides the clock: written by whoever weighs the case, not with each step."""
CHANGING = [
    field.name for field in NextStep._meta.concrete_fields if not field.primary_key and field.name not in STANDING
]


@dataclass(frozen=True)
class Step:
    """Who, what, by when; and why this person. `ours`: the customer waits for something that we do."""

    who: Member
    kind: str
    what: str
    by: datetime
    promise_id: int | None = None
    why: tuple[Any, ...] = ()
    ours: bool = False


@dataclass(frozen=True)
class Said:
    """The customer's last words, as a row shows them."""

    words: str = ""
    channel: str = ""


def set_step(case: Case, step: Step, said: Said, *, at: datetime, by: Member | None = None) -> NextStep:
    """Make `step` the case's one next step; recorded when it differs from the one before."""
    (after,) = set_steps([(case, step, said)], at=at, by=by)
    return after


def set_steps(wanted: Sequence[tuple[Case, Step, Said]], *, at: datetime, by: Member | None = None) -> list[NextStep]:
    """Make each step the one of its case, in as many statements as for one."""
    before = NextStep.objects.in_bulk([case.pk for case, _, _ in wanted])
    changed = [(case, step) for case, step, _ in wanted if not _same(before.get(case.pk), step)]
    new = {case.pk for case, _ in changed}
    after = [
        _row(
            case,
            step,
            said,
            made_at=at if case.pk in new else before[case.pk].made_at,
            tell_by=_tell_by(before.get(case.pk), at) if step.ours else None,
        )
        for case, step, said in wanted
    ]
    upsert(after, ["case"], CHANGING)
    timeline.record_all([timeline.Event(case, "step.set", at, by, data=_told(step)) for case, step in changed])
    return after


def quiet(now: datetime, *, limit: int) -> list[int]:
    """Cases of ours to do on which it is time to look whether the customer has heard from us (SL9)."""
    due = NextStep.objects.filter(tell_by__lte=now).order_by("tell_by")
    return list(due.values_list("case_id", flat=True)[:limit])


def look_again(case: Case, at: datetime) -> None:
    """Whether the customer has heard from us is asked again at `at`, if it is still ours to do."""
    NextStep.objects.filter(case=case, tell_by__isnull=False).update(tell_by=at)


def _tell_by(before: NextStep | None, at: datetime) -> datetime:
    """What was found out stands; of a case that is ours since now, it is found out at once."""
    return before.tell_by if before is not None and before.tell_by is not None else at


def _row(case: Case, step: Step, said: Said, *, made_at: datetime, tell_by: datetime | None) -> NextStep:
    return NextStep(
        case=case,
        who=step.who,
        kind=step.kind,
        what=step.what[:200],
        by=step.by,
        made_at=made_at,
        promise_id=step.promise_id,
        why=list(step.why),
        tell_by=tell_by,
        said=said.words[:200],
        said_channel=said.channel,
        brand_id=case.brand_id,
        team_id=case.team_id,
    )


def _told(step: Step) -> dict[str, Any]:
    return {
        "who": step.who.pk,
        "who_name": step.who.name,
        "step": step.kind,
        "what": step.what[:200],
        "due": step.by.isoformat(),
    }


def open_by_member() -> dict[int, int]:
    """Member id → how many steps are theirs; read from the index of members alone."""
    return dict(_by_member())


def clear_step(case: Case) -> None:
    """A closed case has none."""
    NextStep.objects.filter(case=case).delete()


def first(whose: Whose, ends: tuple[datetime, datetime, datetime, datetime]) -> list[tuple[int, int]]:
    """The first steps by the clock, MOST_COUNTED and one more: the case, and which end (0 to 4) it is due before.

    Told by the database, from the index alone: a list shows the times of a few of them only.
    """
    found = _first(whose.member, whose.brands, *ends)
    return [one for one in found if one[0] not in whose.hidden] if whose.hidden else found


def after(whose: Whose, key: Key, size: int) -> list[int]:
    """The cases of the next `size` steps by the clock, after the last one seen; read from the index alone."""
    later = _of(whose.member, whose.brands).filter(by__gte=key[0]).exclude(by=key[0], case_id__lte=key[1])
    ids = later.order_by("by", "case_id").values_list("case_id", flat=True)[: size + len(whose.hidden)]
    return [case_id for case_id in ids if case_id not in whose.hidden][:size]


def counted(whose: Whose) -> int:
    """How many steps, MOST_COUNTED and one more at most."""
    found = _counted(whose.member, whose.brands)
    return sum(case_id not in whose.hidden for case_id in found)


def shown(case_ids: Sequence[int]) -> list[Shown]:
    """The steps of these cases with what a list shows of them, in the same order; without those that ended since."""
    found = {matter[0]: Shown(made_at, by, Matter._make(matter)) for made_at, by, *matter in _shown(case_ids)}
    return [found[case_id] for case_id in case_ids if case_id in found]


@prepared
def _by_member() -> QuerySet[NextStep, tuple[int, int]]:
    return NextStep.objects.order_by("who").values_list("who").annotate(Count("pk"))


@prepared
def _first(
    member: int | None,
    brands: Collection[int] | None,
    end0: datetime,
    end1: datetime,
    end2: datetime,
    end3: datetime,
) -> QuerySet[NextStep, tuple[int, int]]:
    ends = [When(by__lte=end, then=Value(number)) for number, end in enumerate((end0, end1, end2, end3))]
    steps = _of(member, brands).order_by("by", "case_id")
    return steps.values_list("case_id", Choice(*ends, default=Value(len(ends))))[: MOST_COUNTED + 1]


@prepared
def _counted(member: int | None, brands: Collection[int] | None) -> QuerySet[NextStep, int]:
    return _of(member, brands).order_by().values_list("case_id", flat=True)[: MOST_COUNTED + 1]


@prepared
def _shown(case_ids: Collection[int]) -> QuerySet[NextStep, tuple[Any, ...]]:
    return NextStep.objects.filter(case__in=case_ids).order_by().values_list(*SHOWN)


def _of(member: int | None, brands: Collection[int] | None) -> QuerySet[NextStep]:
    steps = NextStep.objects.all() if member is None else NextStep.objects.filter(who=member)
    if brands is None:
        return steps
    if member is None and len(brands) > 1:
        # By the clock, the brand read from the same index: to sort all of several brands takes as long as they are many.
        return steps.alias(its_brand=F("brand") + 0).filter(its_brand__in=brands)
    return steps.filter(brand__in=brands)


def _same(before: NextStep | None, step: Step) -> bool:
    return before is not None and (before.who_id, before.kind, before.what, before.by, before.promise_id) == (
        step.who.pk,
        step.kind,
        step.what[:200],
        step.by,
        step.promise_id,
    )
