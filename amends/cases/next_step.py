"""Save the one next step, and read the list of them by key (never by offset)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case as Choice
from django.db.models import Count, F, Q, QuerySet, Value, When

from amends.cases import timeline
from amends.cases.models import Case, NextStep
from amends.cases.risk import ABOUT_TO_BE_LOST
from amends.kit import drift
from amends.kit.prepared import prepared
from amends.kit.rows import upsert
from amends.people.models import Member

Key = tuple[datetime, int, int]
"""By when, the score, and the case: no two steps have the same. The higher score goes first."""

LONGEST_QUIET = timedelta(days=1)
"""So often it is asked again whether a customer has heard from us: no clock that ran ahead puts it off for longer."""

MOST_COUNTED = 300
"""Steps that are counted one by one; of more it says "300+", so that a count costs the same on any desk."""


class _Figure(Value):
    """A whole number of ours, written into the query itself."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return f"{self.value:d}", ()


_WRITTEN_OUT = _Figure(ABOUT_TO_BE_LOST)
"""A figure in the query itself: beside it, as a parameter, no database would see that a partial index holds what is asked."""

IN_PERIL = Q(risk__gte=_WRITTEN_OUT) | Q(last_chance=True)


@dataclass(frozen=True)
class Whose:
    """Which steps: of one member, of some brands (None is all of them), perhaps only of those in peril."""

    member: int | None = None
    brands: frozenset[int] | None = None
    about_to_be_lost: bool = False
    last_chance: bool = False
    hidden: frozenset[int] = frozenset()
    """Cases that the reader may not see."""


@dataclass(frozen=True)
class Weight:
    """How a step stands beside others: its score (C3.5), when that changes by itself, the risk of loss (C5.3)."""

    score: int = 0
    score_turns_at: datetime | None = None
    risk: int = 0


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
    customer_zone: str
    """Their time zone; empty where nobody knows it."""
    closure: int | None


class Shown(NamedTuple):
    """A step as a list shows it; the rest of it, of its case, its person stays where it is."""

    made_at: datetime
    by: datetime
    score: int
    matter: Matter


SHOWN = (
    *("made_at", "by", "score", "case_id", "kind", "what", "said", "said_channel", "who_id", "who__name"),
    *("case__kind", "case__reopened_at", "case__owner_id", "case__customer__name"),
    *("case__customer__time_zone", "case__closure__pk"),
)

THE_LADDERS = ("rung", "last_chance")
CHANGING = [
    field.name for field in NextStep._meta.concrete_fields if not field.primary_key and field.name not in THE_LADDERS
]
ORDER = ("by", "-score", "case_id")


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
    weight: Weight | None = None
    """None: what it was before."""


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
            before.get(case.pk),
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


def look_again(case: Case, at: datetime, now: datetime) -> None:
    """Whether the customer has heard from us is asked again at `at`, or in a day, if it is still ours to do."""
    NextStep.objects.filter(case=case, tell_by__isnull=False).update(tell_by=min(at, now + LONGEST_QUIET))


def set_right(now: datetime) -> int:
    """Whether the customer heard from us is not asked only when a clock that ran ahead comes true; how many rows."""
    return drift.bring_back(NextStep.objects.all(), "tell_by", now, LONGEST_QUIET)


def _tell_by(before: NextStep | None, at: datetime) -> datetime:
    """What was found out stands; of a case that is ours since now, it is found out at once."""
    return before.tell_by if before is not None and before.tell_by is not None else at


def _row(
    case: Case, step: Step, said: Said, before: NextStep | None, *, made_at: datetime, tell_by: datetime | None
) -> NextStep:
    weight = step.weight or _weight_of(before)
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
        score=weight.score,
        score_turns_at=weight.score_turns_at,
        risk=weight.risk,
        rung=before.rung if before else 0,
        last_chance=before is not None and before.last_chance,
    )


def _weight_of(before: NextStep | None) -> Weight:
    return Weight(before.score, before.score_turns_at, before.risk) if before else Weight()


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


def carried(brands: frozenset[int] | None) -> dict[int, int]:
    """Member id → how many steps of these brands are theirs."""
    return dict(_carried(brands))


def late_of(brands: frozenset[int] | None, now: datetime) -> dict[int, int]:
    """Member id → how many of them are late."""
    return dict(_late(brands, now))


def clear_step(case: Case) -> None:
    """A closed case has none."""
    NextStep.objects.filter(case=case).delete()


def first(whose: Whose, ends: tuple[datetime, datetime, datetime, datetime]) -> list[tuple[int, int]]:
    """The first steps by the clock, MOST_COUNTED and one more: the case, and which end (0 to 4) it is due before.

    Told by the database, from the index alone: a list shows the times of a few of them only.
    """
    found = _first(*_named(whose), *ends)
    return [one for one in found if one[0] not in whose.hidden] if whose.hidden else found


def after(whose: Whose, key: Key, size: int) -> list[int]:
    """The cases of the next `size` steps by the clock, after the last one seen; read from the index alone."""
    by, score, case_id = key
    seen = Q(by=by) & (Q(score__gt=score) | Q(score=score, case_id__lte=case_id))
    later = _of(*_named(whose)).filter(by__gte=by).exclude(seen)
    ids = later.order_by(*ORDER).values_list("case_id", flat=True)[: size + len(whose.hidden)]
    return [case_id for case_id in ids if case_id not in whose.hidden][:size]


def counted(whose: Whose) -> int:
    """How many steps, MOST_COUNTED and one more at most."""
    found = _counted(*_named(whose))
    return sum(case_id not in whose.hidden for case_id in found)


def perils(whose: Whose) -> tuple[int, int]:
    """How many are about to be lost, and how many give us a last chance; MOST_COUNTED and one more of both at most."""
    found = [one for one in _perils(whose.brands) if one[0] not in whose.hidden]
    lost = sum(risk >= ABOUT_TO_BE_LOST for _case, risk, _last in found)
    return lost, sum(bool(last) for _case, _risk, last in found)


def shown(case_ids: Sequence[int]) -> list[Shown]:
    """The steps of these cases with what a list shows of them, in the same order; without those that ended since."""
    found = {
        matter[0]: Shown(made_at, by, score, Matter._make(matter)) for made_at, by, score, *matter in _shown(case_ids)
    }
    return [found[case_id] for case_id in case_ids if case_id in found]


@prepared
def _by_member() -> QuerySet[NextStep, tuple[int, int]]:
    return NextStep.objects.order_by("who").values_list("who").annotate(Count("pk"))


@prepared
def _first(  # noqa: PLR0913 - a prepared query takes plain values
    member: int | None,
    brands: Collection[int] | None,
    about_to_be_lost: bool,
    last_chance: bool,
    end0: datetime,
    end1: datetime,
    end2: datetime,
    end3: datetime,
) -> QuerySet[NextStep, tuple[int, int]]:
    ends = [When(by__lte=end, then=Value(number)) for number, end in enumerate((end0, end1, end2, end3))]
    steps = _of(member, brands, about_to_be_lost, last_chance).order_by(*ORDER)
    return steps.values_list("case_id", Choice(*ends, default=Value(len(ends))))[: MOST_COUNTED + 1]


@prepared
def _counted(
    member: int | None, brands: Collection[int] | None, about_to_be_lost: bool, last_chance: bool
) -> QuerySet[NextStep, int]:
    return (
        _of(member, brands, about_to_be_lost, last_chance)
        .order_by()
        .values_list("case_id", flat=True)[: MOST_COUNTED + 1]
    )


@prepared
def _carried(brands: Collection[int] | None) -> QuerySet[NextStep, tuple[int, int]]:
    return _of(None, brands, False, False).order_by("who").values_list("who").annotate(Count("pk"))


@prepared
def _late(brands: Collection[int] | None, now: datetime) -> QuerySet[NextStep, tuple[int, int]]:
    late = _of(None, brands, False, False).filter(by__lte=now)
    return late.order_by("who").values_list("who").annotate(Count("pk"))


@prepared
def _perils(brands: Collection[int] | None) -> QuerySet[NextStep, tuple[int, int, bool]]:
    steps = NextStep.objects.filter(IN_PERIL).order_by(*ORDER)
    if brands is not None:
        steps = steps.alias(its_brand=F("brand") + 0).filter(its_brand__in=brands)
    return steps.values_list("case_id", "risk", "last_chance")[: MOST_COUNTED + 1]


@prepared
def _shown(case_ids: Collection[int]) -> QuerySet[NextStep, tuple[Any, ...]]:
    return NextStep.objects.filter(case__in=case_ids).order_by().values_list(*SHOWN)


def _named(whose: Whose) -> tuple[int | None, Collection[int] | None, bool, bool]:
    return whose.member, whose.brands, whose.about_to_be_lost, whose.last_chance


def _of(
    member: int | None, brands: Collection[int] | None, about_to_be_lost: bool, last_chance: bool
) -> QuerySet[NextStep]:
    steps = NextStep.objects.all() if member is None else NextStep.objects.filter(who=member)
    in_peril = about_to_be_lost or last_chance
    if in_peril:
        steps = steps.filter(IN_PERIL)
    if about_to_be_lost:
        steps = steps.filter(risk__gte=_WRITTEN_OUT)
    if last_chance:
        steps = steps.filter(last_chance=True)
    if brands is None:
        return steps
    if member is None and (len(brands) > 1 or in_peril):
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
