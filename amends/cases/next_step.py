"""Save the one next step, and read the list of them by key (never by offset)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from amends.cases import timeline
from amends.cases.models import Case, NextStep
from amends.kit.rows import upsert
from amends.people.models import Member

Key = tuple[datetime, int]
"""By when, and the case: no two steps have the same."""

SHOWN = (
    *("kind", "what", "by", "made_at", "said", "said_channel", "who__name"),
    *("case__kind", "case__owner", "case__customer__name", "case__closure__case"),
)
"""What a row of a list shows; the rest of a step, its case, its person stays where it is."""

CHANGING = [field.name for field in NextStep._meta.concrete_fields if not field.primary_key]


@dataclass(frozen=True)
class Step:
    """Who, what, by when; and why this person."""

    who: Member
    kind: str
    what: str
    by: datetime
    promise_id: int | None = None
    why: tuple[Any, ...] = ()


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
        _row(case, step, said, made_at=at if case.pk in new else before[case.pk].made_at) for case, step, said in wanted
    ]
    upsert(after, ["case"], CHANGING)
    timeline.record_all([timeline.Event(case, "step.set", at, by, data=_told(step)) for case, step in changed])
    return after


def _row(case: Case, step: Step, said: Said, *, made_at: datetime) -> NextStep:
    return NextStep(
        case=case,
        who=step.who,
        kind=step.kind,
        what=step.what[:200],
        by=step.by,
        made_at=made_at,
        promise_id=step.promise_id,
        why=list(step.why),
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
    return dict(NextStep.objects.order_by("who").values_list("who").annotate(Count("pk")))


def clear_step(case: Case) -> None:
    """A closed case has none."""
    NextStep.objects.filter(case=case).delete()


def keys(steps: QuerySet[NextStep], after: Key | None, size: int) -> list[Key]:
    """The keys of the next `size` steps by the clock, after the last one seen; read from the index alone."""
    ordered = steps.order_by("by", "case_id")
    if after is not None:
        ordered = ordered.filter(by__gte=after[0]).exclude(by=after[0], case_id__lte=after[1])
    return list(ordered.values_list("by", "case_id")[:size])


def shown(keys: Sequence[Key]) -> list[NextStep]:
    """The steps of these keys with what a list shows of them, in the same order; without those that ended since."""
    wanted = NextStep.objects.select_related("who", "case__customer", "case__closure").only(*SHOWN)
    found = wanted.in_bulk([case_id for _by, case_id in keys])
    return [found[case_id] for _by, case_id in keys if case_id in found]


def _same(before: NextStep | None, step: Step) -> bool:
    return before is not None and (before.who_id, before.kind, before.what, before.by, before.promise_id) == (
        step.who.pk,
        step.kind,
        step.what[:200],
        step.by,
        step.promise_id,
    )
