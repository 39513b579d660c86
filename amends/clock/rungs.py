"""The rungs that a case has come to: opened, read, decided on, ended, each with its entry (C3.1, ES2)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from amends.cases import timeline
from amends.cases.models import Case, NextStep
from amends.clock import promises
from amends.clock.ladder import Trigger
from amends.clock.models import Escalation, Promise, Weighing
from amends.kit.prepared import prepared
from amends.people.models import Member

ALSO_THERE = gettext_lazy("These were two cases, and both stood there.")
ENDED = gettext_lazy("This rung was left already.")


class RungError(Exception):
    """The rung cannot be changed so; the message says why."""


def open_on(case: Case) -> list[Escalation]:
    """The rungs that the case stands on, the lowest first, with who joined and by when they answer."""
    return list(_open([case.pk]))


def open_rung(
    case: Case, trigger: Trigger, member: Member | None, promise: Promise | None, *, at: datetime, by: Member | None
) -> Escalation:
    """The case comes to a rung; `member` joins, or nobody stands there. The caller holds the case."""
    before = max((one.rung for one in open_on(case)), default=0)
    params = dict(trigger.params)
    rung = Escalation.objects.create(
        case=case, rung=trigger.rung, trigger=trigger.code, params=params, at=at, member=member, promise=promise
    )
    told: dict[str, Any] = {"member": member.pk if member else None, "member_name": member.name if member else ""}
    due = promise.due.isoformat() if promise else None
    timeline.record(
        case,
        "escalated",
        at=at,
        by=by,
        before=before,
        to=trigger.rung,
        trigger=trigger.code,
        params=params,
        due=due,
        **told,
    )
    stand(case)
    return rung


def join(rung: Escalation, member: Member, promise: Promise, *, at: datetime, by: Member | None) -> None:
    """Somebody joins a rung on which nobody stood. Raises RungError when a colleague was faster, or it was left."""
    _change(rung, {"member": None}, member=member, promise=promise)
    told: dict[str, Any] = {
        "rung": rung.rung,
        "member": member.pk,
        "member_name": member.name,
        "due": promise.due.isoformat(),
    }
    timeline.record(rung.case, "rung.joined", at=at, by=by, **told)


def read(rung: Escalation, *, at: datetime) -> bool:
    """Whoever joined has the case before their eyes: the hand-over's receipt. False when they had it before."""
    won = Escalation.objects.filter(pk=rung.pk, read_at=None, ended_at=None).update(read_at=at)
    if won:
        rung.read_at = at
        timeline.record(rung.case, "rung.read", at=at, by=rung.member, rung=rung.rung)
    return bool(won)


def decide(rung: Escalation, words: str, how: str, *, at: datetime, by: Member) -> None:
    """What was decided there. Raises RungError when it is decided or left already."""
    _change(rung, {"decided_at": None}, decided_at=at)
    timeline.record(rung.case, "rung.decided", at=at, by=by, rung=rung.rung, said=words[:500], how=how)


def end(rung: Escalation, reason: str, *, at: datetime, by: Member | None) -> None:
    """The case leaves the rung, with a reason. Raises RungError when it did already."""
    _change(rung, {}, ended_at=at)
    timeline.record(rung.case, "deescalated", at=at, by=by, rung=rung.rung, reason=reason[:300])
    stand(rung.case)


def leave(rung: Escalation, reason: str, *, at: datetime, by: Member | None) -> None:
    """As `end`; and its clock, where it runs, runs no more."""
    end(rung, reason, at=at, by=by)
    if rung.promise is not None and promises.is_owed(rung.promise):
        promises.release(rung.promise, at=at, by=by, reason=reason)


def take_along(source: Case, target: Case, *, at: datetime) -> None:
    """What `source` stands on goes along into `target`; of a rung on which both stand the one that waits for somebody stays.

    What counted on `source` has counted on `target`, too, and `target` is weighed anew. The caller holds both.
    """
    standing = {one.rung: one for one in open_on(target)}
    for one in open_on(source):
        other = standing.get(one.rung)
        if other is not None:
            leave(min(one, other, key=_waits), str(ALSO_THERE), at=at, by=None)
    Escalation.objects.filter(case=source).update(case=target)
    rows = Weighing.objects.filter(case__in=[source.pk, target.pk])
    marks = sorted({mark for row in rows for mark in row.marks})
    Weighing.objects.update_or_create(case=target, defaults={"marks": marks, "at": at})
    Weighing.objects.filter(case=source).delete()
    stand(target)


def forget(case: Case, which: Callable[[str], bool]) -> None:
    """These marks count no more. The caller holds the case."""
    row = Weighing.objects.filter(case=case).first()
    if row is not None and any(which(mark) for mark in row.marks):
        row.marks = [mark for mark in row.marks if not which(mark)]
        row.save(update_fields=["marks"])


def look_at(case: Case, at: datetime) -> None:
    """The case is weighed again at `at`, whatever happens on it."""
    Weighing.objects.update_or_create(case=case, defaults={"at": at})


def stand(case: Case) -> None:
    """Write the highest open rung on the next step, by which lists are ordered."""
    highest = max((one.rung for one in open_on(case)), default=0)
    NextStep.objects.filter(case=case).exclude(rung=highest).update(rung=highest)


def _waits(rung: Escalation) -> tuple[bool, bool]:
    """Somebody stands there, and has not decided yet."""
    return rung.member_id is not None, rung.decided_at is None


def _change(rung: Escalation, only: Mapping[str, Any], **how: Any) -> None:
    if not Escalation.objects.filter(pk=rung.pk, ended_at=None, **only).update(**how):
        raise RungError(ENDED)
    for name, value in how.items():
        setattr(rung, name, value)


@prepared
def _open(case_ids: Collection[int]) -> QuerySet[Escalation]:
    standing = Escalation.objects.filter(case__in=case_ids, ended_at=None)
    return standing.select_related("member", "promise").order_by("rung")
